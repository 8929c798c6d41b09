"""Shared mode as people meet it: signing in, an invitation, what each role sees, a key, the switch, the log."""

import re

import pytest

from tests.browser.conftest import OPS, PASSWORD, PATIENCE_MS, SAMPLE, VIEWER, in_team, sign_in

BOB = "bob@harbour.example"
COLOURS = {"runOnly": ["color-contrast"]}


@pytest.fixture(scope="module")
def entered(chromium, place):
    """Cookies by address, and the path of a plan that ops made."""
    states = {}
    for address in (OPS, VIEWER):
        context = chromium.new_context(base_url=place)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        sign_in(page, address)
        states[address] = context.storage_state()
        if address == OPS:
            page.get_by_role("button", name="Sign out").wait_for()
            in_team(page, "Harbour team")
            page.goto("/")
            page.locator(f'form[action="/samples/{SAMPLE}"] button').click()
            page.get_by_role("heading", name="What starts first, and why").wait_for()
            states["plan"] = page.evaluate("location.pathname")
            states[address] = context.storage_state()
        context.close()
    return states


def axe_finds(page, options):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = axe.Axe().run(page, options=options).response["violations"]
    return [(one["id"], one["nodes"][0]["target"]) for one in found]


def test_a_wrong_password_is_told_plainly_and_the_right_one_leads_on(browse, shoot):
    page = browse()
    page.goto("/practices?q=stop")
    shoot(page, "sign-in")
    page.get_by_label("Email address").fill(OPS)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    assert "do not belong together" in page.get_by_role("alert").inner_text()
    shoot(page, "sign-in-wrong")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"/practices\?q=stop$"))


def test_a_viewer_reads_the_plan_and_sees_no_means_to_change_it(browse, entered, shoot):
    page = browse(entered[VIEWER])
    page.goto(entered["plan"])
    assert page.get_by_text("Change this").count() == 0
    assert page.get_by_role("link", name="Add an item").count() == 0
    assert page.locator("article.card").count() > 2
    shoot(page, "viewer-plan")
    page.goto("/")
    assert page.get_by_role("button", name="Make a plan").count() == 0
    assert page.get_by_role("link", name="People").count() == 0
    shoot(page, "viewer-start")
    page.goto("/profile")
    assert page.get_by_role("button", name="Keep this").count() == 0
    assert page.get_by_label("What roles are called with you").is_disabled()
    with page.expect_download() as waiting:
        page.evaluate(f"location.href = '{entered['plan']}/export/md'")
    assert waiting.value.suggested_filename.endswith(".md")


def test_somebody_invited_joins_as_a_leader_and_disagrees_under_their_name(browse, entered, shoot):
    ops = browse(entered[OPS])
    ops.goto("/people")
    ops.get_by_label("Email address").fill(BOB)
    ops.locator("#role").select_option("leader")
    ops.get_by_role("button", name="Make an invitation").click()
    link = ops.locator("[role=status] code").inner_text()
    shoot(ops, "people-invited", full=True)
    bob = browse()
    bob.goto(link)
    shoot(bob, "join")
    bob.get_by_label("Your name").fill("Bob Berg")
    bob.get_by_label("A password").fill(PASSWORD)
    bob.get_by_role("button", name="Join").click()
    bob.get_by_text("Bob Berg").wait_for()
    bob.goto(entered["plan"])
    assert bob.get_by_text("Change this").count() == 0
    bob.get_by_role("link", name="Say what you think").click()
    card = bob.locator("section.card").first
    card.get_by_label("Your answer").select_option("disagree")
    card.get_by_label("In your words").fill("Two of our districts cannot follow before the autumn.")
    shoot(bob, "leader-reply")
    bob.get_by_role("button", name="Send my replies").click()
    bob.get_by_text("1 reply was kept").wait_for()
    ops.goto(entered["plan"])
    assert ops.get_by_text("Bob Berg disagrees with").count() == 1
    bob.goto(link)
    assert bob.get_by_text("no longer open").count() == 1
    shoot(bob, "join-closed")


def test_a_key_is_shown_once_and_revoked(browse, entered, shoot):
    page = browse(entered[OPS])
    page.goto("/keys")
    page.get_by_label("What it is for").fill("nightly export")
    page.locator("#role").select_option("viewer")
    page.get_by_role("button", name="Make a key").click()
    secret = page.locator("#secret").inner_text()
    shoot(page, "key-made")
    asked = {"Authorization": f"Bearer {secret}"}
    assert page.request.get("/api/v1/plans", headers=asked).status == 200
    page.goto("/keys")
    assert secret not in page.content()
    page.get_by_role("button", name="Revoke the key nightly export").click()
    page.get_by_text("There are none").wait_for()
    assert page.request.fetch("/api/v1/plans", headers=asked | {"Cookie": ""}).status == 401


def test_a_person_goes_to_their_other_workspace_and_back(browse, entered, shoot):
    page = browse()
    sign_in(page, OPS)
    in_team(page, "Island team")
    assert page.get_by_text("Nothing here yet").count() == 1
    page.goto("/account")
    shoot(page, "account", full=True)
    page.goto(entered["plan"])
    assert page.get_by_role("heading", name="Not found").count() == 1
    in_team(page, "Harbour team")
    assert page.get_by_role("link", name="Open the plan").count() >= 1
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    page.goto("/account")
    page.wait_for_url(re.compile("/sign-in"))


def test_whoever_is_ops_makes_a_workspace_and_comes_back(browse, shoot):
    page = browse()
    sign_in(page, OPS)
    page.goto("/account")
    box = page.get_by_label("Name", exact=True)
    box.fill("Island team")
    page.get_by_role("button", name="Make it and go there").click()
    assert page.get_by_role("alert").inner_text() == "You belong to a workspace of this name already."
    assert box.input_value() == "Island team"
    assert axe_finds(page, {}) == []
    shoot(page, "workspace-refused", full=True)
    box.fill("Night ferries")
    page.get_by_role("button", name="Make it and go there").click()
    page.get_by_text("Nothing here yet").wait_for()
    shoot(page, "workspace-made")
    page.goto("/people")
    assert page.get_by_text("that is you").count() == 1
    in_team(page, "Harbour team")
    assert page.get_by_role("link", name="Open the plan").count() >= 1


PAGES = ("/sign-in", "/account", "/people", "/keys", "/audit", "PLAN", "PLAN/reply", "PLAN/catchball", "/profile")


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_people_are_for_everybody(browse, entered, shoot, path):
    state = None if path == "/sign-in" else entered[OPS]
    address = path.replace("PLAN", entered["plan"])
    name = path.strip("/").replace("/", "-").lower()
    for scheme, options in (("light", {}), ("dark", COLOURS)):
        page = browse(state, scheme=scheme)
        page.goto(address)
        assert axe_finds(page, options) == []
        shoot(page, f"shared-{name}-{scheme}", full=True)
    for width in (320, 640):
        page = browse(state, width=width)
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shoot(page, f"shared-{name}-{width}")
