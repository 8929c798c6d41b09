"""C11 Clarity: plain words, one act, at most 45 words.

Owns: the one sentence of a behaviour, its length, jargon, and small slips of the pen with their
repair. Must not know: stages.
"""

from __future__ import annotations

import re

from corpora.slots import render
from service.checks.context import CheckContext
from service.checks.scoring import ItemScore, by_faults, folded_score
from service.checks.wording import found, word_count, words
from service.plan.items import BehaviourDraft
from service.plan.plan import CriterionScore, Plan

_QUOTED = re.compile(r"(\"[^\"]*\"|“[^”]*”)")
_DOUBLE = re.compile(
    r"\b(the|a|an|of|to|in|and|for|on|with|is|are|by|or|at|be|from|it|its|as|into|their|this) \1\b", re.IGNORECASE
)
_TWO_ARTICLES = re.compile(r"\b(?:a|an) (the|its|their|our)\b|\bthe (?:a|an) (?=[a-z])", re.IGNORECASE)
_SPACE_BEFORE = re.compile(r"(?<=[\w)\"”’])[ \t]+(?=[,;:.?!](?:\s|$))")
_DOUBLE_MARK = re.compile(r"([,;:])\1+|(?<!\.)\.\.(?!\.)")
_SPACES = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")
_ARTICLE = re.compile(r"(?<![\w-])(a|an|A|An) (?=(?P<word>[a-z]{2}[\w-]*))")
_CHAINED = re.compile(r"(?:,|;| and| then) (?:then )?(?:\w+ly )?(?:[a-z]+s) (?:the|a|an|it|them|its|their)\b")
_SYLLABLES = re.compile(r"[aeiouy]+", re.IGNORECASE)
MAX_GRADE = 16.0
#: Words of a behaviour's sentence (domain brief 1.2); the budgets' own limit is what a plan is scored by.
MAX_WORDS = 45
#: Times the words allowed: nobody reads that once and knows what to do.
FAR_TOO_LONG = 1.5


def one_sentence(item: BehaviourDraft) -> str:
    """The behaviour as it is read aloud: trigger, actor, action."""
    article = "" if re.match(r"(?:the|both|each|every|two|a|an)\b", item.actor, re.IGNORECASE) else "the "
    return f"{item.trigger.rstrip(' ,.')}, {article}{item.actor} {item.action}"


def slips_repaired(text: str) -> str:
    """Double words, wrong a or an, and space before punctuation put right; words in quotation marks stay."""
    parts = _QUOTED.split(text)
    mended = (part if index % 2 else _mended(part) for index, part in enumerate(parts))
    return "".join(mended)


def chained_acts(action: str) -> int:
    """How many further acts hang on the first."""
    return len(_CHAINED.findall(f"{action} "))


def reading_grade(text: str) -> float:
    """Flesch-Kincaid grade of one sentence; syllables are counted by groups of vowels."""
    spoken = words(text)
    if not spoken:
        return 0.0
    syllables = sum(max(1, len(_SYLLABLES.findall(word.removesuffix("e")))) for word in spoken)
    clauses = max(1, len(re.findall(r"[,;:.]", text)))
    return 0.39 * len(spoken) / clauses + 11.8 * syllables / len(spoken) - 15.59


def check(plan: Plan, context: CheckContext) -> CriterionScore:
    """Behaviours by length, number of acts, jargon, grade and slips."""
    return folded_score("C11", [_score(item, context) for item in plan.behaviours], "plain, one act, short enough")


def _score(item: BehaviourDraft, context: CheckContext) -> ItemScore:
    sentence, limit = one_sentence(item), context.budgets.max_words_behaviour
    faults = []
    if word_count(sentence) > limit:
        faults.append(f"{word_count(sentence)} words, {limit} allowed")
    if word_count(sentence) > FAR_TOO_LONG * limit:
        faults.append("nobody can say it back")
    if chained_acts(item.action) > 1:
        faults.append("several acts in one")
    if jargon := found(context.lexicons.jargon, sentence):
        faults.append(f"'{jargon}' is jargon")
    if reading_grade(sentence) > MAX_GRADE:
        faults.append("hard to read")
    if slips_repaired(sentence) != sentence:
        faults.append("a slip of the pen")
    return by_faults(item.id, item.title, faults)


def _mended(text: str) -> str:
    text = _DOUBLE.sub(r"\1", text)
    text = _TWO_ARTICLES.sub(lambda match: match.group(1) or "the ", text)
    text = _DOUBLE_MARK.sub(lambda match: match.group()[0], text)
    text = _SPACE_BEFORE.sub("", _SPACES.sub(" ", text))
    return _ARTICLE.sub(_fitted, text)


def _fitted(match: re.Match[str]) -> str:
    """The article that sounds right before the word, by the library's own rule for slots."""
    article, word = match.group(1), match["word"]
    if article.lower() == "an" and word.startswith("h"):
        return match.group()
    return render(f"{article} {{case|{word}}}", {}).split(" ", 1)[0] + " "
