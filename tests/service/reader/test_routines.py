"""A routine is read only where actor, act and rhythm are all there, and is read aloud in plain English."""

from __future__ import annotations

import pytest

from corpora.lexicons import load_lexicons
from retrieval.documents import Span
from retrieval.parse import parse_bytes
from retrieval.sentences import split_sentences
from service.checks.c03_concreteness import banned_verb, vague_actor
from service.checks.c11_clarity import slips_repaired
from service.plan.articles import with_the
from service.plan.reading import ReadSentence
from service.plan.routine import ActorKind
from service.reader.against import reasons_against
from service.reader.routines import MOST_WORDS, find_routines

ON = "on a date fixed in advance"
STATED = [
    # sentence, class, as it is read aloud
    ("Directors shall each spend one morning a quarter at a counter.", "visit",
     f"Every quarter, {ON}, every director spends one morning at a counter"),
    ("Each quarter the product council reviews the three lowest-scoring services.", "review",
     f"Every quarter, {ON}, the product council reviews the three lowest-scoring services"),
    ("Teams will publish a weekly note on what they learned.", "publish",
     f"Every week, {ON}, the teams publish a note on what they learned"),
    ("Before a service goes live, the owner will test it with five users.", "test",
     "Before a service goes live, the owner tests it with five users"),
    ("We meet with the agencies every six weeks.", "talk",
     f"Every six weeks, {ON}, the authors of this strategy meet with the agencies"),
    ("Every member of the board will visit a branch once a month.", "visit",
     f"Every month, {ON}, every member of the board visits a branch"),
    ("The steering group shall meet monthly to decide which pilots continue.", "review",
     f"Every month, {ON}, the steering group meets to decide which pilots continue"),
    ("Product managers will interview three customers every fortnight.", "talk",
     f"Every fortnight, {ON}, the product managers interview three customers"),
    ("Once a month, the executive team will spend half a day on a ward.", "visit",
     f"Every month, {ON}, the executive team spends half a day on a ward"),
    ("After each incident, the duty manager will run a blameless review with everyone involved.", "review",
     "After each incident, the duty manager runs a blameless review with everyone involved"),
    ("The Head of Digital must report progress to the board at the end of each quarter.", "publish",
     "At the end of every quarter, the Head of Digital reports progress to the board"),
    ("Whenever a contract is renewed, the commercial team will ask the supplier for its carbon figures.", "talk",
     "When a contract is renewed, the commercial team asks the supplier for its carbon figures"),
    ("The design team will demonstrate unfinished work every second Friday.", "show",
     "Every second Friday, the design team demonstrates unfinished work"),
    ("The audit committee reviews open risks twice a year.", "review",
     "Every year, on two dates fixed in advance, the audit committee reviews open risks"),
    ("Each team will set aside one afternoon a week for maintenance.", "time",
     f"Every week, {ON}, every team sets aside one afternoon for maintenance"),
    ("The parish council will walk through one neighbourhood with residents every month.", "visit",
     f"Every month, {ON}, the parish council walks through one neighbourhood with residents"),
    ("At the start of every term, heads of department will review which courses to close.", "review",
     "At the start of every term, the heads of department review which courses to close"),
    ("Our research group will run a usability test with two readers every week.", "test",
     f"Every week, {ON}, the research group runs a usability test with two readers"),
    ("The chief executive shall meet with front-line staff every month, without managers present.", "talk",
     f"Every month, {ON}, the chief executive meets with front-line staff, without managers present"),
    ("The executive will review the portfolio monthly and stop projects that no longer pay.", "review",
     f"Every month, {ON}, the executive reviews the portfolio"),
    ("The Programme Board will, each quarter, review the benefits realised.", "review",
     f"Every quarter, {ON}, the Programme Board reviews the benefits realised"),
    ("The owners of each service will publish a monthly account of what they stopped.", "publish",
     f"Every month, {ON}, the owners of each service publish an account of what they stopped"),
    ("The finance team will train two colleagues from the branches each quarter.", "teach",
     f"Every quarter, {ON}, the finance team trains two colleagues from the branches"),
    ("The editors will discuss the week's mistakes every Friday at noon.", "review",
     "Every Friday at noon, the editors discuss the week's mistakes"),
    ("The lab will rehearse the evacuation plan every six months.", "test",
     f"Every six months, {ON}, the lab rehearses the evacuation plan"),
    ("Each crew sits in on a working day in a library every quarter, by video if it has to be.", "visit",
     f"Every quarter, {ON}, every crew sits in on a working day in a library"),
    ("The Chief Nurse and the Medical Director will walk the wards together every Friday morning.", "visit",
     "Every Friday morning, the Chief Nurse and the Medical Director walk the wards together"),
    ("All directors will answer customer calls for two hours every month.", "visit",
     f"Every month, {ON}, all directors answer customer calls for two hours"),
]  # fmt: skip
NOT_STATED = [
    "We will publish a digital strategy by 2013.",
    "The service will publish 3 updates by March 2026.",
    "The company will launch a new product every year.",
    "Teams may meet weekly.",
    "The board could review spending every quarter.",
    "Teams should review their backlog every week.",
    "The board reviewed spending every quarter last year.",
    "We will not hold weekly meetings.",
    "The council will no longer review grants every year.",
    "The office supports agencies every year.",
    "We will ensure that services are reviewed annually.",
    "We will promote monthly conversations with residents.",
    "The department will continue to publish monthly reports.",
    "Services handling over 100,000 transactions each year will be redesigned.",
    "A sprint is a period of two weeks in which a team reviews work every day.",
    "Customers will review our products every week.",
    "Suppliers will report their emissions every quarter.",
    "Wholesalers count stock four times a year.",
    "Everyone talks to a customer once a fortnight.",
    "Annegret will visit the plant every second Friday.",
    "Many teams review their goals every quarter.",
    "The team that runs the counters will publish a weekly note.",
    "Hackathons are held at least twice a year by IT.",
    "Employees attend presentations which are held at least once a month.",
    "Citizens will be able to check progress every month.",
    "The budget for learning has increased every year.",
    "Will the board review this every quarter?",
    "The council will review it every year.",
    "These will be reviewed annually.",
    "We hope to meet our customers every month.",
    "When the merger completes, the board will review the structure.",
    "When you leave, the manager will meet with you.",
    "The board will review the plan within a month.",
    "The board will review strategy as needed each year.",
    "The team will regularly review progress.",
    "Directors will visit sites every month where possible.",
    "Where a service fails, the owner will publish the reasons each month.",
    "Store managers will spend the first hour of each day on the shop floor.",
    "Leaders will spend 20% of their time each week with customers.",
    "Every engineer will spend two days a year in customer support.",
    "Managers will hold one-to-one meetings with each member of staff every fortnight.",
    "The committee shall report quarterly.",
    "Editors will build a tool and review it weekly.",
    "The agency will reduce costs by 3% a year.",
    "We expect teams to review progress every quarter.",
]


@pytest.fixture(scope="module")
def stated(workshop):
    def read(markdown: str):
        document = parse_bytes(markdown.encode(), "text.md")
        sentences = split_sentences(document)
        found = []
        for row, (sentence, grammar) in enumerate(
            zip(sentences, workshop.reader.grammar.read([s.text for s in sentences]), strict=True)
        ):
            block = document.blocks[sentence.block]
            heading = " > ".join(block.location.heading_path[-2:])
            against = reasons_against(sentence.text, heading, block.kind, grammar)
            span = Span(sentence.span.start, sentence.span.end)
            found.append(
                ReadSentence(sentence, row, block.kind, block.location, heading, 0, span, 1.0, "priority", against)
            )
        return document, find_routines(document, found, workshop.reader.grammar, workshop.reader.acts)

    return read


def aloud(routine) -> str:
    return f"{routine.rhythm.moment}, {with_the(routine.actor)} {routine.action}"


@pytest.mark.parametrize(("sentence", "act", "said"), STATED, ids=[said for said, _, _ in STATED])
def test_a_stated_routine_is_read_aloud_in_the_documents_words(stated, sentence, act, said):
    document, (routine,) = stated(f"# Plan\n\n{sentence}\n")
    lexicons = load_lexicons()
    assert (routine.act.id, aloud(routine)) == (act, said)
    assert len(said.split()) <= MOST_WORDS + 1
    assert slips_repaired(said) == said
    assert banned_verb(routine.action, lexicons) is None
    assert not vague_actor(routine.actor, lexicons)
    assert routine.act_span.of(document.text).split()[0].lower()[:3] == routine.action.split()[0][:3]


@pytest.mark.parametrize("sentence", NOT_STATED)
def test_what_is_doubtful_is_no_routine(stated, sentence):
    assert stated(f"# Plan\n\n{sentence}\n")[1] == ()


@pytest.mark.parametrize("sentence", [sentence for sentence, _, _ in STATED])
def test_the_places_hold_the_words_they_are_given_for(stated, sentence):
    document, (routine,) = stated(f"# Plan\n\n5.4 {sentence}\n")
    assert routine.rhythm_span.of(document.text) in sentence
    assert routine.act_span.of(document.text) in sentence
    assert routine.actor_span is None or routine.actor_span.of(document.text) == routine.actor_said


def test_items_inherit_the_actor_and_the_rhythm_of_their_lead_in(stated):
    _, found = stated(
        "# Plan\n\nDepartments will:\n\n- publish a monthly list of decisions\n- improve digital skills\n"
        "- meet with their suppliers every quarter\n\nEach quarter the leadership team must:\n\n"
        "- review the three oldest promises\n- ensure quality\n"
    )
    assert [aloud(routine) for routine in found] == [
        f"Every month, {ON}, the departments publish a list of decisions",
        f"Every quarter, {ON}, the departments meet with their suppliers",
        f"Every quarter, {ON}, the leadership team reviews the three oldest promises",
    ]


def test_items_under_another_line_inherit_nothing(stated):
    _, found = stated("# Plan\n\nDepartments will:\n\nOther matters\n\n- publish a monthly list of decisions\n")
    assert found == ()


def test_we_are_the_authors_and_have_no_place_of_their_own(stated):
    _, (routine,) = stated("# Plan\n\nWe will talk to ten customers every month.\n")
    assert routine.actor_kind is ActorKind.authors
    assert routine.actor_span is None


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("one morning a quarter", 240), ("one full day a quarter", 450), ("two hours a month", 120)],
)
def test_the_documents_own_length_is_taken(stated, words, minutes):
    _, (routine,) = stated(f"# Plan\n\nDirectors will spend {words} at a counter.\n")
    assert routine.minutes == minutes


def test_a_title_is_a_whole_phrase(stated):
    _, (routine,) = stated("# Plan\n\nDirectors will join the Monday safety huddle of a different ward each month.\n")
    assert routine.title == "Join the Monday safety huddle"


def test_without_classes_of_acts_nothing_is_read(workshop):
    document = parse_bytes(b"# Plan\n\nThe board will visit a branch every month.\n", "text.md")
    assert find_routines(document, (), workshop.reader.grammar, ()) == ()
