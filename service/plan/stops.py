"""What becomes of a stop's minutes when its words change.

Owns: that rule. Must not know: engines, editing, formats. Minutes belong to the routine they were
estimated for: other words keep them only where they say them.
"""

from __future__ import annotations

import re

from corpora.records import StopDoing

MOST = 480
_NUMBERS = {"half": 0.5, "one": 1, "two": 2, "three": 3, "four": 4}
#: "the 45-minute status call", "the first 20 minutes of planning"; "within 20 minutes" is no length.
_MINUTES = re.compile(r"(?<!within )\b(\d{1,3})(?:-minutes?\b| minutes? of\b)", re.IGNORECASE)
_HOURS = re.compile(r"\b(\d|half|one|two|three|four)(?:-an)?-hours?\b", re.IGNORECASE)


def reworded(stop: StopDoing, text: str) -> StopDoing:
    """The stop in other words: its minutes are those that the words themselves give, or unknown."""
    return stop.model_copy(update={"text": text, "minutes_saved": minutes_in(text)})


def minutes_in(text: str) -> int | None:
    """The minutes that a stop's own words give, or None."""
    if found := _MINUTES.search(text):
        return min(int(found.group(1)), MOST)
    if found := _HOURS.search(text):
        said = found.group(1).lower()
        return min(round(60 * (_NUMBERS[said] if said in _NUMBERS else int(said))), MOST)
    return None
