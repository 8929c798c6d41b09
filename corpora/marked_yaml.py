"""YAML read together with the line each entry stands on.

Owns: turning one YAML text into plain data plus a way from a field path to its line, so that a
broken record is reported where a person can mend it. Must not know: records, folders, practices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

FieldPath = Sequence[str | int]


class LibraryError(Exception):
    """A library file cannot be used; the message names file, line, record and field path."""

    def __init__(self, path: Path, line: int, problem: str, record: str | None = None, field: str = "") -> None:
        self.path = path
        self.line = line
        self.record = record
        self.field = field
        self.problem = problem
        where = f"{path}:{line}"
        what = " ".join(part for part in (f"[{record}]" if record else "", f"{field}:" if field else "") if part)
        super().__init__(f"{where}: {what} {problem}" if what else f"{where}: {problem}")


@dataclass(frozen=True)
class MarkedYaml:
    """Plain data and the node tree it was built from."""

    path: Path
    data: object
    node: yaml.Node | None
    first_line: int = 1

    def line_of(self, field_path: FieldPath) -> int:
        """Line of the deepest node on `field_path` that exists, counted from 1 in the file."""
        node, line = self.node, self.first_line
        for step in ("", *field_path):
            node = node if step == "" else _child(node, step)
            if node is None:
                break
            line = node.start_mark.line + self.first_line
        return line


def read_marked(path: Path, text: str | None = None, first_line: int = 1) -> MarkedYaml:
    """Read `text`, or the file at `path`, as one YAML document.

    Args:
        path: The file, for messages; read when `text` is not given.
        text: YAML text that stands in the file from `first_line` on.
        first_line: The line of the file on which `text` begins.

    Raises:
        LibraryError: The file cannot be read, or is not one YAML document.
    """
    try:
        source = path.read_text(encoding="utf-8") if text is None else text
    except OSError as error:
        raise LibraryError(path, 1, f"cannot be read: {error.strerror}") from error
    loader = yaml.CSafeLoader(source)
    try:
        node = loader.get_single_node()
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        raise LibraryError(path, line, f"is not valid YAML: {error.problem}") from error
    finally:
        loader.dispose()
    return MarkedYaml(path, data, node, first_line)


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                child: yaml.Node = value
                return child
    return None
