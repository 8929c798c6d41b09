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
    r"\b(?:whoever|anyone|anybody|somebody|someone|those) (?:who )?(?:is|are|feels?|may be) "
    r"(?:responsible|competent|concerned|in charge|able|available|suitable)|"
    rf"\b(?:suitable|usual|proper|competent|fitting|available) (?:{_PARTY}|colleagues?|ones?|circles?)|"
    rf"\b{_PARTY} (?:in question|in charge|concerned|responsible|at the top)|"
    r"\bwhen(?:ever)? (?:circumstances|the situation|things|matters) (?:calls?|asks?|allows?)(?: for it| it)?|"
    r"\b(?:when|once|if) (?:all|everything|things|it) (?:is|are) (?:in place|ready|set|fine|right|possible)|"
    r"\bat (?:the|a) (?:proper|right|suitable|given|appropriate) (?:time|moment)|"
    r"\b(?:when|where|if|as far as) possible|\b(?:does|do) (?:what|whatever) is (?:necessary|needed|required|right)|"
    r"\bfollows? (?:it )?up(?: as (?:usual|needed|agreed))?|"
    r"\b(?:when|once|after) it has (?:served|met|reached|fulfilled) its (?:purpose|aim|goal|end)|"
    r"\b(?:it )?(?:makes?|making) (?:no|little) (?:more )?sense(?: any ?more)?|"
    r"\b(?:outdated|old|bad|unnecessary|superfluous|wasteful|inefficient) (?:habits?|things|work|practices?|ways)|"
    r"\b(?:anything|everything|whatever is) (?:superfluous|unnecessary|outdated|wasteful)|\b(?:business|work) as usual|"
    r"\b(?:everything|all|things) (?:stays?|remains?)(?: as (?:it is|they are|before))?|"
    r"\b(?:things|matters|work|everything|business) (?:go|goes|continue|continues|carry|carries)\b(?: on)?",
    re.IGNORECASE,
)
#: Words that may stand beside a hollow phrase without filling it.
_PADDING = frozenset(
    {"whatever", "whichever", "whoever", "always", "simply", "still", "then", "until", "once", "more", "any"}
)


def hollow(text: str) -> bool:
    """Whether nothing is left of a text once its empty phrases are taken out; a text without any is not hollow."""
    bare = _HOLLOW.sub(" ", text)
    return bare != text and not [word for word in words(bare) if word not in STOP_WORDS | _PADDING]
