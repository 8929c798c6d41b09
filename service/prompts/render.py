"""Filling a prompt's variables, and fencing text that others wrote.

Owns: loading ``*.md``, ``{{name}}`` variables (a missing or an extra one is an error), the hash of
a prompt, and the fence. Must not know: what the prompts say, or which model reads them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from service.errors import ThroughlineError

FOLDER = Path(__file__).parent
_VARIABLE = re.compile(r"\{\{([a-z_]+)\}\}")
_FENCE_MARK = re.compile(r"<(?=\s*/?\s*(?:text|answer)\b)", re.IGNORECASE)
_SENTENCE_MARK = re.compile(r"\[(?=\s*s\d+\s*\])", re.IGNORECASE)


class PromptError(ThroughlineError):
    """A prompt and the variables given to it do not match, or the file is missing."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt file: its name, its prose, and a hash over the prose."""

    name: str
    prose: str

    @property
    def sha(self) -> str:
        """Twelve hex digits of the prose's sha256."""
        return hashlib.sha256(self.prose.encode()).hexdigest()[:12]

    @property
    def variables(self) -> frozenset[str]:
        """Names of the variables the prose holds."""
        return frozenset(_VARIABLE.findall(self.prose))

    def render(self, values: Mapping[str, str]) -> str:
        """The prose with every variable filled, in one pass: a value's own braces stay as they are.

        Raises:
            PromptError: A variable has no value, or a value has no variable.
        """
        missing, extra = self.variables - values.keys(), values.keys() - self.variables
        if missing or extra:
            raise PromptError(f"prompt {self.name!r}: missing {sorted(missing)}, unknown {sorted(extra)}")
        return _VARIABLE.sub(lambda match: values[match.group(1)], self.prose)


def load_prompt(name: str, folder: Path = FOLDER) -> Prompt:
    """The prompt in ``<name>.md``.

    Raises:
        PromptError: There is no such file.
    """
    path = folder / f"{name}.md"
    if not path.is_file():
        raise PromptError(f"no prompt {name!r} in {folder}")
    return Prompt(name, path.read_text(encoding="utf-8").strip())


def fenced(text: str, mark: str = "text") -> str:
    """`text` between ``<mark>`` and ``</mark>``; marks inside it are altered so that it cannot close the fence."""
    return f"<{mark}>\n{_FENCE_MARK.sub('‹', text)}\n</{mark}>"


def untrusted(words: str) -> str:
    """One line of a document's words: line breaks folded, fence marks and sentence ids in it altered."""
    return _SENTENCE_MARK.sub("(", _FENCE_MARK.sub("‹", " ".join(words.split())))
