"""Whether a document commits anybody to anything; and a useful answer where it does not.

Owns: the verdict `no_strategic_intent`, near misses and the three questions. Must not know: items,
engines, storage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from retrieval.documents import BlockKind, Span
from service.checks.g2_safety import instructs_reader
from service.plan.ids import content_id
from service.plan.plan import NearMiss, Question, QuestionKind
from service.plan.proposals import IntentProposal
from service.plan.reading import NotCommitment, Reading, ReadSentence

#: A sentence commits plainly from this probability on.
PLAIN = 0.7
#: So many plain ones, and so large a share of all, speak for a strategy …
MANY, MANY_SHARE = 6, 0.1
#: … fewer do where they are a good part of what is said.
FEW_SHARE = 0.22
WHY = {
    NotCommitment.hedge: "It explores; it does not commit.",
    NotCommitment.history: "It tells what was done before.",
    NotCommitment.quotation: "It quotes somebody else.",
    NotCommitment.instruction: "It tells a reader how to carry out a step; it sets no direction.",
    NotCommitment.invitation: "It asks readers for something or poses a question.",
    NotCommitment.reading_guide: "It explains the document itself.",
    NotCommitment.placeholder: "It is an unfilled template.",
    NotCommitment.negation: "It says what will not happen.",
    NotCommitment.other_party: "It speaks of somebody else's aims.",
    NotCommitment.definition: "It explains a term.",
    NotCommitment.context: "It describes a situation or a general truth; nobody commits to a change.",
}


def commits(proposals: Sequence[IntentProposal], reading: Reading) -> bool:
    """Whether the document holds strategic intent: many plain commitments, or a few in a short text."""
    quoted = [span for proposal in proposals for span in proposal.spans]
    plain = [s for s in reading.sentences if s.commitment >= PLAIN and _touched(s, quoted)]
    share = len(plain) / max(1, len(reading.sentences))
    return share >= (MANY_SHARE if len(plain) >= MANY else FEW_SHARE)


def _touched(sentence: ReadSentence, spans: Sequence[Span]) -> bool:
    own = sentence.sentence.span
    return any(own.start < span.end and span.start < own.end for span in spans)


def near_misses(reading: Reading, most: int = 5) -> tuple[NearMiss, ...]:
    """The sentences that come nearest to a commitment, and why each is none."""
    fitting = [s for s in reading.sentences if 6 <= len(s.text.split()) <= 60 and not instructs_reader(s.text)]
    nearest = sorted(fitting, key=lambda s: (-s.commitment, s.row))[:most]
    return tuple(NearMiss(quote=s.quote(), why=_why(s)) for s in sorted(nearest, key=lambda s: s.row))


def _why(sentence: ReadSentence) -> str:
    reason = sentence.reasons_against[0] if sentence.reasons_against else NotCommitment.context
    if reason is NotCommitment.context and sentence.tense == "none" and not sentence.subject:
        return "It names a topic or a task; it does not say what is to change, for whom."
    return WHY[reason]


def holds(reading: Reading) -> str:
    """What the document does hold, in one or two sentences."""
    document = reading.document
    headings = [b.span.of(document.text) for b in document.blocks if b.kind is BlockKind.heading]
    kinds = Counter(block.kind for block in document.blocks)
    shape = f"{document.words:,} words in {max(1, len(headings))} section{'s' if len(headings) > 1 else ''}"
    lists = kinds[BlockKind.list_item]
    made = f", {lists} list items" if lists > 3 else ""
    named = ", ".join(f"“{h.strip()}”" for h in dict.fromkeys(headings[:4]))
    return f"The document holds {shape}{made}" + (f"; its headings begin with {named}." if named else ".")


def author_questions(reading: Reading) -> tuple[Question, ...]:
    """Three questions whose answers would make a strategy of it."""
    title = reading.document.title
    texts = (
        ("What should be different for the people you serve a year from now?", "The text names no change to reach."),
        ("What will teams stop doing to make room for it?", "A direction that ends nothing is rarely kept."),
        (
            "Who decides when two good things collide, and which one goes first?",
            "The text sets no order of importance.",
        ),
    )
    return tuple(
        Question(
            id=content_id("q", "author", title, text),
            kind=QuestionKind.missing,
            text=text,
            why=why,
            asked_of="the author of the document",
        )
        for text, why in texts
    )
