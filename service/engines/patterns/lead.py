"""Which of the sentences that say the same speaks for them: the strongest plain commitment.

Owns: that choice. Must not know: how sentences came together, practices, items.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.documents import BlockKind
from service.plan.grammar import Grammar
from service.plan.reading import ReadSentence
from service.reader.explicit import WORDINGS
from service.reader.wordings import AIMS

#: Words that lean on the sentence before, or turn away from it.
LEANING = re.compile(
    r"(?i)^(?:this|that|these|those|it|they|such|he|she|the (?:above|latter|former|same)|and|but|or|so|however|instead|also|in addition|"
    r"therefore|thus|for example|as (?:such|a result)|because|since|while|although|if|when|where|in doing so|to (?:do|achieve) (?:this|that|so))\b"
)
DENIES = re.compile(r"(?i)\b(?:does not mean|do not mean|is not meant|not intended|not to say)\b")
LONG, SHORT = 32, 7
#: The heaviest sentence leads unless another is plainer by this much.
HEAD = 0.12


def led(sentences: Sequence[ReadSentence], grammars: Sequence[Grammar]) -> list[ReadSentence]:
    """The sentences with the one that speaks for all first, the others in the order given.

    A table row never leads where another sentence can: a row's sense lies in its columns.
    """
    weight = [round(plainness(s, g), 6) for s, g in zip(sentences, grammars, strict=True)]
    weight[0] += HEAD
    best = max(range(len(sentences)), key=lambda n: (weight[n], -n))
    return [sentences[best], *(s for n, s in enumerate(sentences) if n != best)]


def plainness(sentence: ReadSentence, grammar: Grammar) -> float:
    """How well a sentence states a commitment by itself; higher is plainer."""
    words = len(sentence.text.split())
    return (
        sentence.commitment
        + 0.08 * bool(AIMS.search(sentence.text))
        + 0.12 * any(wording.search(sentence.text) for wording in WORDINGS)
        + 0.1 * (grammar.form == "imperative")
        - 0.35 * bool(LEANING.match(sentence.text))
        - 0.5 * bool(DENIES.search(sentence.text))
        - 0.2 * (words > LONG)
        - 0.15 * (words < SHORT)
        - 0.15 * sentence.text.rstrip().endswith(":")
        - 1.0 * (sentence.kind is BlockKind.table_row)
    )
