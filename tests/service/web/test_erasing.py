"""Erasing leaves no byte: words and vectors are planted in every place that can hold them, then looked for."""

from __future__ import annotations

import html
import re
import time
from itertools import pairwise

import numpy as np
import pytest

from service.store.credentials import Credential
from tests.service.web.crew import furnish
from tests.service.web.test_crossing import SECRET, THEIRS

#: Invented words, each in a place of its own; none may be left.
PLANTED = (
    "quillmarkby",
    "wintermossel",
    "zanderbrooky",
    "ploverhasten",
    "kestrelwoody",
    "marrowfenley",
    "linnetgarthy",
)
#: The names of a sample strategy, and what they become. The other words come from people, the file's name and the
#: newer version of the document.
NAMES = {"Corvex": "Quillmarkby", "Penn Street": "Wintermossel", "Lending": "Zanderbrooky", "loan": "ploverhasten"}


def bytes_of(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def traces_of_words(folder, words=PLANTED):
    """Word and file of each planted word that is left; the full-text index keeps words without their beginning."""
    found = set()
    for path, data in bytes_of(folder).items():
        lowered = data.lower()
        for word in words:
            core = word[2:-1]
            if any(core.encode(how) in lowered for how in ("utf-8", "utf-16-le", "utf-16-be")):
                found.add((word, path.name))
    return found


def traces_of_vectors(folder, vectors):
    """Files that hold four numbers in a row of one of the vectors."""
    pieces = [row[start:end].tobytes() for row in vectors for start, end in pairwise(range(0, 385, 4))]
    return {path.name for path, data in bytes_of(folder).items() if any(piece in data for piece in pieces)}


def send(client, address, **fields):
    answer = client.post(address, data={"version": fields.pop("version", "1"), **fields}, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer


def boxes(text):
    found = dict(re.findall(r'<input id="box-\d+" name="([^"]+)" value="([^"]*)"', text))
    found |= dict(re.findall(r'<textarea id="box-\d+" name="([^"]+)"[^>]*>([^<]*)</textarea>', text))
    return {name: html.unescape(words) for name, words in found.items()}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def kept(planned):
    """A document that stays, with its plan."""
    return planned.held["document"]["id"], planned.held["plan_id"]


@pytest.fixture
def planted(client, services, follow):
    """A document and a plan that went through everything people do: their ids, and the document's vectors."""
    text = next(sample.text for sample in services.samples if sample.id == "vantry-bank-memo")
    for name, invented in NAMES.items():
        text = text.replace(name, invented)
    file = {"file": ("kestrelwoody-strategy.md", text.encode(), "text/markdown")}
    document = client.post("/api/v1/documents", files=file).json()["id"]
    plan = client.post(f"/api/v1/documents/{document}/plans", json={}).json()["plan_id"]
    follow(plan)
    live(client, f"/plans/{plan}")
    vectors = services.house.workplace().documents.vectors(document, services.workshop.embedder.name)
    assert len(vectors) > 3
    file = {"file": ("kestrelwoody-strategy-2.md", newer(client, plan, text).encode(), "text/markdown")}
    follow_strategy(client, f"/api/v1/plans/{plan}/strategy", file)
    newest = services.house.workplace().documents.vectors(document, services.workshop.embedder.name)
    return document, plan, np.stack([*vectors.values(), *newest.values()])


def newer(client, plan, text):
    """The text with another last word in the sentences that items rest on."""
    found = client.get(f"/api/v1/plans/{plan}").json()["plan"]
    for intent in found["intents"]:
        words = intent["quotes"][0]["text"]
        assert words in text
        text = text.replace(words, f"{words.rpartition(' ')[0]} Linnetgarthy.")
    return text


def follow_strategy(client, address, file):
    """Compare a newer version, keep one item with a reason and ask for a draft of another on the new words."""
    assert client.post(address, files=file).status_code == 202
    found = {"progress": "comparing"}
    while found["progress"] == "comparing":
        time.sleep(0.1)
        answer = client.get(address)
        found = answer.json()
    assert len(found["items_to_settle"]) > 1, found
    kept, drafted = found["items_to_settle"][:2]
    for settlement in (
        {"op": "keep_item", "item_id": kept, "reason": "Marrowfenley agreed"},
        {"op": "redraft_item", "item_id": drafted, "remark": "listen to Marrowfenley"},
    ):
        answer = client.post(f"{address}/settlements", json=settlement, headers={"If-Match": answer.headers["ETag"]})
        assert answer.status_code == 200, answer.text


def live(client, page):
    """Edit, set aside, redraft, ask, reply, answer, export."""
    client.headers["Accept"] = "text/html"
    items = re.findall(r'<article class="card" id="([^"]+)"', client.get(page).text)
    form = boxes(client.get(f"{page}/items/{items[0]}/edit").text)
    send(client, f"{page}/items/{items[0]}/edit", **(form | {"action": "writes one line in the Marrowfenley record"}))
    send(client, f"{page}/items/{items[1]}/do/reject", version="2", reason="Marrowfenley does this already.")
    send(client, f"{page}/items/{items[0]}/redraft", remark="listen to Marrowfenley")
    asked = send(client, f"{page}/catchball/links", audience="team", label="Marrowfenley team")
    reply = re.search(r"/reply/[\w-]+", asked.text).group()
    offer = {f"kind-{items[0]}": "counter", f"words-{items[0]}": "writes two lines in the Marrowfenley record"}
    send(client, reply, name="Kestrelwoody", **offer)
    answer = re.search(r"/catchball/answers/[\w-]+", client.get(f"{page}/catchball").text).group()
    send(client, f"{page}{answer}", words="Marrowfenley first")
    for name in ("md", "json", "docx", "jira", "brief", "pdf"):
        assert client.get(f"{page}/export/{name}").status_code == 200
    client.headers["Accept"] = "*/*"


def test_an_erased_document_leaves_no_byte_and_a_plan_without_words(client, services, folder, kept, planted):
    document, plan, vectors = planted
    assert {word for word, _ in traces_of_words(folder)} == set(PLANTED)
    assert traces_of_vectors(folder, vectors)

    asked = client.get(f"/documents/{document}/erase").text
    assert "1 reply of leaders and teams" in asked
    assert "The document was erased" in client.post(f"/documents/{document}/erase").text

    assert traces_of_words(folder) == set()
    assert traces_of_vectors(folder, vectors) == set()
    assert "in the words of the practice library" in client.get(f"/plans/{plan}").text
    assert client.get(f"/api/v1/plans/{plan}").json()["plan"] is None
    assert client.get(f"/api/v1/documents/{document}").status_code == 404
    assert client.get(f"/api/v1/plans/{kept[1]}").json()["plan"]["intents"]
    assert client.get(f"/api/v1/documents/{kept[0]}/search", params={"q": "ferry crews"}).json()
    client.post("/api/v1/documents", files={"file": ("next.txt", b"We will answer every letter within two days.")})
    assert traces_of_words(folder) == set()


def test_everything_can_be_erased_and_the_way_in_stays(client, services, folder, planted):
    *_, vectors = planted
    assert client.post("/erase", data={"word": "yes"}).status_code == 422
    assert "Everything was erased" in client.post("/erase", data={"word": "Erase"}).text
    assert traces_of_words(folder) == set()
    assert traces_of_vectors(folder, vectors) == set()
    assert client.get("/api/v1/documents").json() == []
    assert client.get("/api/v1/plans").json() == []


ACTS = ("/undo", "/versions/1/restore", "/strategy/again", "/strategy/take-up")


def test_every_page_of_an_erased_plan_says_so(client, kept):
    document, plan = kept
    client.delete(f"/api/v1/documents/{document}")
    client.headers["Accept"] = "text/html"
    pages = ("/xray", "/export/md", "/catchball", "/add", "/compare?older=1&newer=1", "/strategy")
    answers = [client.get(f"/plans/{plan}{page}") for page in pages]
    answers += [client.post(f"/plans/{plan}{act}", data={"version": "1"}) for act in ACTS]
    newer = {"file": ("newer.md", b"# Harbour")}
    answers += [client.post(f"{address}/plans/{plan}/strategy", files=newer) for address in ("", "/api/v1")]
    assert {answer.status_code for answer in answers} == {410}
    assert all("The document of this plan was erased" in answer.text for answer in answers)


def test_erasing_over_http_needs_the_word(client, uploaded):
    assert client.delete("/api/v1/workspace").status_code == 422
    assert client.delete("/api/v1/workspace", params={"confirm": "erase"}).status_code == 204
    assert client.get("/api/v1/documents").json() == []


def test_another_workspace_cannot_erase_what_is_here(client, services, kept):
    services.house.workspaces.ensure("other", "Other")
    client.headers["Authorization"] = f"Bearer {services.house.credentials.issue(Credential.key, 'other')}"
    assert client.delete(f"/api/v1/documents/{kept[0]}").status_code == 404
    assert client.post(f"/documents/{kept[0]}/erase").status_code == 404
    client.delete("/api/v1/workspace", params={"confirm": "erase"})
    assert services.house.workplace().documents.get(kept[0])
    assert services.house.workplace().plans.get(kept[1]).current


def test_in_shared_mode_an_erased_document_leaves_no_word_in_the_log(crew, folder):
    ops = crew.member("alpha", "ops", "ada@alpha.example")
    held = furnish(crew, ops, "alpha", THEIRS, "harbour")
    ops.post(f"/plans/{held['plan_id']}/strategy/settle", data={"version": "2", "op": "keep_item", "reason": "no"})
    ops.get(f"/plans/{held['plan_id']}/export/docx")
    assert traces_of_words(folder, [SECRET])
    assert "The document was erased" in ops.post(f"/documents/{held['document_id']}/erase").text
    assert traces_of_words(folder, [SECRET]) == set()
    log = ops.get("/audit").text
    assert "erased a document" in log
    assert "a document that is gone" in log


def test_in_shared_mode_everything_goes_but_the_people_and_the_log_without_words(crew, folder):
    ops = crew.member("alpha", "ops", "ada@alpha.example")
    furnish(crew, ops, "alpha", THEIRS, SECRET)
    ops.post("/keys", data={"label": f"{SECRET} nightly", "role": "viewer"})
    ops.post("/people/invitations", data={"address": f"lea@{SECRET}.example", "role": "leader"})
    program = crew.program("alpha", "ops", "ada@alpha.example")
    assert program.get("/api/v1/plans").status_code == 200
    assert "API keys and open invitations" in ops.get("/erase").text
    assert "Everything was erased" in ops.post("/erase", data={"word": "erase"}).text
    assert traces_of_words(folder, [SECRET]) == set()
    assert program.get("/api/v1/plans").status_code == 401
    assert crew.services.house.workplace("alpha").members.invitations() == []
    assert ops.get("/").status_code == 200
    entries = ops.get("/api/v1/audit").json()
    assert "erase_all" in {one["what"] for one in entries}
    assert {one["name"] for one in entries} == {"ada@alpha.example", "a program with a key"}


def test_erasing_everything_leaves_another_workspace_with_its_keys(crew):
    theirs = furnish(crew, crew.member("alpha", "ops", "ada@alpha.example"), "alpha", THEIRS, SECRET)
    program = crew.program("alpha", "ops", "ada@alpha.example")
    crew.member("beta", "ops", "bob@beta.example").post("/erase", data={"word": "erase"})
    assert program.get(f"/api/v1/plans/{theirs['plan_id']}").json()["plan"]["intents"]
    assert program.get("/api/v1/audit").json()
    assert crew.services.house.workplace("alpha").members.invitations()
