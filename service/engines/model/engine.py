"""The model engine: find intents a section group at a time, then draft their items; both in parallel where long.

Owns: threads, the plan's budget, and when the other engine takes over. Must not know: langchain,
what is in a prompt, how items are built. Build one engine a plan: its counts are that plan's. Only
model calls run in threads; the other engine is called from the caller's thread alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from corpora.lexicons import Lexicons, load_lexicons
from service.checks.facts import KnownFacts
from service.engines.model.assemble import assembled
from service.engines.model.brief_text import Batch, DraftContext, batches
from service.engines.model.budget import Budget, MeteredModel
from service.engines.model.draft import DraftPrompts, UnreadableDraft, Worded, word_items
from service.engines.model.fallback import flagged_draft
from service.engines.model.faults import ItemRules
from service.engines.model.find import FindPrompts, find_in_group
from service.engines.model.groups import SectionGroup, section_groups
from service.engines.model.merge import intent_limit, merged
from service.llm import ChatModel, ModelError
from service.plan.plan import EngineInfo
from service.plan.proposals import Emit, Engine, IntentBrief, IntentDraft, IntentProposal
from service.plan.reading import Reading
from service.prompts.render import load_prompt

SPARE = 1.3
MIN_A_GROUP = 6


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Limits of one plan: calls at once, tokens and seconds in all, words a group, tokens of a list of intents."""

    parallel: int = 4
    max_tokens: int = 200_000
    max_seconds: float = 240.0
    group_words: int = 1800
    find_output_tokens: int = 6000


class ModelEngine:
    """Chooses and words with a chat model; what the model cannot do, `fallback` does, and it says so."""

    def __init__(
        self, model: ChatModel, fallback: Engine, settings: ModelSettings, lexicons: Lexicons | None = None
    ) -> None:
        self._budget = Budget(settings.max_tokens, settings.max_seconds)
        self._model = MeteredModel(model, self._budget)
        self._fallback = fallback
        self._settings = settings
        self._lexicons = lexicons or load_lexicons()
        repair = load_prompt("repair")
        self._find = FindPrompts(load_prompt("find_intents.system"), load_prompt("find_intents"), repair)
        self._draft = DraftPrompts(load_prompt("draft_items.system"), load_prompt("draft_items"), repair)
        self._fell_back: dict[str, str] = {}

    @property
    def weighs_by_meaning(self) -> bool:
        """A model is asked which intents teams should start with."""
        return True

    def info(self) -> EngineInfo:
        """The model's name, the hash of each prompt, tokens so far, and what fell back."""
        prompts = (self._find.system, self._find.user, self._draft.system, self._draft.user, self._draft.repair)
        return EngineInfo(
            name="model",
            model=self._model.name,
            prompt_hashes={prompt.name: prompt.sha for prompt in prompts},
            library_version=self._fallback.info().library_version,
            input_tokens=self._budget.input_tokens,
            output_tokens=self._budget.output_tokens,
            fallbacks=tuple(f"{what}: {why}" for what, why in sorted(self._fell_back.items())),
        )

    def find_intents(self, reading: Reading) -> tuple[IntentProposal, ...]:
        """Intents, strongest first; a group that the model failed on is read by the other engine."""
        groups = section_groups(reading, self._settings.group_words)
        limit = intent_limit(reading.document.words)
        each = limit if len(groups) == 1 else max(MIN_A_GROUP, math.ceil(limit * SPARE / max(len(groups), 1)))
        with ThreadPoolExecutor(self._settings.parallel) as pool:
            asked = [
                pool.submit(self._ask_group, reading, group, each, _part(place, len(groups)))
                for place, group in enumerate(groups, start=1)
            ]
        found: list[IntentProposal] = []
        failed: list[SectionGroup] = []
        for place, (group, future) in enumerate(zip(groups, asked, strict=True), start=1):
            answer = future.result()
            if isinstance(answer, ModelError):
                failed.append(group)
                self._fell_back[f"find-intents {place} of {len(groups)}"] = str(answer)
            else:
                found += answer
        return merged([*found, *self._read_without_model(reading, failed)], limit)

    def draft(self, briefs: tuple[IntentBrief, ...], reading: Reading, emit: Emit) -> tuple[IntentDraft, ...]:
        """Items for each brief, in their order; each draft is emitted as soon as it is there."""
        known = KnownFacts.of(reading.document.text)
        done: dict[str, IntentDraft] = {}
        with ThreadPoolExecutor(self._settings.parallel) as pool:
            asked = {pool.submit(self._ask_items, batch, known): batch for batch in batches(briefs, reading)}
            others = self._fallback.draft(briefs, reading, _unheard) if briefs else ()
            stand_ins = {other.intent_id: other for other in others}
            for future in as_completed(asked):
                for context, answer in zip(asked[future].contexts, future.result(), strict=True):
                    draft = self._finished(answer, context, stand_ins[context.brief.intent.id])
                    done[draft.intent_id] = draft
                    emit(draft)
        return tuple(done[brief.intent.id] for brief in briefs)

    def _ask_group(
        self, reading: Reading, group: SectionGroup, limit: int, part: str
    ) -> tuple[IntentProposal, ...] | ModelError:
        try:
            return find_in_group(
                self._model, self._find, reading, group, limit, part, self._settings.find_output_tokens
            )
        except ModelError as error:
            return error

    def _read_without_model(self, reading: Reading, groups: Sequence[SectionGroup]) -> tuple[IntentProposal, ...]:
        """The other engine's intents that lie in these groups."""
        if not groups:
            return ()
        spans = [sentence.sentence.span for group in groups for sentence in group.sentences]
        found = self._fallback.find_intents(reading)
        return tuple(each for each in found if any(span.start <= each.spans[0].start < span.end for span in spans))

    def _ask_items(self, batch: Batch, known: KnownFacts) -> Sequence[Worded | ModelError]:
        """An answer for each intent; where one for all cannot be read, each intent is asked for alone."""
        rules = {context.key: ItemRules(context, self._lexicons, known) for context in batch.contexts}
        try:
            return word_items(self._model, self._draft, batch, rules)
        except UnreadableDraft as error:
            if len(batch.contexts) == 1:
                return [error]
            return [each for one in batch.singly() for each in self._ask_items(one, known)]
        except ModelError as error:
            return [error] * len(batch.contexts)

    def _finished(self, answer: Worded | ModelError, context: DraftContext, other: IntentDraft) -> IntentDraft:
        if isinstance(answer, ModelError):
            draft = flagged_draft(other, str(answer))
        else:
            draft = assembled(answer, context, other)
        if draft.fallback:
            self._fell_back[draft.intent_id] = draft.fallback
        return draft


def _part(place: int, groups: int) -> str:
    return "" if groups == 1 else f"This is part {place} of {groups}; the others are read apart."


def _unheard(draft: IntentDraft) -> None:
    """The other engine's drafts are material here, not news."""
