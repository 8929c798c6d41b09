"""Words that fill a field and say nothing: "the responsible party", "as agreed", "suitable steps".

Owns: when a text is hollow. Must not know: which field it fills, plans, documents.
"""

from __future__ import annotations

import re

from service.checks.wording import STOP_WORDS, words

_PARTY = r"(?:part(?:y|ies)|persons?|people|roles?|authorit(?:y|ies)|bod(?:y|ies)|leaders?|teams?|owners?|managers?)"
_HOLLOW = re.compile(
    rf"\b(?:responsible|relevant|appropriate|competent|designated|respective|proper|right) {_PARTY}|"
    r"\bthose (?:concerned|responsible|involved|affected)|"
    r"\b(?:somebody|someone|anyone|whoever) (?:suitable|responsible)|"
    r"\bas (?:previously |usually )?(?:agreed|appropriate|needed|required|discussed|planned|usual|before)|"
    r"\bto be (?:agreed|decided|determined|confirmed|discussed|named|defined)|\bin due (?:course|time)|"
    r"\b(?:take|takes|taking) (?:the )?(?:suitable|appropriate|necessary|required) (?:steps?|action|measures)|"
    r"\b(?:act|acts|acting) accordingly|\b(?:no longer|not) (?:appropriate|needed|useful|necessary|relevant|required)|"
    r"\b(?:the )?(?:current|present|existing|old|usual) (?:way|ways|practice|approach|routine)"
    r"(?: of (?:doing things|working))?|\bwhen the (?:time|moment) is (?:right|ripe)|"
    r"\b(?:things|matters|work|everything|business) (?:go|goes|continue|continues|carry|carries)\b(?: on)?",
    re.IGNORECASE,
)
#: Words that may stand beside a hollow phrase without filling it.
_PADDING = frozenset({"whatever", "whichever", "always", "simply", "still", "then", "until"})


def hollow(text: str) -> bool:
    """Whether nothing is left of a text once its empty phrases are taken out; a text without any is not hollow."""
    bare = _HOLLOW.sub(" ", text)
    return bare != text and not [word for word in words(bare) if word not in STOP_WORDS | _PADDING]
