"""No test reaches beyond this machine."""

from __future__ import annotations

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_an_address_outside_is_refused():
    # The plugin warns before it raises, and warnings are errors here.
    with socket.socket() as probe, pytest.raises((SocketConnectBlockedError, UserWarning), match=r"192\.0\.2\.1"):
        probe.connect(("192.0.2.1", 80))


def test_loopback_is_open():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as probe:
        probe.connect(server.getsockname())
