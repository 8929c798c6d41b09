"""Settings come from the environment, are checked and cannot be changed afterwards."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from service.settings import Settings


def written(tmp_path, **values: object) -> Settings:
    """The settings as read from lines `THROUGHLINE_NAME=value`, in place of the environment."""
    file = tmp_path / "environment"
    file.write_text("".join(f"THROUGHLINE_{name.upper()}={value}\n" for name, value in values.items()))
    return Settings(_env_file=file)


def test_without_any_setting_only_this_machine_is_served(tmp_path):
    fresh = written(tmp_path)
    assert (fresh.host, fresh.engine, fresh.model, fresh.database_url) == ("127.0.0.1", "patterns", None, None)
    assert (fresh.mode, fresh.https) == ("local", False)


def test_each_setting_is_read_under_its_name(tmp_path):
    made = written(tmp_path, port=9000, engine="model", model="openai:any", plan_tokens=5)
    assert (made.port, made.engine, made.model, made.plan_tokens) == (9000, "model", "openai:any", 5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", 70000),
        ("threads", 0),
        ("engine", "oracle"),
        ("max_upload_mib", 0),
        ("plan_seconds", -1),
        ("mode", "open"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(tmp_path, name, value):
    with pytest.raises(ValidationError, match=name):
        written(tmp_path, **{name: value})


def test_settings_do_not_change_once_read(tmp_path):
    with pytest.raises(ValidationError, match="frozen"):
        written(tmp_path).port = 1


def test_every_setting_says_what_it_is_for():
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
