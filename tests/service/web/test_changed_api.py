"""A changed strategy over HTTP: a newer version compared, settled, and the plan on its new words."""

from __future__ import annotations

import json
import re
import time
from collections import Counter

import pytest

from service.store.credentials import Credential

API = "/api/v1/plans"
FUNDS = "We will stop funding projects and fund three lasting route teams instead."
TALKS = "Our first priority is to let every crew talk with passengers before a timetable changes."


@pytest.fixture
def plan(client, planned):
    return client.get(f"{API}/{planned.held['plan_id']}").json()


@pytest.fixture
def newer(client, plan, memo_text):
    """Uploads the memo with some words replaced and waits until it is compared."""

    def upload(*edits):
        text = memo_text
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        file = {"file": ("harbour-2.md", text.encode(), "text/markdown")}
        answer = client.post(f"{API}/{plan['id']}/strategy", files=file)
        assert answer.status_code == 202, answer.text
        return compared(client, plan["id"])

    return upload


def compared(client, plan_id):
    for _ in range(1200):
        found = client.get(f"{API}/{plan_id}/strategy").json()
        if found["progress"] != "comparing":
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def settle(client, plan_id, version, **settlement):
    headers = {"If-Match": f'"v{version}"'}
    return client.post(f"{API}/{plan_id}/strategy/settlements", json=settlement, headers=headers)


def read(client, plan_id):
    return client.get(f"{API}/{plan_id}").json()


def items(found):
    return [*found["plan"]["behaviours"], *found["plan"]["rituals"], *found["plan"]["policy_asks"]]


def quotes(found):
    plan = found["plan"]
    held = [*plan["intents"], *(one["intent"] for one in plan["deferred_intents"]), *items(found)]
    held += [one["alternative"] for one in items(found) if one["alternative"]] + plan["questions_for_leadership"]
    return [quote for one in held for quote in one["quotes"]] + [
        one["quote"] for one in plan["indicators"] if one["quote"]
    ]


def serving(found, words):
    """Ids of the items that serve the intent on these words."""
    intent = next(one for one in found["plan"]["intents"] if words in one["quotes"][0]["text"])
    return {one["id"] for one in items(found) if intent["id"] in one["intent_ids"]}


def test_only_items_on_changed_words_are_stale_and_the_plan_stays_as_it_was(client, plan, newer):
    found = newer(("three lasting route teams", "five lasting route teams"))
    assert found["progress"] == "settling"
    assert sorted({one["fate"] for one in found["matches"]}) == ["changed", "kept"]
    assert set(found["items_to_settle"]) >= serving(plan, "lasting route teams")
    assert all("three lasting" in loss["was"] for one in found["stale"] for loss in one["stale"]["losses"])
    others = [one for one in items(plan) if one["id"] not in found["items_to_settle"]]
    assert others
    assert "three lasting" not in json.dumps([(one["quotes"], one["terms"], one["first_case"]) for one in others])
    now = read(client, plan["id"])
    assert now["version"] == 2
    flagged = {one["id"] for one in items(now) if "its words changed in the document" in one["flags"]}
    marked = {key for key, mark in now["marks"]["items"].items() if mark["stale"]}
    assert flagged == marked == set(found["items_to_settle"])
    markdown = client.get(f"{API}/{plan['id']}?format=md").text
    assert markdown.count("its words changed in a newer version of the document") == len(flagged)
    assert {one["text"] for one in quotes(now)} == {one["text"] for one in quotes(plan)}


def test_kept_items_rest_on_the_new_words_with_exact_offsets(client, plan, newer, uploaded):
    found = newer(("# Harbour strategy", "# The harbour strategy, revised"), ("three lasting", "five lasting"))
    for number, item in enumerate(found["items_to_settle"], 2):
        answer = settle(client, plan["id"], number, op="keep_item", item_id=item, reason="It still fits.")
        assert answer.status_code == 200, answer.text
    assert "rests on version 2 of the document now" in answer.json()["reason"]
    now = read(client, plan["id"])
    text = client.get(f"/api/v1/documents/{uploaded['id']}/text").text
    assert quotes(now)
    assert all(text[one["start"] : one["end"]] == one["text"] for one in quotes(now))
    assert any("five lasting route teams" in one["text"] for one in quotes(now))
    assert [one["id"] for one in items(now)] == [one["id"] for one in items(plan)]
    quoted = re.findall("“([^”]*)”", json.dumps([items(now), now["plan"]["indicators"]], ensure_ascii=False))
    assert not [words for words in quoted if "three lasting" in words]
    assert not any("its words changed in the document" in one["flags"] for one in items(now))
    assert client.get(f"{API}/{plan['id']}/strategy").json()["progress"] == "settled"
    grounding = next(one for one in now["plan"]["scores"] if one["criterion"] == "C1")
    assert grounding["score"] == 5


def test_items_of_one_passage_are_kept_together_as_one_version(client, plan, newer):
    found = newer(("three lasting", "five lasting"))
    kept = found["items_to_settle"]
    answer = settle(client, plan["id"], 2, op="keep_items", item_ids=kept, reason="Only the number grew.")
    assert answer.json()["number"] == 3
    assert "as they are: Only the number grew; " in answer.json()["reason"]
    assert client.get(f"{API}/{plan['id']}/strategy").json()["progress"] == "settled"


def test_what_a_person_wrote_stays_word_for_word(client, plan, newer):
    item = sorted(serving(plan, "lasting route teams"))[0]
    kind = "action" if item.startswith("b-") else "purpose" if item.startswith("r-") else "question"
    body = {"op": "edit_fields", "item_id": item, "words": {kind: "tells the ferry crews what we stopped paying for"}}
    assert client.post(f"{API}/{plan['id']}/edits", json=body, headers={"If-Match": '"v1"'}).status_code == 200
    found = newer(("three lasting", "five lasting"))
    for number, each in enumerate(found["items_to_settle"], 3):
        settle(client, plan["id"], number, op="keep_item", item_id=each)
    now = next(one for one in items(read(client, plan["id"])) if one["id"] == item)
    assert now[kind] == "tells the ferry crews what we stopped paying for"


def test_a_draft_on_the_new_words_lies_beside_the_item_until_it_is_taken(client, plan, newer, uploaded):
    found = newer(("three lasting", "five lasting"))
    first, *rest = found["items_to_settle"]
    before = next(one for one in items(plan) if one["id"] == first)
    assert settle(client, plan["id"], 2, op="redraft_item", item_id=first).status_code == 200
    (proposal,) = client.get(f"{API}/{plan['id']}/proposals").json()
    take = f"{API}/{plan['id']}/proposals/{proposal['id']}/take"
    if rest:
        assert client.post(take, headers={"If-Match": '"v3"'}).status_code == 422
    version = 3
    for each in rest:
        version = settle(client, plan["id"], version, op="keep_item", item_id=each).json()["number"]
    stands = next(one for one in items(read(client, plan["id"])) if one["id"] == first)
    assert stands["title"] == before["title"]
    assert client.post(take, headers={"If-Match": f'"v{version}"'}).status_code == 200
    text = client.get(f"/api/v1/documents/{uploaded['id']}/text").text
    assert all(text[one["start"] : one["end"]] == one["text"] for one in quotes(read(client, plan["id"])))


def test_a_gone_intent_leaves_with_what_is_set_aside_and_what_is_kept_says_why(client, plan, newer, uploaded):
    own = Counter(tuple(one["intent_ids"]) for one in items(plan) if len(one["intent_ids"]) == 1)
    ((most,), count) = own.most_common(1)[0]
    assert count > 1
    words = next(one["quotes"][0]["text"] for one in plan["plan"]["intents"] if one["id"] == most)
    found = newer((words, ""))
    gone = next(one for one in found["matches"] if one["fate"] == "gone" and one["intent"]["id"] == most)
    first, *rest = [one["item_id"] for one in found["stale"] if one["stale"]["gone"]]
    assert {first, *rest} == {one["id"] for one in items(plan) if one["intent_ids"] == [gone["intent"]["id"]]}
    naming = [one["item_id"] for one in found["stale"] if not one["stale"]["gone"]]
    bare = settle(client, plan["id"], 2, op="keep_item", item_id=first)
    assert (bare.status_code, "Say why" in bare.json()["detail"]) == (422, True)
    other = next(one["id"] for one in plan["plan"]["intents"] if one["id"] != gone["intent"]["id"])
    kept = settle(client, plan["id"], 2, op="keep_item", item_id=first, reason="Crews like it.", under=other)
    assert kept.status_code == 200, kept.text
    version = kept.json()["number"]
    for each in rest:
        answer = settle(client, plan["id"], version, op="set_aside_item", item_id=each, reason="No longer wanted.")
        version = answer.json()["number"]
    for each in naming:
        version = settle(client, plan["id"], version, op="keep_item", item_id=each).json()["number"]
    now = read(client, plan["id"])
    ledger = [*now["plan"]["intents"], *(one["intent"] for one in now["plan"]["deferred_intents"])]
    assert gone["intent"]["id"] not in {one["id"] for one in ledger}
    (stays,) = [one for one in items(now) if one["id"] == first]
    assert stays["intent_ids"] == [other]
    assert now["marks"]["items"][first]["kept_because"] == "Crews like it."
    text = client.get(f"/api/v1/documents/{uploaded['id']}/text").text
    assert all(text[one["start"] : one["end"]] == one["text"] for one in quotes(now))
    body = {"op": "bring_back", "item_id": rest[0]}
    back = client.post(f"{API}/{plan['id']}/edits", json=body, headers={"If-Match": f'"v{version}"'})
    assert (back.status_code, "no longer says" in back.json()["detail"]) == (422, True)


@pytest.mark.parametrize("way", ["let_wait", "bring_in"])
def test_a_new_intent_waits_in_the_ledger_or_starts_with_an_item(client, plan, newer, uploaded, way, workshop):
    added = "We will publish every delay on the pier within ten minutes, so that islanders can plan their day."
    found = newer((FUNDS, f"{FUNDS}\n{added}"))
    (intent,) = found["intents_to_settle"]
    used = {one["practice_id"] for one in items(plan)}
    practice = next(p.id for p in workshop.library.practices if p.kind.value == "behaviour" and p.id not in used)
    given = {"practice_id": practice} if way == "bring_in" else {"reason": "Next quarter."}
    answer = settle(client, plan["id"], 2, op=way, intent_id=intent, **given)
    assert answer.status_code == 200, answer.text
    now = read(client, plan["id"])
    active = {one["id"] for one in now["plan"]["intents"]}
    waiting = {one["intent"]["id"] for one in now["plan"]["deferred_intents"]}
    assert (intent in active, intent in waiting) == (way == "bring_in", way == "let_wait")
    assert (practice in {one["practice_id"] for one in items(now)}) == (way == "bring_in")
    text = client.get(f"/api/v1/documents/{uploaded['id']}/text").text
    assert all(text[one["start"] : one["end"]] == one["text"] for one in quotes(now))


def test_a_version_in_which_nothing_the_plan_rests_on_changed_is_followed_at_once(client, plan, newer, uploaded):
    found = newer(("## Where we go", "## Our course"))
    assert found["progress"] == "settled"
    assert {one["fate"] for one in found["matches"]} == {"kept"}
    text = client.get(f"/api/v1/documents/{uploaded['id']}/text").text
    now = read(client, plan["id"])
    assert all(text[one["start"] : one["end"]] == one["text"] for one in quotes(now))
    assert now["plan"]["intents"][0]["quotes"][0]["location"]["heading_path"][-1] == "Our course"


def test_a_settlement_names_its_version_and_a_late_one_is_refused(client, plan, newer):
    found = newer(("three lasting", "five lasting"))
    first = found["items_to_settle"][0]
    lock = {"op": "lock", "item_id": first}
    assert client.post(f"{API}/{plan['id']}/edits", json=lock, headers={"If-Match": '"v2"'}).status_code == 200
    assert settle(client, plan["id"], 2, op="keep_item", item_id=first).status_code == 412
    late = client.post(f"{API}/{plan['id']}/strategy/settlements", json={"op": "keep_item", "item_id": first})
    assert late.status_code == 428
    assert read(client, plan["id"])["version"] == 3


def test_an_undo_goes_back_to_the_old_words_and_forward_again(client, plan, newer, memo_text):
    found = newer(("three lasting", "five lasting"))
    version = 2
    for each in found["items_to_settle"]:
        version = settle(client, plan["id"], version, op="keep_item", item_id=each).json()["number"]
    undone = client.post(f"{API}/{plan['id']}/undo", headers={"If-Match": f'"v{version}"'}).json()["number"]
    now = read(client, plan["id"])
    assert any("three lasting route teams" in one["text"] for one in quotes(now))
    assert client.get(f"{API}/{plan['id']}/strategy").json()["progress"] == "settling"
    again = settle(client, plan["id"], undone, op="keep_item", item_id=found["items_to_settle"][-1])
    assert again.status_code == 200, again.text
    assert any("five lasting route teams" in one["text"] for one in quotes(read(client, plan["id"])))


def test_a_newer_version_laid_aside_leaves_no_mark(client, plan, newer):
    newer(("three lasting", "five lasting"))
    answer = client.post(f"{API}/{plan['id']}/strategy/lay-aside", headers={"If-Match": '"v2"'})
    assert answer.status_code == 200
    now = read(client, plan["id"])
    assert now["plan"] == plan["plan"]
    assert not any(mark["stale"] for mark in now["marks"]["items"].values())
    assert client.get(f"{API}/{plan['id']}/strategy").json()["progress"] == "laid_aside"


def test_files_that_cannot_be_followed_are_refused_with_the_reason(client, plan, memo, newer):
    base = f"{API}/{plan['id']}/strategy"
    assert client.get(base).status_code == 404
    same = client.post(base, files=memo)
    assert (same.status_code, "rests on already" in same.json()["detail"]) == (422, True)
    other = {"file": ("other.md", b"# Other\n\nWe will mend the roof of the old pier before the winter.\n")}
    client.post("/api/v1/documents", files=other)
    known = client.post(base, files=other)
    assert (known.status_code, "a document of its own" in known.json()["detail"]) == (422, True)
    broken = client.post(base, files={"file": ("plan.pdf", b"%PDF-1.7\nbroken")})
    assert broken.status_code == 422
    newer(("three lasting", "five lasting"))
    second = client.post(base, files={"file": ("third.md", memo["file"][1] + b"\nMore words.\n")})
    assert (second.status_code, "being settled" in second.json()["detail"]) == (422, True)


def test_a_plan_follows_further_versions_and_an_earlier_one_again(client, plan, newer, memo, uploaded):
    newer(("## Where we go", "## Our course"))
    third = newer(("three lasting", "five lasting"))
    assert (third["old_version"], third["new_version"]) == (2, 3)
    settle(client, plan["id"], 3, op="keep_items", item_ids=third["items_to_settle"])
    assert client.post(f"{API}/{plan['id']}/strategy", files=memo).status_code == 202
    first = compared(client, plan["id"])
    assert (first["progress"], first["new_version"]) == ("settling", 1)
    settle(client, plan["id"], 5, op="keep_items", item_ids=first["items_to_settle"])
    now = read(client, plan["id"])
    assert {one["text"] for one in quotes(now)} == {one["text"] for one in quotes(plan)}
    assert {(one["start"], one["end"]) for one in quotes(now)} == {(one["start"], one["end"]) for one in quotes(plan)}


def test_erasing_the_document_erases_plan_and_comparison(client, plan, newer, uploaded):
    newer(("three lasting", "five lasting"))
    assert client.delete(f"/api/v1/documents/{uploaded['id']}").status_code == 204
    assert client.get(f"{API}/{plan['id']}/strategy").status_code == 404


def test_the_newest_version_that_is_here_is_compared_without_an_upload(client, plan, uploaded, memo_text):
    file = {"file": ("v2.md", memo_text.replace("three lasting", "five lasting").encode())}
    client.post("/api/v1/documents", files=file, data={"replaces": uploaded["id"]})
    assert client.post(f"{API}/{plan['id']}/strategy").status_code == 202
    assert compared(client, plan["id"])["progress"] == "settling"


def test_no_other_workspace_can_see_or_settle_it(client, plan, newer, services):
    found = newer(("three lasting", "five lasting"))
    services.house.workspaces.ensure("other", "Another house")
    key = services.house.credentials.issue(Credential.key, "other")
    headers = {"Authorization": f"Bearer {key}", "If-Match": '"v2"'}
    base = f"{API}/{plan['id']}/strategy"
    body = {"op": "keep_item", "item_id": found["items_to_settle"][0]}
    assert client.get(base, headers=headers).status_code == 404
    assert client.post(base, headers=headers).status_code == 404
    assert client.post(f"{base}/settlements", json=body, headers=headers).status_code == 404
    assert client.post(f"{base}/lay-aside", headers=headers).status_code == 404
