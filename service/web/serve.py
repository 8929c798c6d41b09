"""Running the server: everything built once, in order, and let go in reverse.

Owns: the data folder's lock, the file that tells the command line where the server is, the printed
address. Must not know: routes.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from corpora.load import load_strategies
from retrieval.parse.limits import DEFAULT_LIMITS, ParseLimits
from service.errors import ThroughlineError
from service.jobs import Jobs, MakeEngine
from service.lockfile import owned
from service.pipeline import Workshop
from service.store.credentials import Credential
from service.store.house import House, open_house
from service.store.workspaces import LOCAL
from service.web.app import create_app
from service.web.services import Services

log = logging.getLogger(__name__)

#: In the data folder, mode 0600: address, key and process of the running server.
ADDRESS_FILE = "server.json"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_GRACE_SECONDS = 5


class PortInUse(ThroughlineError):
    """Another program listens there."""

    status = 409


@dataclass(frozen=True, slots=True)
class ServerPlan:
    """Where to serve and from what.

    Attributes:
        data: folder of database, originals and index.
        host: address to bind to; other than loopback only behind something that guards it.
        port: 0 picks a free one.
        public_host: the host name people open, where it is not `host` (a container's published port).
        hosts: further host names the server answers to.
        database_url: Postgres instead of SQLite in the folder.
        chroma: `host:port` of a Chroma server instead of the folder.
        limits: what a file may ask of the parser.
        model_provider: named on the page, where a model engine is set up.
        plans_at_once: plans written at the same time.
        evaluation: results of the evaluation to show, where they do not lie in the usual place.
        shared: people sign in; no token is printed and no key is written.
        https: people reach the server over https.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 8321
    public_host: str | None = None
    hosts: tuple[str, ...] = ()
    database_url: str | None = None
    chroma: str | None = None
    limits: ParseLimits = field(default=DEFAULT_LIMITS)
    model_provider: str | None = None
    plans_at_once: int = 1
    evaluation: Path | None = None
    shared: bool = False
    https: bool = False


def run_server(
    plan: ServerPlan, workshop: Workshop, engines: Mapping[str, MakeEngine], announce: Callable[[str], None]
) -> None:
    """Serve until told to stop; once it listens, `announce` is given the address, with a one-time token in local mode.

    Args:
        plan: Where and from what.
        workshop: Models and library, built.
        engines: What builds an engine for a plan, by name; the first is the default.
        announce: Usually prints.

    Raises:
        service.store.errors.FolderInUse: another process owns the data folder.
        PortInUse: another program listens on the port.
    """
    # Told to stop, uvicorn ends in good order and raises the signal again: it must unwind, not end the process.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), ExitStack() as stack:
        stack.enter_context(owned(plan.data))
        listener = stack.enter_context(_listening(plan.host, plan.port))
        house = open_house(plan.data, workshop.embedder, plan.database_url, plan.chroma)
        stack.callback(house.close)
        house.sweep()
        jobs = Jobs(house, workshop, engines, plan.plans_at_once)
        jobs.open(plan.data / "jobs.sqlite3")
        stack.callback(jobs.close)
        services = Services(
            house=house,
            jobs=jobs,
            workshop=workshop,
            samples=load_strategies(),
            hosts=_LOOPBACK | {plan.host, *plan.hosts, *([plan.public_host] if plan.public_host else [])},
            limits=plan.limits,
            model_provider=plan.model_provider,
            evaluation=plan.evaluation,
            shared=plan.shared,
            https=plan.https,
        )
        address = f"http://{_shown_host(plan)}:{listener.getsockname()[1]}"
        key = None if plan.shared else house.credentials.issue(Credential.key, LOCAL, only=True)
        stack.enter_context(_written(plan.data / ADDRESS_FILE, address, key))
        announce(_entrance(plan, address, house))
        _serve(services, listener)


def _entrance(plan: ServerPlan, address: str, house: House) -> str:
    """What a person opens first."""
    if plan.shared:
        return f"{address}/sign-in"
    return f"{address}/?token={house.credentials.issue(Credential.entry, LOCAL, only=True)}"


def _shown_host(plan: ServerPlan) -> str:
    """A host name that a browser can open: the wildcard addresses are none."""
    return plan.public_host or ("127.0.0.1" if plan.host in ("0.0.0.0", "::") else plan.host)


def _serve(services: Services, listener: socket.socket) -> None:
    config = uvicorn.Config(
        create_app(services),
        log_level="warning",
        access_log=False,  # it would hold the one-time token
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen()  # from now on requests wait instead of being refused
        except OSError as error:
            raise PortInUse(f"{host}:{port} cannot be listened on ({error.strerror}); choose another port.") from error
        yield listener


@contextmanager
def _written(path: Path, address: str, key: str | None) -> Iterator[None]:
    """The address file, readable by its owner alone from its first byte on; shared mode has no key for it."""
    path.unlink(missing_ok=True)
    content = json.dumps({"address": address, **({"key": key} if key else {}), "pid": os.getpid()})
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(content)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
