"""Which words name the same role.

Owns: the bare name of a role and when two names mean one. Must not know: formats, stages, load.
"""

from __future__ import annotations

import re

OPS = "Product Ops"
_ARTICLE = re.compile(r"^(the|a|an|each|every|one|any)\s+", re.IGNORECASE)
_QUALIFIER = re.compile(r"([,:]|\s+(who|that|whose|with|as|before|after|in|on|for the|concerned|present)\b).*$")
#: What follows one of these says of what or of whom; the head noun stands before it.
_OF = re.compile(r"\s+(?:of|for|from|at|to)\s+")
_PLURALS = (
    (re.compile(r"ies$"), "y"),
    (re.compile(r"(ss|x|z|ch|sh)es$"), r"\1"),
    (re.compile(r"(?<![su])s$"), ""),
)
_IRREGULAR = {"people": "person", "men": "man", "women": "woman"}


def role_name(words: str) -> str:
    """The bare role: 'the head who answers for change' and 'Head' are both 'head'.

    A capital is kept where the role is a name ('Product Ops') or an acronym.
    """
    bare = _QUALIFIER.sub("", _ARTICLE.sub("", words.strip())).strip() or words.strip()
    if bare.startswith(OPS):
        return OPS
    first = bare.split()[0]
    named = first.isupper() or any(word[:1].isupper() for word in bare.split()[1:])
    return bare if named else bare[:1].lower() + bare[1:]


def role_key(words: str) -> str:
    """The same for all names of one role: case, the article and the plural make no difference.

    'the API Owners', 'API owner' and 'an API Owner' have one key. It is for comparing, not for reading.
    """
    head, *rest = re.split(f"({_OF.pattern})", role_name(words).casefold(), maxsplit=1)
    *before, noun = head.replace("-", " ").split() or [head]
    return " ".join([*before, _singular(noun), "".join(rest).strip()]).strip()


def _singular(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if len(noun) < 4:
        return noun
    return next((pattern.sub(put, noun) for pattern, put in _PLURALS if pattern.search(noun)), noun)
