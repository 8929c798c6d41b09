"""Whether a word of the document names people whom it serves: who receives, and not who acts or what somebody is.

Owns: that rule. Must not know: slots, intents, engines. "Be model citizens", "act as an intelligent client" and
"drivers of trust" serve nobody; "learners must reflect" binds them.
"""

from __future__ import annotations

import re

from service.plan.grammar import Chunk, Grammar
from service.plan.reading import Reading, Term

#: Chunks that say what somebody or something is.
EQUATED = frozenset({"attr", "oprd"})
AS_ROLE = re.compile(r"(?i)\bas (?:an? |the )?$")
#: "those resident in care homes", "drivers of cost": no people.
NO_PEOPLE = re.compile(r"(?i)^those (?:resident|patient)\b")
CAUSES = frozenset({"driver"})
#: A main subject under such a verb is bound, or said to be something; it receives nothing.
BINDS = frozenset({"must", "shall", "should"})


def served(term: Term, reading: Reading) -> bool:
    """Whether the document at least once gives something to the people that the term names, or does it with them."""
    words = term.text.lower()
    for sentence, grammar in zip(reading.sentences, reading.grammars, strict=True):
        if words not in sentence.text.lower():
            continue
        if any(_receives(chunk, grammar, sentence.text) for chunk in grammar.chunks if _names(chunk, words)):
            return True
    return False


def _names(chunk: Chunk, words: str) -> bool:
    return bool(re.search(rf"\b{re.escape(words)}$", chunk.text.lower()))


def _receives(chunk: Chunk, grammar: Grammar, text: str) -> bool:
    before, after = text[: chunk.start], text[chunk.end :]
    if chunk.dep in EQUATED or AS_ROLE.search(before) or NO_PEOPLE.match(chunk.text):
        return False
    if chunk.head in CAUSES and after.startswith(" of "):
        return False
    acts = chunk.dep == "nsubj" and chunk.start == grammar.subject_start
    return not (acts and (grammar.modal in BINDS or (not grammar.modal and grammar.tense == "present")))
