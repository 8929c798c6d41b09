"""Wordings by which organisations bind themselves outright, for whoever asks whether words bind anybody.

Owns: those wordings. Must not know: vectors, weights, plans. General English of commitment; each
alternative holds in any sector.
"""

from __future__ import annotations

import re

_VERBS = (
    "focus|concentrate|prioriti[sz]e|include|ensure|move|redesign|replace|adopt|stop|start|build|publish|appoint|supply|deliver|"
    "reduce|increase|improve|require|tailor|support|provide|develop|establish|invest|give|make|use|continue|become|be expected to|"
    "be required to|be empowered|remain|lead|open|close|end|create|introduce|work with|strengthen|expand|simplify"
)
WORDINGS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(f"(?i){wording}")
    for wording in (
        r"\bwe(?:'ve|’ve| have)? (?:decided|chosen|chose|agreed|committed|resolved|designed|want|need|must|will|are going|commit|aim|intend|plan)\b",
        r"\b(?:our|the|its|single|main|overall|one) (?:\w+ )?(?:aim|goal|ambition|intention|mission|vision|priority|objective|focus)s? "
        r"(?:is|are|will be|of|for|to|should be|in)\b",
        r"\bmost important (?:part|thing|goal|aim|priority|step|task)\b",
        r"\b(?:strategy|plan|programme|program|roadmap|framework|policy) (?:looks|aims|seeks|intends|will|commits|focuses)\b",
        rf"\b(?:will|shall|must) (?:also |therefore |all |now |then |each |not )?(?:{_VERBS})\b",
        r"\b(?:is|are) (?:necessary|essential|required|critical|needed) (?:to|for)\b",
        r"\b(?:is|are) (?:transforming|moving|shifting|changing|committed to|replaced|expected to|to be)\b",
        r"\b(?:rather than|instead of|moving away|away from|no longer)\b",
        r"\bshould (?:be empowered|be able|move|use|adopt|come|become|focus|ensure|include|aim)\b",
    )
)
