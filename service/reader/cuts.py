"""Where a phrase of a sentence may end without breaking off, told by the parse.

Owns: what ending at each place costs. Must not know: labels, practices, items. A phrase breaks off where what it has
begun is left out: the object of its verb, the noun of its article, the second half of a pair.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.plan.grammar import Word
from service.reader.losses import left_out

#: An end that a writer marks: what follows is told beside it.
HARD = re.compile(r"\s*[;:]|\s+[–—-]{1,2}(?:\s|$)|\s*—|\s+\|")
#: The whole of a noun group without what is said of it.
GROUP_ALONE = 3.4
#: A mark after a word that asked for more: "an analysis that considers: …".
OPENED = 1.5
HARD_COST, CLAUSE_COST = 0.3, 0.6
#: What each further thing left out counts beside the weightiest.
FURTHER = 0.2
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


def cut_costs(text: str, tree: Sequence[Word], first: int, stop: int) -> dict[int, float]:
    """Last token -> what ending there costs, for a phrase that begins with token `first`; 0 is whole, no entry broken.

    `stop` is the offset behind the last character that the phrase may hold.
    """
    inside = [at for at in range(first, len(tree)) if tree[at].end <= stop]
    found = {}
    for last in inside:
        if (
            OPEN_MARK.fullmatch(text[tree[last].start : tree[last].end])
            or not _ends_word(text, tree[last].end)
            or _within_group(text, tree, last, stop)
        ):
            continue
        cost = 0.0 if last == inside[-1] else _cost(text, tree, first, last, stop)
        if cost is not None:
            open_end = last != inside[-1] and (_lacks_noun(tree, last) or _stops_short(tree, last, first))
            found[last] = round(cost + (OPEN_END if open_end else 0.0), 3)
    return found


#: What an end costs that leaves the last word without its own: "as part of the digital", "so that the features sit".
OPEN_END = 1.3


def _stops_short(tree: Sequence[Word], at: int, first: int) -> bool:
    """Whether the phrase ends on a verb of an inner clause, and more that belongs to the verb follows."""
    word = tree[at]
    inner = word.tag.startswith("VB") and at != first and (word.dep != "ROOT" or word.tag in {"VB", "VBP"})
    return inner and any(w.head == at and n > at and w.dep not in {"punct", "cc"} for n, w in enumerate(tree))


def _lacks_noun(tree: Sequence[Word], at: int) -> bool:
    word = tree[at]
    place = word.dep in {"pobj", "dobj"} or (word.dep == "conj" and tree[word.head].tag.startswith("NN"))
    return place and word.tag.startswith("JJ")


#: No phrase ends on such a mark.
OPEN_MARK = re.compile(r"[,;:(\[“–—-]+")


def _ends_word(text: str, at: int) -> bool:
    return at >= len(text) or bool(re.match(r"[\s,;:.!?)\]—–”\"’]", text[at:]))


def _within_group(text: str, tree: Sequence[Word], last: int, stop: int) -> bool:
    """Whether the next word belongs to the same group of nouns or the same name, whatever the parse says."""
    if last + 1 >= len(tree) or tree[last + 1].start >= stop or text[tree[last].end : tree[last + 1].start] != " ":
        return False
    word, after = tree[last], tree[last + 1]
    noun, names = word.tag.startswith(("NN", "CD")), ("NNP", "CD")
    if (noun and after.tag.startswith(("NN", "CD"))) or (
        word.tag.startswith("JJ") and after.tag.startswith(("NN", "VBG"))
    ):
        return True
    further = tree[last + 2] if last + 2 < len(tree) else None
    joins = after.lemma in {"of", "in", "for", "and", "&"} and further is not None and further.tag.startswith(names)
    return word.tag.startswith("NNP") and joins and after.lemma != "and"


def _cost(text: str, tree: Sequence[Word], first: int, last: int, stop: int) -> float | None:
    lost, hard = [0.0], bool(HARD.match(text[tree[last].end :]))
    for at in range(first, len(tree)):
        word = tree[at]
        if word.start >= stop:
            break
        if at <= last < word.head:
            cost = _left_of_head(text, tree, at, last, hard)
        elif first <= word.head <= last < at:
            cost = left_out(text, tree, at, first, last)
            if hard:
                cost = (
                    HARD_COST
                    if cost is not None or word.dep in {"ccomp", "nsubj"} or ":" not in text[tree[last].end :][:2]
                    else OPENED
                )
        else:
            continue
        if cost is None:
            return None
        lost.append(cost)
    return max(lost) + FURTHER * (sum(lost) - max(lost))


def _left_of_head(text: str, tree: Sequence[Word], at: int, last: int, hard: bool) -> float | None:
    """What it costs that a word of the phrase depends on one behind its end."""
    dep = tree[at].dep
    if dep in {"punct", "cc"}:
        return 0.0
    if dep in {"ccomp", "parataxis"} and (hard or text[tree[last].end : tree[last].end + 1] == ","):
        return HARD_COST if hard else CLAUSE_COST
    if dep in SUBJECTS and tree[at].tag.startswith(("NN", "VBG")):
        return GROUP_ALONE
    return HARD_COST if hard else None
