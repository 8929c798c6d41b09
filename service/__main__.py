"""The command line: `python -m service --help`.

Owns: commands, their exit codes and the one line each failure prints. Must not know: how anything is
done. Heavy parts are imported by the command that needs them, so that help stays fast.

Exit codes of `plan`: 0 a plan, 4 no strategic intent, 5 unreadable input, 2 wrong usage, 1 anything else.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.people import Role

if TYPE_CHECKING:
    from retrieval.documents import Document
    from service.plan.plan import Plan

app = typer.Typer(
    help="Turns a leadership strategy document into cited, repeatable team behaviours and rituals.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

people = typer.Typer(help="Accounts and workspaces of shared mode; works while a server runs.", no_args_is_help=True)
app.add_typer(people, name="people")

NO_INTENT = 4
UNREADABLE = 5
USAGE = 2


class EngineName(StrEnum):
    """Who chooses and words the items."""

    patterns = "patterns"
    model = "model"


class PlanFormat(StrEnum):
    """How a plan is written."""

    md = "md"
    brief = "brief"
    roles = "roles"
    kit = "kit"
    docx = "docx"
    pdf = "pdf"
    brief_docx = "brief-docx"
    roles_docx = "roles-docx"
    kit_docx = "kit-docx"
    json = "json"
    jira = "jira"
    linear = "linear"


File = Annotated[Path, typer.Argument(help="pdf, docx, pptx, html, md or txt", show_default=False)]


@app.command()
def plan(
    file: File,
    engine: Annotated[EngineName | None, typer.Option(help="default: THROUGHLINE_ENGINE, else patterns")] = None,
    format: Annotated[PlanFormat, typer.Option("--format", help="what to write")] = PlanFormat.md,
    out: Annotated[Path | None, typer.Option(help="write here instead of standard output")] = None,
    record: Annotated[Path | None, typer.Option(help="keep the model's answers in this folder, for replay")] = None,
    profile: Annotated[
        Path | None, typer.Option(help="the organisation's own facts: YAML, or .ics for meetings")
    ] = None,
) -> None:
    """Make a plan from a strategy document, in a throwaway store; works while a server runs."""
    from service.command import make_plan_of  # spaCy, ONNX and the library: seconds to load

    _refuse_missing_folder(out)
    _refuse_to_show(format, out)
    with _failures():
        made = make_plan_of(_document(file), engine.value if engine else None, _progress(), record, profile)
        _write(_rendered(made, format), out)
    raise typer.Exit(NO_INTENT if made.status.value == "no_strategic_intent" else 0)


@app.command()
def text(file: File) -> None:
    """Write the canonical text of a document, its bytes as they are, to standard output."""
    with _failures():
        sys.stdout.buffer.write(_document(file).text.encode("utf-8"))
        sys.stdout.buffer.flush()


@app.command()
def practices(
    query: Annotated[str | None, typer.Argument(help="words to search for; without them all are listed")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 10,
) -> None:
    """List the practice library, or search it."""
    from service.command import find_practices  # the embedding model is loaded only for a search

    with _failures():
        for line in find_practices(query, limit):
            typer.echo(line)


@app.command()
def schema() -> None:
    """Write the JSON Schema of a plan."""
    import json

    from service.plan.plan import Plan as PlanRecord  # pydantic models: 0.3 s

    typer.echo(json.dumps(PlanRecord.model_json_schema(), indent=2))


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(help="default: THROUGHLINE_PORT")] = None,
    data: Annotated[Path | None, typer.Option(help="data folder; default: THROUGHLINE_DATA")] = None,
) -> None:
    """Run the service on this machine and print its address with a one-time token."""
    from service.serving import run_service  # the whole service: seconds to load

    with _failures():
        run_service(port, data, lambda address: typer.echo(f"Open {address}"))


@app.command()
def reindex(data: Annotated[Path | None, typer.Option(help="data folder; default: THROUGHLINE_DATA")] = None) -> None:
    """Rebuild the vector index from the database; refuses while a server holds the data folder."""
    from service.serving import run_reindex

    with _failures():
        typer.echo(run_reindex(data))


@app.command()
def doctor(data: Annotated[Path | None, typer.Option(help="data folder; default: THROUGHLINE_DATA")] = None) -> None:
    """Check models, library, settings and the data folder; exit 1 where something is wrong."""
    from service.serving import run_doctor

    with _failures():
        sound = True
        for name, good, remark in run_doctor(data):
            sound = sound and good
            typer.echo(f"{'ok  ' if good else 'FAIL'}  {name}: {remark}")
    raise typer.Exit(0 if sound else 1)


Data = Annotated[Path | None, typer.Option(help="data folder; default: THROUGHLINE_DATA")]
Address = Annotated[str, typer.Argument(help="email address", show_default=False)]
Where = Annotated[str, typer.Option("--workspace", help="its name or id")]


@people.command("add")
def add_person(
    address: Address,
    name: Annotated[str, typer.Option(help="as others will see it; default: the address")] = "",
    role: Annotated[Role, typer.Option(help="what they may do")] = Role.ops,
    workspace: Where = "local",
    existing: Annotated[bool, typer.Option(help="the account exists: let it into one more workspace")] = False,
    data: Data = None,
) -> None:
    """Make an account; its password is asked for, or read from standard input."""
    from service.roster import opened_roster  # argon2 and SQLAlchemy: half a second

    with _failures(), opened_roster(data) as roster:
        if existing:
            typer.echo(roster.let_in(address, role, workspace))
        else:
            typer.echo(roster.add(address, name or address, role, workspace, _password()))


@people.command("password")
def set_password(address: Address, data: Data = None) -> None:
    """Set another password and end every session of the person."""
    from service.roster import opened_roster  # see add_person

    with _failures(), opened_roster(data) as roster:
        typer.echo(roster.set_password(address, _password()))


@people.command("remove")
def remove_person(address: Address, workspace: Where = "local", data: Data = None) -> None:
    """Take somebody out of a workspace."""
    from service.roster import opened_roster  # see add_person

    with _failures(), opened_roster(data) as roster:
        typer.echo(roster.remove(address, workspace))


@people.command("list")
def list_people(data: Data = None) -> None:
    """List all accounts and where they belong."""
    from service.roster import opened_roster  # see add_person

    with _failures(), opened_roster(data) as roster:
        for line in roster.lines():
            typer.echo(line)


@people.command("workspace")
def make_workspace(
    name: Annotated[str, typer.Argument(show_default=False)],
    renames: Annotated[str | None, typer.Option(help="give this one the name instead of making another")] = None,
    data: Data = None,
) -> None:
    """Make a workspace."""
    from service.roster import opened_roster  # see add_person

    with _failures(), opened_roster(data) as roster:
        typer.echo(roster.workspace(name, renames))


def _password() -> str:
    """Typed twice without being shown, or the first line of standard input; never an argument, which others see."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _document(file: Path) -> Document:
    from retrieval.parse.child import parse_in_child  # parsers load in the child; this is light

    if not file.is_file():
        typer.echo(f"{file}: no such file", err=True)
        raise typer.Exit(UNREADABLE)
    return parse_in_child(file.read_bytes(), file.name)


def _rendered(plan: Plan, format: PlanFormat) -> bytes:
    from service.export.formats import write_plan  # python-docx and typst: half a second

    return write_plan(plan, format.value)


def _refuse_to_show(format: PlanFormat, out: Path | None) -> None:
    """A Word or PDF file is no use in a terminal."""
    if format.value.endswith(("docx", "pdf")) and out is None and sys.stdout.isatty():
        typer.echo(f"--format {format.value} is a file: say where with --out", err=True)
        raise typer.Exit(USAGE)


def _refuse_missing_folder(out: Path | None) -> None:
    """Before a plan is made: nobody waits for one that cannot be written."""
    if out is not None and not out.parent.is_dir():
        typer.echo(f"{out}: cannot be written: there is no folder {out.parent}", err=True)
        raise typer.Exit(USAGE)


def _write(content: bytes, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        typer.echo(f"{out}: cannot be written: {error.strerror}", err=True)
        raise typer.Exit(USAGE) from error


def _progress() -> bool:
    return sys.stderr.isatty()


@contextmanager
def _failures() -> Iterator[None]:
    """One clear line and an exit code for every failure a person can act on."""
    from pydantic import ValidationError  # 0.1 s; help does not pay it

    from retrieval.parse.errors import UnreadableDocument
    from service.errors import ThroughlineError

    try:
        yield
    except UnreadableDocument as error:
        typer.echo(error.reason, err=True)
        raise typer.Exit(UNREADABLE) from error
    except ValidationError as error:
        first = error.errors()[0]
        typer.echo(f"THROUGHLINE_{str(first['loc'][0]).upper() if first['loc'] else '?'}: {first['msg']}", err=True)
        raise typer.Exit(USAGE) from error
    except ThroughlineError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


if __name__ == "__main__":
    app()
