"""Passwords: hashed with argon2id, checked, and refused where they are too easy.

Owns: the hash, and that checking costs the same whether the account exists or not. Must not know:
accounts, sessions. A password is never logged and never leaves this file but as a hash.
"""

from __future__ import annotations

import threading
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from service.errors import ThroughlineError

SHORTEST, LONGEST = 12, 200
#: A hash takes 64 MiB, so only so many are worked on at once.
_AT_ONCE = 2


class WeakPassword(ThroughlineError):
    """The password can be guessed."""

    status = 422


class Passwords:
    """Hashes and checks; built once. Threads may share it."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._room = threading.BoundedSemaphore(_AT_ONCE)

    @cached_property
    def _nobody(self) -> str:
        """What the password of an address without an account is compared with."""
        return self._hasher.hash("a password that opens nothing")

    def hash(self, password: str, *about: str) -> str:
        """The hash to keep; `about` are words of the person that the password must not consist of.

        Raises:
            WeakPassword: it is too short, too long or too plain.
        """
        _check(password, about)
        with self._room:
            return self._hasher.hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether the password is the one kept; without a kept one the answer is no, after the same work."""
        with self._room:
            try:
                return self._hasher.verify(kept or self._nobody, password[: LONGEST + 1]) and bool(kept)
            except (VerificationError, InvalidHashError):
                return False

    def outdated(self, kept: str) -> bool:
        """Whether the hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(kept)


def _check(password: str, about: tuple[str, ...]) -> None:
    if len(password) < SHORTEST:
        raise WeakPassword(f"Choose a password of at least {SHORTEST} characters; a few words are good.")
    if len(password) > LONGEST:
        raise WeakPassword(f"Choose a password of at most {LONGEST} characters.")
    plain = password.casefold()
    if len(set(plain)) < 5 or any(one and plain in (one.casefold(), one.casefold() * 2) for one in about):
        raise WeakPassword("Choose a password that is harder to guess.")
