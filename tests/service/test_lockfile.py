import os

import pytest

from service.lockfile import holder, owned
from service.store.errors import FolderInUse


def test_the_folder_names_its_owner_while_it_is_owned(tmp_path):
    with owned(tmp_path):
        assert holder(tmp_path) == os.getpid()
    assert holder(tmp_path) is None


def test_a_second_owner_is_refused(tmp_path):
    with owned(tmp_path), pytest.raises(FolderInUse, match=f"process {os.getpid()}"), owned(tmp_path):
        pass


def test_a_name_left_by_a_dead_owner_does_not_keep_the_folder(tmp_path):
    (tmp_path / "lock.pid").write_text("999999")
    with owned(tmp_path):
        assert holder(tmp_path) == os.getpid()
