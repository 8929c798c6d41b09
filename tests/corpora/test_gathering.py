from pathlib import Path

import pytest

from corpora.load import GATHERING, load_gathering
from corpora.marked_yaml import LibraryError

TEXT = GATHERING.read_text(encoding="utf-8")


def test_the_agenda_of_the_meeting_adds_up():
    gathering = load_gathering()
    assert sum(step.minutes for step in gathering.agenda) == gathering.duration_min


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("duration_min: 45", "duration_min: 50", "does not add up"),
        ("{leader|sponsor} takes one", "{chief|sponsor} takes one", "unknown slot 'chief'"),
        ("title: Evidence round\n", "", "Field required"),
    ],
)
def test_a_broken_file_is_refused_with_its_name(tmp_path: Path, old: str, new: str, words: str):
    path = tmp_path / "gathering.yaml"
    path.write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(LibraryError, match=words) as caught:
        load_gathering(path)
    assert "gathering.yaml:" in str(caught.value)
    assert "None" not in str(caught.value)


def test_a_slot_nobody_fills_is_told_with_its_own_line(tmp_path: Path):
    path = tmp_path / "gathering.yaml"
    path.write_text(TEXT.replace("{leader|sponsor} for another", "{leader} for another"), encoding="utf-8")
    with pytest.raises(LibraryError, match="noticed_how: a brace outside a slot") as caught:
        load_gathering(path)
    line = next(n for n, words in enumerate(TEXT.splitlines(), 1) if words.startswith("noticed_how"))
    assert caught.value.line == line
