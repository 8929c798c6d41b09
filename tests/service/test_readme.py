"""The README names every setting, every command and every exit code, and no setting that is gone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from service.__main__ import NO_INTENT, UNREADABLE, USAGE, app
from service.settings import Settings

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
PREFIX = "THROUGHLINE_"
COMMANDS = sorted(typer.main.get_command(app).commands)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name):
    assert re.search(rf"`{PREFIX}{name.upper()}`", README)


def test_every_documented_setting_exists():
    named = {name.lower() for name in re.findall(rf"`{PREFIX}([A-Z_]+)`", README)}
    assert named - {"test_postgres"} <= set(Settings.model_fields)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_shown(name):
    assert f"python -m service {name}" in README


@pytest.mark.parametrize("code", [0, NO_INTENT, UNREADABLE, USAGE])
def test_every_exit_code_of_plan_is_explained(code):
    line = README[README.index("`plan` exits") :].split("\n\n")[0]
    assert re.search(rf"\b{code}\b", line)


def test_every_file_the_readme_shows_exists():
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert [link for link in links if not (Path(__file__).parents[2] / link).exists()] == []
