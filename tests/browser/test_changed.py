"""A strategy changes: the newer version is uploaded, stale items are shown, a person settles them, the plan follows."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MEMO = (ROOT / "corpora/strategies/vantry-bank-memo.md").read_text(encoding="utf-8")
NEW = ("## Money and people\n", "## Money and people\n\nWe will let every branch choose its own opening hours.\n")
#: In the dark a page differs by its colours alone.
COLOURS = {"runOnly": ["color-contrast"]}


def file(name, text, edits=()):
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return {"name": name, "mimeType": "text/markdown", "buffer": text.encode()}


def served(page, path):
    """The sentence of each active intent with the number of items that serve it, those with the fewest first."""
    plan = page.request.get(f"/api/v1{path}").json()["plan"]
    items = [*plan["behaviours"], *plan["rituals"], *plan["policy_asks"]]
    found = [
        (sum(one["id"] in item["intent_ids"] for item in items), one["quotes"][0]["text"]) for one in plan["intents"]
    ]
    return sorted((count, words) for count, words in found if count)


def without(words):
    """Nothing in the place of the sentence, its bold type gone too."""
    bold = f"**{words}** "
    return (bold if bold in MEMO else words), ""


def otherwise(words):
    """The sentence with another last word."""
    kept, _, last = words.rpartition(" ")
    return words, f"{kept} tomorrow{last[-1] if last[-1] in '.;' else ''}"


@pytest.fixture
def planned(opened):
    """Makes a plan of the memo with a closing line of its own; gives the page it stands on."""

    def make(text):
        page = opened("/")
        page.get_by_label("Strategy document").set_input_files(file("memo.md", text))
        page.get_by_role("button", name="Make a plan", exact=True).click()
        page.get_by_role("heading", name="What starts first, and why").wait_for()
        return page

    return make


def checked(page, options=None):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = axe.Axe().run(page, options=options or {}).response["violations"]
    assert [(one["id"], one["nodes"][0]["target"]) for one in found] == []


def test_an_item_on_changed_words_is_settled_and_the_plan_follows(planned, shoot):
    text = f"{MEMO}\nPlease print this on one page.\n"
    page = planned(text)
    path = page.evaluate("location.pathname")
    count, words = served(page, path)[0]
    page.get_by_role("link", name="The strategy changed").click()
    shoot(page, "changed-upload")
    checked(page)
    page.get_by_label("The newer version").set_input_files(file("memo-2.md", text, (otherwise(words),)))
    page.get_by_role("button", name="Compare it with the plan").click()
    page.get_by_text("left to settle").wait_for()
    shoot(page, "changed-one-item", full=True)
    checked(page)
    keeping = page.get_by_role("button", name=re.compile("^Keep on the new words"))
    assert keeping.count() == count
    assert set(page.locator("del").all_inner_texts()) == {words.split()[-1]}

    page.goto(path)
    assert page.locator("article.card", has_text="Its words changed in a newer version").count() == count
    shoot(page, "changed-stale-card", full=True)
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1280, "height": 900})
    checked(page)
    page.get_by_role("link", name=re.compile("^Settle it")).first.click()
    for _ in range(count):
        page.get_by_label("Keep it as it is").first.fill("Two days is early enough.")
        with page.expect_navigation():
            keeping.first.click()
    page.get_by_text("The plan rests on version 2 of the document").wait_for()
    shoot(page, "changed-settled")
    page.get_by_role("link", name="Open the plan").click()
    assert page.get_by_text("Its words changed in a newer version").count() == 0
    page.get_by_role("link", name="All versions").click()
    assert page.get_by_text("Two days is early enough; the plan rests on version 2").is_visible()


def test_many_changes_are_shown_side_by_side_and_settled_one_by_one(planned, opened, shoot):
    text = f"{MEMO}\nPlease read this on paper.\n"
    page = planned(text)
    path = page.evaluate("location.pathname")
    (_, gone), *_, (_, changed) = served(page, path)
    page.goto(f"{path}/strategy")
    page.get_by_label("The newer version").set_input_files(
        file("memo-2.md", text, (without(gone), otherwise(changed), NEW))
    )
    page.get_by_role("button", name="Compare it with the plan").click()
    page.get_by_text("things are left to settle").wait_for()
    shoot(page, "changed-many", full=True)
    checked(page)
    for width in (320, 640):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shoot(page, f"changed-many-{width}")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name=re.compile("^Draft beside it")).first.click()
    page.get_by_text("Kept, with another draft beside it").wait_for()
    page.get_by_role("button", name=re.compile("^Bring it in")).click()
    page.get_by_text("Starts with “").wait_for()
    shoot(page, "changed-drafted", full=True)
    page.goto(path)
    assert page.get_by_text("it can be taken once everything is settled").is_visible()
    dark = opened(f"{path}/strategy", scheme="dark")
    checked(dark, COLOURS)
    shoot(dark, "changed-dark", full=True)


def test_the_page_works_without_scripts(planned, opened):
    text = f"{MEMO}\nPlease keep this to yourself.\n"
    page = planned(text)
    path = page.evaluate("location.pathname")
    count, words = served(page, path)[0]
    page = opened(f"{path}/strategy", script=False)
    page.get_by_label("The newer version").set_input_files(file("memo-2.md", text, (otherwise(words),)))
    page.get_by_role("button", name="Compare it with the plan").click()
    page.get_by_text("left to settle").wait_for()
    for _ in range(count):
        page.get_by_label("Set it aside, because").first.fill("Done elsewhere by now.")
        with page.expect_navigation():
            page.get_by_role("button", name=re.compile("^Set aside")).first.click()
    page.get_by_text("The plan rests on version 2 of the document").wait_for()
