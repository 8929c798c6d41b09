"""The document cut into groups of whole sections, written as numbered sentences.

Owns: SectionGroup and how its lines look. Must not know: models, intents.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from retrieval.documents import BlockKind
from service.plan.reading import Reading, ReadSentence
from service.prompts.render import untrusted

#: A document up to this many times a group's size is still read in one call.
ONE_CALL = 2.2
_MARKS = {BlockKind.block_quote: "> ", BlockKind.list_item: "- "}


@dataclass(frozen=True, slots=True)
class SectionGroup:
    """Neighbouring sections with about as many words as a call should read."""

    sentences: tuple[ReadSentence, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Ids of its sentences."""
        return frozenset(sentence.id for sentence in self.sentences)

    @property
    def words(self) -> int:
        """Count of its white-space separated words."""
        return sum(_words(sentence) for sentence in self.sentences)

    def lines(self) -> str:
        """Headings as '# path', sentences as '[s12] words'; quotations and list items are marked."""
        lines: list[str] = []
        path: tuple[str, ...] | None = None
        for sentence in self.sentences:
            if sentence.location.heading_path != path:
                path = sentence.location.heading_path
                lines += [f"# {untrusted(' › '.join(path[-2:]))}"] if path else []
            lines.append(f"[{sentence.id}] {_MARKS.get(sentence.kind, '')}{untrusted(sentence.text)}")
        return "\n".join(lines)


def section_groups(reading: Reading, group_words: int) -> tuple[SectionGroup, ...]:
    """All sentences in order, in groups of about `group_words`; a section is split only if it alone is longer."""
    whole = SectionGroup(reading.sentences)
    if not reading.sentences or whole.words <= group_words * ONE_CALL:
        return (whole,) if reading.sentences else ()
    groups: list[list[ReadSentence]] = [[]]
    for section in _sections(reading, group_words):
        size = sum(map(_words, groups[-1]))
        if groups[-1] and size + sum(map(_words, section)) > group_words:
            groups.append([])
        groups[-1].extend(section)
    return tuple(SectionGroup(tuple(group)) for group in groups)


def _sections(reading: Reading, group_words: int) -> list[list[ReadSentence]]:
    sections: list[list[ReadSentence]] = []
    for _, found in groupby(reading.sentences, key=lambda sentence: sentence.location.heading_path):
        part: list[ReadSentence] = []
        for sentence in found:
            if part and sum(map(_words, part)) + _words(sentence) > group_words:
                sections.append(part)
                part = []
            part.append(sentence)
        sections.append(part)
    return sections


def _words(sentence: ReadSentence) -> int:
    return len(sentence.text.split())
