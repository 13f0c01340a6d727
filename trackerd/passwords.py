"""Passwords, hashed with argon2id off the loop: few at a time, in a queue that strangers cannot fill."""

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import argon2
import msgspec

from shared.errors import Busy, WeakPassword
from shared.limits import (
    PASSWORD_BYTES_MAX,
    PASSWORD_CHARS_MAX,
    PASSWORD_CHARS_MIN,
    PASSWORD_QUEUE_MAX,
    PASSWORD_THREADS,
)

T = TypeVar("T")


class Argon2(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one hash costs; as it is, 162 ms. A hash that cost something else is renewed at the next login."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 1
    """More than one spoils the throughput of two threads on two cores."""


def check_new_password(password: str) -> None:
    normal = _normal(password)
    if (
        not PASSWORD_CHARS_MIN <= len(normal) <= PASSWORD_CHARS_MAX
        or len(normal.encode()) > PASSWORD_BYTES_MAX
    ):
        raise WeakPassword


class Passwords:
    def __init__(self, cost: Argon2) -> None:
        self._hasher = argon2.PasswordHasher(cost.passes, cost.memory_kib, cost.lanes)
        self._threads = ThreadPoolExecutor(PASSWORD_THREADS, "argon2")
        self._queued = 0
        self._nobody = self._hasher.hash("nobody's")

    async def hash(self, password: str, *, is_suspect: bool = False) -> str:
        """Raises Busy. `is_suspect`: it comes from where there were failures, and gets half of the queue."""
        return await self._queue(is_suspect, self._hasher.hash, _normal(password))

    async def verify(self, stored: str, password: str, *, is_suspect: bool = False) -> bool:
        """As hash(). With nothing stored it takes as long, and says no."""
        return await self._queue(is_suspect, self._verify, stored, _normal(password))

    def is_outdated(self, stored: str) -> bool:
        """Whether it was made at another cost than is asked for now."""
        return self._hasher.check_needs_rehash(stored)

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)

    async def _queue(self, is_suspect: bool, work: Callable[..., T], *values: str) -> T:
        if self._queued >= (PASSWORD_QUEUE_MAX // 2 if is_suspect else PASSWORD_QUEUE_MAX):
            raise Busy(retry_after_s=5)
        self._queued += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, *values)
        finally:
            self._queued -= 1

    def _verify(self, stored: str, password: str) -> bool:
        try:
            self._hasher.verify(stored or self._nobody, password)
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return False
        return bool(stored)


def _normal(password: str) -> str:
    """One password, however a keyboard composes its letters."""
    return unicodedata.normalize("NFC", password)
