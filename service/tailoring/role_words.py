"""Role words of the library put into the organisation's own: 'product manager' -> 'Lending Product Lead'.

Owns: which words of a text are a generic role, which name of the profile stands for them, and how
the name is fitted into the sentence. Must not know: plans, stages. Words in quotation marks stay.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from corpora.slots import render
from service.checks.g2_safety import instructs_reader, measures_person
from service.reader.naming import plural

#: A generic role of the library's forms, and the keys of a profile that may name it, best first.
GENERIC: dict[str, tuple[str, ...]] = {
    "product manager": ("product manager", "lead"),
    "product owner": ("product owner", "product manager", "lead"),
    "team lead": ("team lead", "lead"),
    "service manager": ("service manager", "lead"),
    "lead": ("lead",),
    "senior leader": ("senior leader", "leader"),
    "portfolio sponsor": ("portfolio sponsor", "sponsor", "leader"),
    "sponsor": ("sponsor", "leader"),
    "budget holder": ("budget holder", "leader"),
    "leader": ("leader",),
    "team member": ("team member", "contributor"),
    "finance partner": ("finance partner", "finance"),
    "finance lead": ("finance lead", "finance"),
    "subject expert": ("subject expert", "partner"),
    "business expert": ("business expert", "partner"),
    "partner": ("partner",),
    "product operations": ("product operations", "ops"),
    "product ops": ("product ops", "ops"),
}
#: Words that are also plain English; they are roles only in a field that names a role.
AMBIGUOUS = frozenset({"lead", "leader", "partner"})
CLASS_KEYS = frozenset({"contributor", "lead", "leader", "partner", "ops", "finance"})
_OPS = re.compile(r"product op(?:s|erations)$", re.IGNORECASE)
#: What stands before a role and not before a verb: "the lead", "both leads", but "who leads", "delivery lead".
_BEFORE_ROLE = re.compile(
    r"(?:^|\b(?:the|both|each|every|another|other|one|two|three|neighbouring|asking|giving|receiving)\s)$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(\"[^\"]*\"|“[^”]*”)")


@dataclass(frozen=True, slots=True)
class RoleWords:
    """Generic role -> the organisation's name for it; roles that the document itself names are absent."""

    names: Mapping[str, str]

    @classmethod
    def of(cls, roles: Mapping[str, str], document_roles: Collection[str] = ()) -> RoleWords:
        """The names that hold; a name that instructs the reader or singles out a person is left out."""
        sound = {key: _bare(name) for key, name in roles.items() if usable(name)}
        own = {key: (key,) for key in sound if key not in GENERIC and key not in CLASS_KEYS}
        taken = {plain_role(role) for role in document_roles}
        found = {}
        for generic, keys in {**GENERIC, **own}.items():
            key = next((key for key in keys if key in sound), None)
            if key is not None and generic not in taken:
                found[generic] = sound[key]
        return cls(found)

    def said(self, text: str, role_field: bool) -> str:
        """The text with every generic role in the organisation's words.

        Args:
            text: Prose of a plan.
            role_field: Whether the field names a role: there 'lead' is a noun, and Product Ops stays in
                brackets behind the office's name, because its load is counted by that name.
        """
        words = [word for word in self.names if role_field or word not in AMBIGUOUS]
        if not words:
            return text
        pattern = _pattern(words)

        def fitted(match: re.Match[str]) -> str:
            name = self._fitted(match)
            return name if name == match.group() else _office(name, match, role_field)

        parts = _QUOTED.split(text)
        return "".join(part if place % 2 else pattern.sub(fitted, part) for place, part in enumerate(parts))

    def _fitted(self, match: re.Match[str]) -> str:
        article, word, several = match["article"], match["role"], match["several"]
        generic = " ".join(word.lower().split())
        name = self.names[generic]
        if generic in AMBIGUOUS and not article and not _BEFORE_ROLE.search(match.string[: match.start()]):
            return match.group()
        if match.string[match.end() :].startswith(" of ") and " of " in name:
            return match.group()  # "Head of Lending of a neighbouring area" is nobody
        if several:
            name = _plural(name)
        if word[0].isupper() and name[0].islower():
            name = name[0].upper() + name[1:]
        return render(f"{article} {{case|{name}}}", {}) if article else name


def usable(name: str) -> bool:
    """Whether a name of the profile may stand in a plan: it names no person and instructs nobody."""
    return not (measures_person(name) or instructs_reader(name))


def plain_role(words: str) -> str:
    """A role as it is compared: lower case, one space, no article, singular by its last letter."""
    plain = " ".join(words.lower().split()).removeprefix("the ")
    return plain.removesuffix("s") if not plain.endswith(("ss", "ops", "operations")) else plain


def _office(name: str, match: re.Match[str], role_field: bool) -> str:
    """An office's name as it is said: 'Change Office (Product Ops)' for a role, 'the Change Office' in a sentence."""
    if not _OPS.match(match["role"]) or _OPS.match(name):
        return name
    if role_field:
        return f"{name} (Product Ops)"
    before = match.string[: match.start()]
    if before.lower().endswith("the "):
        return name
    return f"The {name}" if not before.strip() or before.rstrip().endswith((".", "?", "!")) else f"the {name}"


def _pattern(words: Collection[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    body = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)
    return re.compile(rf"(?:\b(?P<article>[Aa]n?) )?(?<![\w(-])(?P<role>{body})(?P<several>s)?(?![\w-])", re.IGNORECASE)


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", " ".join(name.split()), flags=re.IGNORECASE)


def _plural(name: str) -> str:
    head, of, rest = name.partition(" of ")
    return f"{plural(head)}{of}{rest}"
