"""The library as it ships: what every form must keep to."""

import re

import numpy as np
import pytest

from corpora.lexicons import load_lexicons
from corpora.load import load_practices
from corpora.records import BehaviourForm, PolicyForm, RitualForm
from corpora.slots import render_form, slots_in
from retrieval.embed import load_embedder

PRACTICES = load_practices()
LEXICONS = load_lexicons()
MAX_WORDS = 45
MAX_COSINE = 0.85


def of_kind(kind):
    return [pytest.param(practice, id=practice.id) for practice in PRACTICES if isinstance(practice.form, kind)]


def texts(value):
    """Every text of a dumped record, numbers and nothing else left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)


def form_text(practice):
    return " ".join(texts(render_form(practice.form, {}).model_dump(mode="json")))


def sentence(form):
    plain = render_form(form, {})
    return f"{plain.trigger}, the {plain.actor} {plain.action}"


def third_person_forms(verb):
    yield verb + ("es" if re.search(r"(s|sh|ch|x|z)$", verb) else "s")
    if verb.endswith("y"):
        yield verb[:-1] + "ies"


BANNED = {form for verb in LEXICONS.banned_verbs for form in third_person_forms(verb)} | set(LEXICONS.banned_verbs)
VAGUE = re.compile(r"\b(" + "|".join(map(re.escape, LEXICONS.vague_phrases)) + r")\b", re.IGNORECASE)


def test_the_library_holds_at_least_eighty_practices():
    assert len(PRACTICES) >= 80


def test_the_catalogue_is_complete_from_one_to_eighty():
    assert not set(range(1, 81)) - {practice.number for practice in PRACTICES}


def test_names_are_unique():
    names = [practice.name for practice in PRACTICES]
    assert len(set(names)) == len(names)


def test_every_capability_has_at_least_two_practices():
    served = [capability for practice in PRACTICES for capability in (practice.capability, *practice.also)]
    assert {f"K{number}" for number in range(1, 13) if served.count(f"K{number}") >= 2} == {
        f"K{number}" for number in range(1, 13)
    }


@pytest.mark.parametrize("practice", of_kind(BehaviourForm))
def test_a_behaviour_reads_as_one_sentence_of_at_most_45_words(practice):
    assert len(sentence(practice.form).split()) <= MAX_WORDS


@pytest.mark.parametrize("practice", of_kind(BehaviourForm))
def test_a_trigger_is_an_event(practice):
    assert re.match(r"(When|After|Before|At|If|Every|Each)\b", practice.form.trigger)


@pytest.mark.parametrize("practice", of_kind(BehaviourForm))
def test_an_action_begins_with_an_observable_verb(practice):
    action = render_form(practice.form, {}).action
    assert action.split()[0].lower() not in BANNED
    assert action[0].islower()
    assert not action.endswith(".")


@pytest.mark.parametrize("practice", of_kind(BehaviourForm))
def test_trigger_and_action_hold_no_vague_time(practice):
    assert not VAGUE.search(sentence(practice.form))


@pytest.mark.parametrize("practice", of_kind(RitualForm))
def test_an_agenda_adds_up_to_the_duration(practice):
    assert sum(step.minutes for step in practice.form.agenda) == practice.form.duration_min


@pytest.mark.parametrize("practice", of_kind(RitualForm))
def test_an_agenda_opens_in_silence_and_ends_with_a_record(practice):
    first, last = practice.form.agenda[0].step, practice.form.agenda[-1].step
    assert re.search(r"silen|quiet|read|alone|privately", first, re.IGNORECASE)
    assert re.search(r"\b(logs?|writes?|notes?|records?|agrees?|names?|owners?)\b", last, re.IGNORECASE)


@pytest.mark.parametrize("practice", of_kind((BehaviourForm, RitualForm)))
def test_a_form_takes_at_least_four_words_of_the_document(practice):
    names = slots_in(" ".join(texts(practice.form.model_dump(mode="json"))))
    assert len(names) >= 4
    assert names & {"focus", "aim", "object", "served"}  # what the intent is about, or what its own verb is done to


@pytest.mark.parametrize("practice", of_kind(PolicyForm))
def test_a_policy_asks_a_question_and_says_what_runs_meanwhile(practice):
    assert practice.form.question.rstrip().endswith("?")
    assert practice.form.interim


@pytest.mark.parametrize("practice", of_kind((BehaviourForm, RitualForm, PolicyForm)))
def test_indicator_names_of_a_practice_differ(practice):
    kinds = practice.indicators
    assert len({kinds.adherence.name, kinds.leading.name, kinds.counter.name}) == 3


@pytest.mark.parametrize(
    "field", ["first_time", "sunset", "reinforcement", "stop_doing", "evidence", "replaces", "async_variant"]
)
def test_no_stock_phrase_stands_in_two_forms(field):
    seen = {}
    for practice in PRACTICES:
        value = getattr(practice.form, field, None)
        if value is None:
            continue
        text = " ".join(texts(value.model_dump(mode="json") if hasattr(value, "model_dump") else value))
        assert text not in seen, f"{practice.id} and {seen.get(text)} share {field}"
        seen[text] = practice.id


def test_no_two_forms_are_nearly_alike():
    vectors = load_embedder(threads=2).embed([form_text(practice) for practice in PRACTICES])
    cosines = np.triu(vectors @ vectors.T, k=1)
    alike = [
        f"{PRACTICES[a].id} ~ {PRACTICES[b].id}: {cosines[a, b]:.2f}" for a, b in np.argwhere(cosines >= MAX_COSINE)
    ]
    assert not alike
