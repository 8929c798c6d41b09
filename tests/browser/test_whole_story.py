"""The whole story: a deck becomes a plan; a lead shapes it, a team answers, the strategy changes, people take it along.

Lea leads and brings the strategy; Ada looks after the workspace; a route team has no account.
"""

import io
import re
from datetime import date, datetime, timedelta

import docx
from icalendar import Calendar
from pptx import Presentation

from tests.browser.conftest import OPS, PASSWORD, in_team, sign_in

LEA = "lea@harbour.example"
TALKS = "Our first priority is to let every crew talk with passengers before a timetable changes."
TALKS_TWICE = "Our first priority is to let every crew talk twice with passengers before a timetable changes."
SLIDES = (
    (
        "Where we go",
        "We will move from yearly planning to monthly decisions made by the crews together with passengers.",
    ),
    ("What comes first", TALKS),
    ("How we fund", "We will stop funding projects and fund three lasting route teams instead."),
    ("Who decides", "We will stop approving every change in the steering committee; crews decide what can be undone."),
    ("What we promise", "By 2028 we will answer every complaint within two days, because islanders depend on us."),
)
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
STALE = "Its words changed in a newer version"
#: What Ada writes, and what the team offers; each stands in the field that says what is done.
MINE = ("writes down one line in the quay book", "reads one line of the quay book aloud")
OFFER = "Shall the harbour bell be rung before the first boat leaves?"
FIELDS = {"b": "action", "r": "purpose", "p": "question"}
#: A Saturday, so that the first sessions move to Monday.
DAY_ONE = date(2027, 1, 2)
ZONE = "Europe/Oslo"


def deck(number, *edits):
    """A deck for a file dialogue: a title slide and one slide a commitment."""
    show = Presentation()
    opening = show.slides.add_slide(show.slide_layouts[0])
    opening.shapes.title.text = "Quay and Lantern: strategy to 2028"
    for title, words in SLIDES:
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = dict(edits).get(words, words)
    out = io.BytesIO()
    show.save(out)
    return {"name": f"quay-and-lantern-{number}.pptx", "mimeType": PPTX, "buffer": out.getvalue()}


def plan_of(page, path):
    """The plan as programs read it, with the session of the page."""
    found = page.request.get(f"/api/v1{path}").json()
    return found["version"], found["plan"]


def items_of(plan):
    return [*plan["behaviours"], *plan["rituals"]]


def invited(ada, browse):
    """Lea's browser, once she joined by the link that Ada made."""
    ada.goto("/people")
    ada.get_by_label("Email address").fill(LEA)
    ada.locator("#role").select_option("ops")
    ada.get_by_role("button", name="Make an invitation").click()
    link = ada.locator("[role=status] code").inner_text()
    lea = browse()
    lea.goto(link)
    lea.get_by_label("Your name").fill("Lea Lund")
    lea.get_by_label("A password").fill(PASSWORD)
    lea.get_by_role("button", name="Join").click()
    lea.get_by_text("Lea Lund").wait_for()
    return lea


def bring_the_deck(lea):
    """The path of the plan."""
    lea.goto("/")
    lea.get_by_label("Strategy document").set_input_files(deck(1))
    lea.get_by_role("button", name="Make a plan", exact=True).click()
    lea.get_by_role("heading", name="What starts first, and why").wait_for()
    return lea.evaluate("location.pathname")


def card_of(page, path, item):
    """The item's card with what can be done to it opened."""
    page.goto(path)
    card = page.locator(f"article.card#{item['id']}")
    card.locator("details.change > summary").click()
    return card


def edit(ada, path, item, words):
    ada.goto(f"{path}/items/{item['id']}/edit")
    ada.locator(f"[name={FIELDS[item['id'][0]]}]").fill(words)
    ada.get_by_role("button", name="Keep these words").click()
    ada.locator(f"article.card#{item['id']}", has_text="Words of yours").wait_for()


def shape(ada, path, edited, locked, redrafted, aside):
    """Edit two items, lock one, take another draft of one, set aside what a single item is to stand for."""
    for item, words in zip(edited, MINE, strict=True):
        edit(ada, path, item, words)
    card_of(ada, path, locked).get_by_role("button", name="Lock", exact=True).click()
    ada.locator(f"article.card#{locked['id']}", has_text="Locked").wait_for()
    card = card_of(ada, path, redrafted)
    card.get_by_label("Ask for another draft").fill("fewer meetings, closer to passengers")
    card.get_by_role("button", name="Draft again").click()
    ada.get_by_text("fewer meetings, closer to passengers").wait_for()
    ada.get_by_role("button", name="Take this draft").click()
    ada.get_by_text("fewer meetings, closer to passengers").wait_for(state="detached")
    for item in aside:
        card = card_of(ada, path, item)
        card.get_by_label("Set aside, because").fill("One of the two is enough.")
        card.get_by_role("button", name="Set aside").click()
        ada.locator(f"article.card#{item['id']}").wait_for(state="detached")


def offer(ada, browse, path, item):
    """A team without an account says by a link what it would rather do."""
    ada.goto(f"{path}/catchball")
    ada.get_by_label("A link for").select_option("team")
    ada.get_by_label("Whom, in your words").fill("route team north")
    ada.get_by_role("button", name="Make a link").click()
    link = ada.locator("[role=status] code").inner_text()
    team = browse()
    team.goto(link)
    team.get_by_label("Who replies").fill("Route team north")
    team.locator(f"#kind-{item['id']}").select_option("counter")
    team.locator(f"#words-{item['id']}").fill(OFFER)
    team.get_by_role("button", name="Send my replies").click()
    team.get_by_text("1 reply was kept").wait_for()
    return team, link


def compare(ada, path):
    ada.goto(path)
    ada.get_by_role("link", name="The strategy changed").click()
    ada.get_by_label("The newer version").set_input_files(deck(2, (TALKS, TALKS_TWICE)))
    ada.get_by_role("button", name="Compare it with the plan").click()
    ada.get_by_text("One thing is left to settle").wait_for()


def word_of(page, path):
    """The words of the Word file: paragraphs and cells."""
    page.goto(path)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="The whole plan with a reply table, for Word").click()
    file = docx.Document(waiting.value.path())
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in file.paragraphs), *cells]), [
        one.text for one in file.tables[-1].columns[0].cells
    ]


def calendar_of(page, path):
    page.goto(path)
    page.get_by_label("Day 1").fill(DAY_ONE.isoformat())
    page.get_by_label("Time zone").fill(ZONE)
    with page.expect_download() as waiting:
        page.locator("form", has=page.get_by_label("Day 1")).get_by_role("button", name="Download").click()
    return {str(one["uid"]): one for one in Calendar.from_ical(waiting.value.path().read_bytes()).walk("VEVENT")}


def subjects_of(plan):
    """What the reply table asks about."""
    found = {one["title"] for one in items_of(plan)} | {f"Intent: {one['label']}" for one in plan["intents"]}
    return found | {f"Decision: {one['title']}" for one in plan["policy_asks"]}


def first_day(ritual):
    day = DAY_ONE + timedelta(days=ritual["starts_day"] - 1)
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= 5 else day


def test_from_a_deck_to_a_calendar_through_everybody_s_hands(browse, shoot):
    ada = browse()
    sign_in(ada, OPS)
    in_team(ada, "Harbour team")
    lea = invited(ada, browse)
    path = bring_the_deck(lea)
    ada.goto("/people")
    ada.get_by_label("Role of Lea Lund").select_option("leader")
    ada.get_by_role("button", name="Change the role of Lea Lund").click()
    lea.goto(path)
    assert lea.get_by_text("Change this").count() == 0

    _, plan = plan_of(ada, path)
    talks = next(one["id"] for one in plan["intents"] if TALKS in {quote["text"] for quote in one["quotes"]})
    to_change, *aside = [one for one in items_of(plan) if talks in one["intent_ids"]]
    first, second, redrafted, *_ = [one for one in items_of(plan) if talks not in one["intent_ids"]]
    offered = plan["policy_asks"][0]
    shape(ada, path, (first, second), second, redrafted, aside)

    team, link = offer(ada, browse, path, offered)
    lea.goto(f"{path}/catchball")
    assert lea.get_by_role("button", name="Make a link").count() == 0
    lea.get_by_label("Your answer").fill("Ring it; the steering group hears it too.")
    lea.get_by_role("button", name="Answer").click()
    lea.get_by_text("Lea Lund answered: “Ring it; the steering group hears it too.”").wait_for()
    shoot(lea, "story-answered", full=True)
    team.goto(link)
    assert team.get_by_text("Ring it; the steering group hears it too.").count() == 1
    ada.goto(path)
    ada.locator(f"article.card#{offered['id']}").get_by_role("button", name="Take the offer").click()
    ada.locator(f"article.card#{offered['id']}", has_text=OFFER).wait_for()
    before = calendar_of(ada, path)

    compare(ada, path)
    shoot(ada, "story-changed", full=True)
    ada.goto(path)
    assert ada.locator("article.card", has_text=STALE).evaluate_all("all => all.map(one => one.id)") == [
        to_change["id"]
    ]
    lea.goto(f"{path}/strategy")
    assert lea.get_by_text("Whoever looks after this workspace settles it.").is_visible()
    assert lea.locator("form[action*=strategy]").count() == 0
    shoot(lea, "story-changed-leader", full=True)
    ada.get_by_role("link", name=re.compile("^Settle it")).click()
    ada.get_by_label("Keep it as it is").fill("Twice fits it as well.")
    ada.get_by_role("button", name=re.compile("^Keep on the new words")).click()
    ada.get_by_text("The plan rests on version 2 of the document").wait_for()

    version, plan = plan_of(ada, path)
    words, replies = word_of(lea, path)
    assert {one for one in (*MINE, OFFER, TALKS_TWICE) if one.casefold() not in words.casefold()} == set()
    assert TALKS not in words
    assert set(replies[1:]) == subjects_of(plan)
    assert not any(one["title"] in replies for one in aside)

    events = calendar_of(lea, path)
    rituals = {f"{one['id']}@throughline": one for one in plan["rituals"]}
    assert set(events) == set(rituals) == set(before)
    for uid, ritual in rituals.items():
        event = events[uid]
        assert str(event["summary"]) == ritual["title"]
        assert event["dtstart"].dt.date() == first_day(ritual)
        assert (
            event["dtstart"].dt.utcoffset() == datetime(2027, 1, 4).astimezone(event["dtstart"].dt.tzinfo).utcoffset()
        )
        assert event["duration"].dt == timedelta(minutes=ritual["duration_min"])
        assert int(event["sequence"]) == version > int(before[uid]["sequence"])
        assert any(quote["text"] in str(event["description"]) for quote in ritual["quotes"])

    ada.goto(f"{path}/versions")
    assert ada.get_by_text("Twice fits it as well; the plan rests on version 2").is_visible()
    shoot(ada, "story-versions", full=True)
    ada.goto("/audit")
    assert ada.get_by_text("Lea Lund").count() > 1
    shoot(ada, "story-log", full=True)
