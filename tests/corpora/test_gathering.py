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
