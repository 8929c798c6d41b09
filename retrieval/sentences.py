"""Sentences of a Document, each inside one block.

Owns: where a sentence ends. Must not know: formats, models, meaning. Rules of our own: on strategy texts (list
fragments, 'e.g.', 'U.S.', version numbers, quoted sentences) they are as good as a library and exact in offsets.
"""

from __future__ import annotations

import re

from retrieval.documents import Document, Sentence, Span

#: Words whose full stop does not end a sentence before a capital letter.
_NEVER_FINAL_TEXT = """
mr mrs ms dr prof sr jr st gen col lt sen rep gov pres hon rev vs v cf e.g i.e eg ie viz al approx dept fig figs
eq sec ch vol pp p para ed eds no nos art app ref est resp incl excl min max ave tel ext assn
"""
_NEVER_FINAL = frozenset(_NEVER_FINAL_TEXT.split())
#: Words whose full stop ends a sentence only if a clear opener follows.
_SELDOM_FINAL_TEXT = """
inc ltd co corp llc plc etc u.s u.k e.u u.n d.c a.m p.m ph.d jan feb mar apr jun jul aug sep sept oct nov dec
"""
_SELDOM_FINAL = frozenset(_SELDOM_FINAL_TEXT.split())
_OPENERS_TEXT = """
the a an this that these those we our it its they their he she you your i in on at as for to by with from if
when while because since after before during however therefore moreover but and so or all each every many most
some no not there here what why how who where to be will should must
"""
_OPENERS = frozenset(_OPENERS_TEXT.split())
_NUMBERED_BY_TEXT = """
no nos fig figs p pp sec ch vol art para eq ed app ref
"""
_NUMBERED_BY = frozenset(_NUMBERED_BY_TEXT.split())
_END = re.compile(r"(?P<stop>[.!?…]+|[。！？])(?P<close>['\"”’»)\]]*)(?=\s+(?P<next>\S+))")
#: How far back the word before a stop is looked for: looking through the whole text would take quadratic time.
_LONGEST_WORD = 60
_LAST_WORD = re.compile(r"[^\s(\[“\"'‘/–—]+$")


def split_sentences(document: Document) -> tuple[Sentence, ...]:
    """All sentences of the quotable blocks in text order, with ids s1, s2 and so on.

    A short list item or table row without a full stop is one sentence. No sentence crosses a block.
    """
    sentences: list[Sentence] = []
    for index, block in enumerate(document.blocks):
        if not document.quotable(block):
            continue
        for span in sentence_spans(document.text, block.span):
            sentences.append(Sentence(f"s{len(sentences) + 1}", span, index, span.of(document.text)))
    return tuple(sentences)


def sentence_spans(text: str, within: Span) -> list[Span]:
    """The sentences of one stretch of text, without the spaces between them."""
    words = within.of(text)
    starts = [0] + [_after(match) for match in _END.finditer(words) if _ends(words, match)]
    ends = [*starts[1:], len(words)]
    spans: list[Span] = []
    for start, end in zip(starts, ends, strict=True):
        part = words[start:end]
        kept = part.strip()
        if not kept:
            continue
        left = within.start + start + len(part) - len(part.lstrip())
        if spans and not any(letter.isalnum() for letter in kept):
            spans[-1] = Span(spans[-1].start, left + len(kept))
        else:
            spans.append(Span(left, left + len(kept)))
    return spans


def _after(match: re.Match[str]) -> int:
    return match.end()


def _ends(words: str, match: re.Match[str]) -> bool:
    """Whether the stop at `match` ends a sentence, by the word before it and the word after it."""
    following = match["next"]
    opener = following.lstrip("\"'“‘«([-–—*")
    if match["stop"] in (".", "…", "...") or match["close"]:
        if not opener or opener[0].islower():
            return bool(opener) and _starts_lower_name(opener) and match["stop"] == "."
        if _inside_bracket(words, match):
            return False
    elif opener[:1].islower():
        return False
    if match["stop"] != "." or match["close"]:
        return True
    return not _is_abbreviation(words[max(match.start() - _LONGEST_WORD, 0) : match.start()], opener)


def _starts_lower_name(opener: str) -> bool:
    """Names that keep a small first letter at the start of a sentence ('iOS', 'eBay', 'npm' do not count)."""
    return len(opener) > 2 and opener[0].islower() and opener[1].isupper()


def _inside_bracket(words: str, match: re.Match[str]) -> bool:
    """A stop inside a bracket that is still open does not end the sentence around it, if the bracket soon closes."""
    before = words[max(match.start() - 300, 0) : match.end()]
    depth = before.count("(") - before.count(")")
    if depth <= 0:
        return False
    opened = before.rfind("(")
    starts_sentence = opened == 0 or before[:opened].rstrip().endswith((".", "!", "?"))
    return not starts_sentence and ")" in words[match.end() : match.end() + 300]


def _is_abbreviation(before: str, opener: str) -> bool:
    found = _LAST_WORD.search(before)
    last = found[0].lower() if found else ""
    next_word = re.match(r"[\w’']*", opener)
    following = next_word[0].lower() if next_word else ""
    if last in _NUMBERED_BY:
        return following[:1].isdigit() or last not in ("no", "ed", "art", "app", "ref")
    if last in _NEVER_FINAL:
        return True
    if last in _SELDOM_FINAL or re.fullmatch(r"(?:[a-z]\.)+[a-z]", last):
        return following not in _OPENERS
    if len(last) == 1 and last.isalpha():
        return last != "i" and following not in _OPENERS
    return re.fullmatch(r"\(?\d{1,2}|[ivx]{1,4}", last) is not None and before.strip() == (found[0] if found else "")
