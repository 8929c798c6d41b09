"""Whether a document commits anybody to anything; and a useful answer where it does not.

Owns: the verdict `no_strategic_intent`, near misses and the three questions. Must not know: items,
engines, storage.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from retrieval.documents import BlockKind
from service.plan.ids import content_id
from service.plan.plan import NearMiss, Question, QuestionKind
from service.plan.proposals import IntentProposal
from service.plan.provenance import Place, Quote
from service.plan.reading import NotCommitment, Reading, ReadSentence

#: A document commits when the three strongest of its proposals together weigh this much …
STRONGEST = 3
ENOUGH = 0.62
#: … and its directive sentences are at least this share of all it says, or this many.
LEAST_SHARE = 0.10
LEAST_COUNT = 5
SURE = 0.6
DIRECTIVE = re.compile(
    r"(?i)\b(?:we (?:will|must|need|want|aim|are going|decided|commit|shall|are moving|choose|chose|have decided)|our (?:goal|aim|vision|"
    r"mission|ambition|strategy|objective|priority|priorities)|will|must|shall|goals?|objectives?|vision|mission|priorit\w+|strateg\w+|"
    r"outcomes?|key results?|committed to|rather than|instead of|moving (?:away|to|towards?)|by (?:19|20)\d\d)\b"
)
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
    """Whether the document holds strategic intent at all, by the weight of its strongest sentences."""
    if not proposals:
        return False
    sure = [s for s in reading.sentences if s.commitment >= SURE and not s.reasons_against and DIRECTIVE.search(s.text)]
    strongest = sorted((p.confidence for p in proposals), reverse=True)[:STRONGEST]
    weight = sum(strongest) / STRONGEST
    share = len(sure) / max(1, len(reading.sentences))
    return weight >= ENOUGH and bool(sure) and (share >= LEAST_SHARE or len(sure) >= LEAST_COUNT)


def near_misses(reading: Reading, most: int = 5) -> tuple[NearMiss, ...]:
    """The sentences that come nearest to a commitment, and why each is none."""
    fitting = [s for s in reading.sentences if 6 <= len(s.text.split()) <= 60]
    nearest = sorted(fitting, key=lambda s: (-s.commitment, s.row))[:most]
    return tuple(NearMiss(quote=_quote(s), why=_why(s)) for s in sorted(nearest, key=lambda s: s.row))


def _why(sentence: ReadSentence) -> str:
    reason = sentence.reasons_against[0] if sentence.reasons_against else NotCommitment.context
    if reason is NotCommitment.context and sentence.tense == "none" and not sentence.subject:
        return "It names a topic or a task; it does not say what is to change, for whom."
    return WHY[reason]


def _quote(sentence: ReadSentence) -> Quote:
    span, location = sentence.sentence.span, sentence.location
    return Quote(
        text=sentence.text,
        start=span.start,
        end=span.end,
        sentence_ids=(sentence.id,),
        location=Place(page=location.page, slide=location.slide, heading_path=location.heading_path),
    )


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
