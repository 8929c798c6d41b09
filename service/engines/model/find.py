"""Asking a model which sentences are intents, one section group a call.

Owns: the question, what is wrong with an answer, and turning entries into proposals whose spans
code fills. Must not know: other groups (see `merge`), threads, the fallback.
"""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.documents import Span
from service.engines.model.answers import Begins, FoundIntent, FoundIntents
from service.engines.model.asking import Again, ask_with_repair
from service.engines.model.groups import SectionGroup
from service.engines.model.locate import find_words, quote_span, sentences_of, unknown_ids
from service.llm import AnswerRefused, ChatModel, ModelRequest
from service.plan.proposals import IntentProposal, Opening
from service.plan.reading import Reading, ReadSentence
from service.prompts.render import Prompt, untrusted

MAX_SPANS = 3
MAX_STATEMENT_WORDS = 40
WEIGHTS = 5
#: Letters that a role, a moment or an act has at least.
SHORTEST = 3
WANTED = "Give only these entries again, corrected; leave out those that no sentence states. The others are kept."


@dataclass(frozen=True, slots=True)
class FindPrompts:
    """The three prompts of this question."""

    system: Prompt
    user: Prompt
    repair: Prompt


def find_in_group(
    model: ChatModel,
    prompts: FindPrompts,
    reading: Reading,
    group: SectionGroup,
    limit: int,
    part: str,
    max_output_tokens: int,
) -> tuple[IntentProposal, ...]:
    """The group's intents, strongest first; entries still faulty after the repair turn are left out.

    `part` says which part of the document this is, '' for all of it.

    Raises:
        ModelError: The model gave no readable answer.
    """
    user = prompts.user.render(
        {
            "title": untrusted(reading.document.title),
            "part": part,
            "limit": str(limit),
            "sentences": group.lines(),
        }
    )
    request = ModelRequest("find-intents", prompts.system.prose, user, FoundIntents, max_output_tokens)
    again: Again[FoundIntents] = Again(prompts.repair, WANTED)
    turns = ask_with_repair(model, request, FoundIntents, lambda answer: _faults(answer, group), again)
    if turns.first is None:
        raise AnswerRefused(turns.why or "no readable answer")
    entries = [*turns.first.intents, *(turns.second.intents if turns.second else [])]
    sound = [entry for entry in entries if _fault(entry, group) is None][:limit]
    proposals = (_proposal(entry, place / len(sound), reading) for place, entry in enumerate(sound))
    return tuple(proposal for proposal in proposals if proposal is not None)


def _faults(answer: FoundIntents, group: SectionGroup) -> tuple[str, ...]:
    found = ((entry, _fault(entry, group)) for entry in answer.intents)
    return tuple(f"“{entry.statement[:80]}”: {fault}" for entry, fault in found if fault)


def _fault(entry: FoundIntent, group: SectionGroup) -> str | None:
    unknown = unknown_ids(entry.ids, group.ids)
    if len(unknown) == len(entry.ids):
        return f"{', '.join(unknown)} names no sentence of the text" if unknown else "it cites no sentence"
    if len(entry.statement.split()) > MAX_STATEMENT_WORDS:
        return f"the statement is longer than {MAX_STATEMENT_WORDS} words"
    return None if entry.statement else "it has no statement"


def _proposal(entry: FoundIntent, place: float, reading: Reading) -> IntentProposal | None:
    text = reading.document.text
    cited = sentences_of(entry.ids, reading)
    spans = _spans(cited, entry.words, text)
    if not spans:
        return None
    from_span = find_words(entry.from_state, (*cited, *reading.sentences), text) if entry.from_state else None
    weight = min(max(entry.weight, 1), WEIGHTS)
    return IntentProposal(
        statement=entry.statement,
        kind=entry.kind,
        spans=spans,
        confidence=min(max(entry.confidence, 0.0), 1.0),
        importance=round((weight - place) / WEIGHTS, 3),
        from_span=from_span,
        to_span=find_words(entry.to_state, cited, text) if entry.to_state else None,
        from_hypothesis=None if from_span else entry.from_state or None,
        label_span=find_words(entry.label, cited, text) if entry.label else None,
        why_first=entry.why_first or None,
        opening=_opening(entry.begins),
    )


def _opening(begins: Begins | None) -> Opening | None:
    """What the intent would begin with, where all three parts are said."""
    if begins is None or min(map(len, (begins.who, begins.when, begins.does))) < SHORTEST:
        return None
    return Opening(actor=begins.who, trigger=begins.when, action=begins.does)


def _spans(cited: tuple[ReadSentence, ...], words: str | None, text: str) -> tuple[Span, ...]:
    """One span a cited sentence; the one that holds `words` comes first and is narrowed to them."""
    spans = [span for sentence in cited if (span := quote_span(sentence, text, words))]
    named = find_words(words, cited, text) if words else None
    if named:
        spans.sort(key=lambda span: not (span.start <= named.start and named.end <= span.end))
    return tuple(spans[:MAX_SPANS])
