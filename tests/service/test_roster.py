"""The command line makes the first accounts; a password is never an argument."""

import pytest
from typer.testing import CliRunner

from service.__main__ import app
from service.lockfile import owned
from service.passwords import Passwords
from service.store.accounts import AccountRepository
from service.store.database import open_database, sqlite_url

PASSWORD = "seven quiet herons"


@pytest.fixture
def told(tmp_path):
    """Runs a command on a fresh data folder."""

    def run(*words, typed=f"{PASSWORD}\n"):
        return CliRunner().invoke(app, ["people", *words, "--data", str(tmp_path)], input=typed)

    return run


def test_the_first_account_is_ops_of_the_local_workspace(told, tmp_path):
    answer = told("add", "Ada@Example.org", "--name", "Ada Lovelace")
    assert answer.exit_code == 0, answer.output
    assert PASSWORD not in answer.output
    assert "ada@example.org  Ada Lovelace: ops in This computer" in told("list").output
    database = open_database(sqlite_url(tmp_path / "throughline.sqlite3"))
    accounts = AccountRepository(database)
    kept = accounts.password_of(accounts.with_address("ada@example.org").id)
    database.close()
    assert Passwords().fits(kept, PASSWORD)


def test_a_workspace_is_made_named_and_joined(told):
    told("workspace", "Harbour")
    told("workspace", "Harbour team", "--renames", "Harbour")
    answer = told("add", "bob@example.org", "--role", "viewer", "--workspace", "Harbour team")
    assert answer.output.strip().endswith("bob@example.org belongs to Harbour team as viewer")


def test_an_account_that_exists_is_let_in_only_when_that_is_said(told):
    told("workspace", "Harbour")
    told("add", "ada@example.org")
    again = told("add", "ada@example.org", "--workspace", "Harbour")
    assert (again.exit_code, "has an account already" in again.output) == (1, True)
    let_in = told("add", "ada@example.org", "--workspace", "Harbour", "--existing", "--role", "leader", typed="")
    assert "belongs to Harbour as leader" in let_in.output


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("add", "ada"), "Write an email address"),
        (("add", "ada@example.org", "--workspace", "nowhere"), "No workspaces are called 'nowhere'"),
        (("password", "nobody@example.org"), "has no account"),
        (("remove", "nobody@example.org"), "has no account"),
    ],
)
def test_what_cannot_be_done_says_why_in_one_line(told, words, why):
    answer = told(*words)
    assert answer.exit_code == 1
    assert why in answer.output
    assert len(answer.output.strip().splitlines()) == 1


def test_a_weak_password_makes_no_account(told):
    assert told("add", "ada@example.org", typed="short\n").exit_code == 1
    assert told("list").output == ""


def test_it_works_while_a_server_holds_the_folder(told, tmp_path):
    told("add", "ada@example.org")
    with owned(tmp_path):
        assert "is signed out everywhere" in told("password", "ada@example.org", typed="eight loud herons\n").output
