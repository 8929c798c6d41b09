"""Workspaces are separate: no route hands anything of one to a member of another, whatever it is asked for by.

Every route of the application is walked. A new one is walked too; a path with an identifier that is not
known here fails until somebody says below what it identifies.
"""

import re

import pytest

from tests.service.web.crew import SECRET, THEIRS, flat, furnish, word_file

#: Parts of a path that identify something of a workspace.
OWNED = {
    "document_id",
    "plan_id",
    "job_id",
    "item_id",
    "proposal_id",
    "invitation_id",
    "response_id",
    "account_id",
    "key_id",
    "joining_id",
    "practice_id",
}
#: Parts that say how, with a value that works; and the samples, which are everybody's.
WORDS = {"op": "lock", "answer": "take", "number": "1", "name": "md", "act": "lay-aside"}
SHARED = {"sample_id"}
#: A link that is itself the key: it needs no membership, and a test beside the page says what it opens.
LINKS = {"token"}
#: Identifiers that come in a query or a body.
SENT = {"replaces": "document_id", "document_id": "document_id", "account_id": "account_id"}
SENT |= {"workspace_id": "workspace_id", "other_id": "item_id", "intent_id": "item_id", "item_id": "item_id"}
SENT |= {"practice_id": "practice_id"}

FORM = {"version": "1", "words": "thank you", "remark": "shorter please", "reason": "it repeats", "role": "viewer"}
FORM |= {"audience": "team", "label": "them", "why": "no", "engine": "patterns", "op": "keep_item"}
FORM |= {"address": "new@example.org", "action": "writes it down", "to": "up"}
JSON = {
    "edit": {"op": "lock"},
    "order": {"remark": "shorter please", "engine": "patterns"},
    "answer": {"answer": "no"},
    "settlement": {"op": "keep_item"},
}


@pytest.fixture
def theirs(furnished):
    """What workspace A holds."""
    return furnished.held


@pytest.fixture
def intruder(crew):
    """An ops person of workspace B."""
    return crew.member("beta", "ops", "bob@beta.example")


def kinds(route):
    return re.findall(r"{(\w+)(?::\w+)?}", route.path)


def body_of(route, ids):
    """A body that passes validation, as far as one can be guessed, with foreign identifiers in it."""
    files = {one.name: ("reply.docx", word_file()) for one in route.dependant.body_params if one.name == "file"}
    if route.path.startswith("/api/") and not files:
        wanted = next((one.name for one in route.dependant.body_params), None)
        order = dict(JSON.get(wanted, {}))
        if wanted in ("edit", "settlement"):
            order |= {"item_id": ids["item_id"]}
        if wanted == "order":
            order.pop("engine" if "drafts" in route.path else "remark")
        return {"json": order, "headers": {"If-Match": '"v1"'}}
    named = {one.name for one in route.dependant.body_params}
    needed = {one.name for one in route.dependant.body_params if one.field_info.is_required()}
    wanted = needed if OWNED & set(kinds(route)) else named  # what the path does not name, the body must
    sent = {name: ids[kind] for name, kind in SENT.items() if name in wanted}
    typed = {name: words for name, words in FORM.items() if name in needed or not route.dependant.body_params}
    return {"data": typed | sent, **({"files": files} if files else {})}


def asked(client, route, method, ids, **changed):
    path = re.sub(r"{(\w+)(?::\w+)?}", lambda part: (WORDS | ids | changed)[part[1]], route.path)
    query = {one.name: ids[SENT[one.name]] for one in route.dependant.query_params if one.name in SENT}
    query |= {"q": "sailings", "start": "2027-01-04", "older": "1", "newer": "1"}
    more = {} if method in ("GET", "HEAD") else body_of(route, ids)
    return client.request(method, path, params=query, follow_redirects=False, **more)


def reaches(route):
    """Whether the route names something of a workspace, in its path or in what is sent."""
    sent = {one.name for one in (*route.dependant.query_params, *route.dependant.body_params)}
    return bool(OWNED & set(kinds(route)) or (sent & set(SENT) and not LINKS & set(kinds(route))))


def walked(crew):
    return [(route, method) for route in flat(crew.app.routes) for method in sorted(route.methods - {"HEAD"})]


def test_every_part_of_a_path_is_known(crew):
    known = OWNED | set(WORDS) | SHARED | LINKS
    unknown = {(route.path, kind) for route, _ in walked(crew) for kind in kinds(route) if kind not in known}
    assert unknown == set()


def test_every_identifier_that_is_sent_is_known(crew):
    sent = {
        (route.path, one.name)
        for route, _ in walked(crew)
        for one in (*route.dependant.query_params, *route.dependant.body_params)
        if one.name.endswith("_id") and one.name not in SENT and one.name not in SHARED
    }
    assert sent == set()


def test_the_walk_goes_wherever_the_openapi_document_goes(crew):
    described = {(path, method.upper()) for path, each in crew.app.openapi()["paths"].items() for method in each}
    assert described <= {(route.path, method) for route, method in walked(crew)}


@pytest.mark.parametrize("way", ["session", "key"])
def test_nothing_of_another_workspace_is_found_by_any_identifier(crew, theirs, intruder, way):
    client = intruder if way == "session" else crew.program("beta", "ops", "bob@beta.example")
    wrong = {}
    for route, method in walked(crew):
        if not reaches(route) or (way == "key" and kinds(route) and kinds(route)[0] in {"account_id", "key_id"}):
            continue
        answer = asked(client, route, method, theirs)
        empty = not OWNED & set(kinds(route)) and answer.status_code == 200 and answer.json() == []
        for_persons = way == "key" and answer.status_code == 401 and not route.path.startswith("/api/")
        if SECRET in answer.text.casefold() or not (answer.status_code == 404 or empty or for_persons):
            wrong[f"{method} {route.path}"] = (answer.status_code, answer.text[:200])
    assert wrong == {}


def test_a_plan_of_ones_own_does_not_lend_its_address_to_what_belongs_to_another(crew, theirs, intruder):
    ours = furnish(crew, intruder, "beta", THEIRS.replace(SECRET, "harbour"), "harbour")
    wrong = {}
    for route, method in walked(crew):
        if "plan_id" not in kinds(route) or not (OWNED - {"plan_id"}) & set(kinds(route)):
            continue
        answer = asked(intruder, route, method, theirs | {"item_id": "beh-of-another"}, plan_id=ours["plan_id"])
        if SECRET in answer.text.casefold() or answer.status_code != 404:
            wrong[f"{method} {route.path}"] = (answer.status_code, answer.text[:200])
    assert wrong == {}


def test_after_the_whole_walk_the_other_workspace_is_as_it_was(crew, theirs, intruder):
    owner = crew.member("alpha", "ops", "ada@alpha.example")
    before = owner.get(f"/api/v1/plans/{theirs['plan_id']}").json()
    for route, method in walked(crew):
        if reaches(route):
            asked(intruder, route, method, theirs)
    place = crew.services.house.workplace("alpha")
    assert owner.get(f"/api/v1/plans/{theirs['plan_id']}").json() == before
    assert [one.state.value for one in place.proposals.of_plan(theirs["plan_id"])] == ["open"]
    assert place.catchball.responses(theirs["plan_id"])[0].answer is None
    assert place.catchball.invitations(theirs["plan_id"])[0].open
    assert len(place.members.all()) == len(place.members.invitations()) == 1
    assert len(crew.services.house.credentials.keys("alpha")) == 1
    assert place.profile.get() is None
    assert [one.practice.id for one in place.practices.offered()] == [theirs["practice_id"]]
    assert owner.get(f"/api/v1/plans/{theirs['plan_id']}/strategy").json()["progress"] == "settling"


def test_search_originals_vectors_and_the_log_stay_in_their_workspace(crew, theirs, intruder):
    ours = furnish(crew, intruder, "beta", THEIRS.replace(SECRET, "harbour"), "harbour")
    place = crew.services.house.workplace("beta")
    found = place.shelf.search(f"{SECRET} crews talk with passengers", 50)
    assert found
    assert not any(SECRET in hit.passage.text for hit in found)
    assert SECRET not in intruder.get("/").text
    assert SECRET not in intruder.get("/audit").text
    assert {one["subject_id"] for one in intruder.get("/api/v1/audit").json()} & set(theirs.values()) == set()
    assert ours["plan_id"] in intruder.get("/").text
