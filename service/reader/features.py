"""What the commitment classifier sees of a sentence: cues, grammar, place, signs.

Owns: the feature names and their order. Must not know: the weights, plans, engines.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from retrieval.documents import BlockKind
from service.plan.grammar import Grammar
from service.reader.cues import HEADING_CUES, SENTENCE_CUES, cue_values
from service.reader.signs import signs

FORMS = ("statement", "imperative", "gerund", "infinitive", "fragment", "question")
TENSES = ("modal", "past", "present", "none")
SUBJECTS = ("we", "it", "you", "they", "i", "named", "none")
KINDS = (BlockKind.list_item, BlockKind.table_row, BlockKind.block_quote)
_EMPTY = Grammar("", None, "", "", "", "none", "fragment", False, False, None, "", (0, 0), (), (), 0)
SIGN_NAMES: tuple[str, ...] = tuple(signs("", "", BlockKind.paragraph, _EMPTY))
FEATURE_NAMES: tuple[str, ...] = (
    *SENTENCE_CUES,
    *HEADING_CUES,
    *(f"form_{name}" for name in FORMS),
    *(f"tense_{name}" for name in TENSES),
    *(f"subject_{name}" for name in SUBJECTS),
    *(f"kind_{kind}" for kind in KINDS),
    "negated",
    "passive",
    "short",
    "long",
    "we_will",
    "past_no_modal",
    *SIGN_NAMES,
)
PRONOUNS = {"we": "we", "it": "it", "this": "it", "that": "it", "there": "it", "you": "you", "they": "they", "i": "i"}


def feature_row(text: str, heading: str, kind: BlockKind, grammar: Grammar) -> NDArray[np.float32]:
    """One row in the order of `FEATURE_NAMES`, shape (len(FEATURE_NAMES),), float32; `heading` is the whole path."""
    values = {**cue_values(text, heading), **signs(text, heading, kind, grammar)}
    values.update({f"form_{name}": float(grammar.form == name) for name in FORMS})
    values.update({f"tense_{name}": float(grammar.tense == name) for name in TENSES})
    subject = subject_kind(grammar)
    values.update({f"subject_{name}": float(subject == name) for name in SUBJECTS})
    values.update({f"kind_{name}": float(kind is name) for name in KINDS})
    values["negated"] = float(grammar.negated)
    values["passive"] = float(grammar.passive)
    values["short"] = float(grammar.words < 7)
    values["long"] = float(grammar.words > 40)
    values["we_will"] = float(subject == "we" and grammar.modal in {"will", "must", "shall", "'ll"})
    values["past_no_modal"] = float(grammar.tense == "past" and not grammar.modal)
    return np.array([values[name] for name in FEATURE_NAMES], dtype=np.float32)


def subject_kind(grammar: Grammar) -> str:
    """One of `SUBJECTS`."""
    if not grammar.subject:
        return "none"
    return PRONOUNS.get(grammar.subject.lower(), PRONOUNS.get(grammar.subject_lemma, "named"))
