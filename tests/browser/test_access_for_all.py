"""Every page for everybody: axe finds nothing, nothing scrolls sideways, in light and dark, narrow and enlarged."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

NEWSLETTER = ROOT / "corpora/strategies/aldersound-ferries-newsletter.md"
NAMES = (
    "start",
    "plan",
    "xray",
    "nothing",
    "practices",
    "practice",
    "refusal",
    "changed",
    "criteria",
    "evaluation",
    "own-practices",
    "own-practice",
    "erase",
    "erase-all",
    "tombstone",
)
SHORT = (
    b"# Harbour\n\nWe will move from yearly planning to monthly decisions made by the ferry crews with passengers.\n"
    b"Our first priority is to let every crew talk with passengers before a timetable changes.\n"
)
#: 320 is a small telephone and 1280 enlarged four times; 640 is 1280 at 200%.
WIDTHS = (320, 640)
#: In the dark a page differs by its colours alone.
COLOURS = {"runOnly": ["color-contrast"]}


@pytest.fixture(scope="module")
def paths(chromium, session, address, plan_path):
    context = chromium.new_context(base_url=address.split("/?")[0], storage_state=session)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Strategy document").set_input_files(str(NEWSLETTER))
    page.get_by_role("button", name="Make a plan", exact=True).click()
    page.get_by_text("No strategic intent found").wait_for()
    nothing = page.evaluate("location.pathname")
    page.goto("/")
    erase = page.get_by_role("link", name="Erase… ").first.get_attribute("href")
    tombstone = erased_plan(page)
    context.close()
    found = (
        "/",
        plan_path,
        f"{plan_path}/xray",
        nothing,
        "/practices",
        "/practices/decision-rights-map",
        "/plans/none",
        f"{plan_path}/strategy",
        f"{plan_path}/criteria",
        "/evaluation",
        "/practices/own",
        "/practices/own/new?kind=ritual",
        erase,
        "/erase",
        tombstone,
    )
    return dict(zip(NAMES, found, strict=True))


def erased_plan(page):
    """Make a plan of a short document and erase the document, as a person does; the plan's path."""
    short = {"name": "harbour.md", "mimeType": "text/markdown", "buffer": SHORT}
    page.get_by_label("Strategy document").set_input_files(short)
    page.get_by_role("button", name="Make a plan", exact=True).click()
    page.get_by_role("heading", name="What starts first, and why").wait_for()
    path = page.evaluate("location.pathname")
    page.goto("/")
    page.locator(".shelfmark", has_text="harbour.md").get_by_role("link", name="Erase").click()
    page.get_by_role("button", name="Erase it for good").click()
    page.get_by_role("heading", name="The document was erased").wait_for()
    return path


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("scheme", "options"), [("light", {}), ("dark", COLOURS)], ids=["light", "dark"])
def test_axe_finds_no_violation(opened, paths, shoot, name, scheme, options):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = opened(paths[name], scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = axe.Axe().run(page, options=options).response["violations"]
    assert [(one["id"], one["nodes"][0]["target"]) for one in found] == []
    shoot(page, f"{name}-{scheme}", full=True)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_scrolls_sideways_on_a_telephone_or_enlarged(opened, paths, shoot, name):
    page = opened(paths[name], width=WIDTHS[0])
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shoot(page, f"{name}-{width}")
