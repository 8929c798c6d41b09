import pytest

from corpora.load import load_practices
from corpora.records import Cadence, Period, PolicyForm
from corpora.slots import render, render_form, says_the_same, slot_problem, slots_in


def test_a_missing_or_blank_value_leaves_the_default_words():
    assert render("the {team|team} and a {user|user}", {"user": " "}) == "the team and a user"


@pytest.mark.parametrize(
    ("word", "article"),
    [
        ("applicant", "an"),
        ("user", "a"),
        ("university", "a"),
        ("unit", "a"),
        ("hour", "an"),
        ("one-off case", "a"),
        ("European bank", "a"),
        ("umbrella body", "an"),
        ("NHS trust", "an"),
        ("SME", "an"),
        ("API", "an"),
        ("UK office", "a"),
        ("NASA team", "a"),
        ("IT team", "an"),
    ],
)
def test_the_article_before_a_slot_fits_the_sound_of_the_filled_word(word, article):
    assert render("for a {user|user} here", {"user": word}) == f"for {article} {word} here"
    assert render("An {user|user} comes.", {"user": word}) == f"{article.capitalize()} {word} comes."


def test_a_word_that_ends_in_a_is_no_article():
    assert render("via {team|team}, data {users|users}", {"team": "area office"}) == "via area office, data users"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It ends. {teams|teams} go on.", "It ends. Squads go on."),
        ("{teams|teams} go on.", "Squads go on."),
        ("{teams|Teams} in turn", "Squads in turn"),
        ("{teams|teams} in turn", "squads in turn"),
        ("Name it: {teams|teams} first", "Name it: squads first"),
    ],
    ids=["after a full stop", "closed sentence", "default with capital", "fragment", "after a colon"],
)
def test_a_value_takes_a_capital_only_at_the_start_of_a_sentence(text, expected):
    assert render(text, {"teams": "squads"}) == expected


def test_a_quoted_aim_stays_as_it_is():
    assert render("reads {aim|the intent} aloud", {"aim": '"nail funnels"'}) == 'reads "nail funnels" aloud'


def test_a_value_that_looks_like_a_slot_is_not_filled_again():
    assert render("the {team|team}", {"team": "{user|user}", "user": "x"}) == "the {user|user}"


def test_the_names_of_slots_are_found():
    assert slots_in("a {user|user} of the {product|product} and a {user|client}") == {"user", "product"}


@pytest.mark.parametrize(
    "text",
    ["the {squad|team}", "the {team}", "the {team| }", "a brace } alone", "{Team|team}"],
    ids=["unknown", "no default", "blank default", "lone brace", "capital in name"],
)
def test_a_bad_slot_is_found(text):
    assert slot_problem(text)


def test_rendering_a_form_fills_nested_text_and_keeps_type_and_enums():
    form = PolicyForm(
        question="May a {team|team} stop?",
        decision="whether a {team|team} may stop",
        decider="{leader|sponsor}",
        forum="the board",
        needed_by_day=30,
        options=("every {team|team} may", "no {team|team} may"),
        cost_of_not_deciding="Each {team|team} waits.",
        interim="The {team|team} asks.",
    )
    filled = render_form(form, {"team": "office", "leader": "director"})
    assert type(filled) is PolicyForm
    assert filled.question == "May an office stop?"
    assert filled.options == ("every office may", "no office may")
    assert filled.decider_class is form.decider_class
    assert form.decider == "{leader|sponsor}"


def test_rendering_leaves_enums_inside_nested_records_alone():
    cadence = Cadence(period=Period.event, events_per_month=2)
    assert render_form(cadence, {}).period is Period.event


def test_a_rendered_practice_of_the_library_holds_no_slot():
    practice = load_practices()[0]
    assert "{" not in render_form(practice, {}).model_dump_json(exclude={"id"}).replace('{"', "").replace("{}", "")


@pytest.mark.parametrize(
    "words",
    ["asking a team lead for news", "Asking an API Owner for news.", "asking a head of  harbour services for news"],
)
def test_a_form_is_the_same_whatever_fills_its_slots(words):
    assert says_the_same("asking a {lead|team lead} for news", words)


@pytest.mark.parametrize(
    "words", ["asking a team lead", "chasing a team lead for news", "asking a team lead for news twice"]
)
def test_other_words_are_another_form(words):
    assert not says_the_same("asking a {lead|team lead} for news", words)
