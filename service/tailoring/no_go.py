"""What the organisation wants left alone.

Owns: when an item touches a no-go area. Must not know: stages, what becomes of the item. Words that
come from the profile itself do not count: a role may be named after its area.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.checks.fields import covers, texts_of
from service.plan.items import ItemDraft
from service.plan.provenance import Provenance

CASE = "first_case"


def area_in(text: str, areas: Sequence[str]) -> str | None:
    """The first area whose words stand in the text, in singular or plural, or None."""
    return next((area for area in areas if _pattern(area).search(text)), None)


def area_touched(item: ItemDraft, areas: Sequence[str]) -> str | None:
    """The area that the item's words, terms or quotes name, or None; its first case is looked at apart."""
    if not areas:
        return None
    own = [source for source in item.sources if source.provenance is Provenance.profile]
    said = [
        field.text
        for field in texts_of(item)
        if not field.path.startswith(CASE) and not any(covers(source, field.path) for source in own)
    ]
    said += [term.text for term in item.terms] + [quote.text for quote in item.quotes]
    return next((area for text in said if (area := area_in(text, areas))), None)


def _pattern(area: str) -> re.Pattern[str]:
    plain = " ".join(area.split())
    bare = plain[:-1] if plain.endswith("s") and not plain.endswith("ss") and len(plain) > 4 else plain
    return re.compile(rf"(?<![\w-]){re.escape(bare)}(?:s|es)?(?![\w-])".replace(r"\ ", r"\s+"), re.IGNORECASE)
