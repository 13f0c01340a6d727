"""Which of several trackers answers first, in their order; and why another one did not."""

import asyncio
import errno
import socket
import ssl
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Protocol, TypeVar

from desktop.wording import LOST, sentence
from shared.errors import Coded, PinMismatch
from shared.limits import TRACKER_HEAD_START_S


class Closable(Protocol):
    def close(self) -> None: ...


_NO_WAY = {
    None,  # one error for several addresses
    errno.ENETUNREACH,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    errno.EHOSTDOWN,
    errno.EADDRNOTAVAIL,
}
L = TypeVar("L", bound=Closable)
C = TypeVar("C")
Spawn = Callable[[Coroutine[Any, Any, L | None]], asyncio.Task[L | None]]


async def first_of(
    candidates: Iterable[C], reach: Callable[[C], Coroutine[Any, Any, L | None]], spawn: Spawn[L]
) -> tuple[L, C] | None:
    """The link that `reach` brought, and to whom. What comes of the others is closed."""
    reaching: dict[asyncio.Task[L | None], C] = {}
    try:
        for candidate in candidates:
            reaching[spawn(reach(candidate))] = candidate
            if found := await _answered(reaching, TRACKER_HEAD_START_S):
                return found
        while reaching:
            if found := await _answered(reaching, None):
                return found
    finally:
        for task in reaching:
            task.cancel()
            task.add_done_callback(_close)
    return None


async def _answered(reaching: dict[asyncio.Task[L | None], C], within_s: float | None) -> tuple[L, C] | None:
    """None once one of them has failed, or the time is over."""
    done, _ = await asyncio.wait(reaching, timeout=within_s, return_when=asyncio.FIRST_COMPLETED)
    for task in [task for task in reaching if task in done]:
        candidate = reaching.pop(task)
        if link := task.result():
            return link, candidate
    return None


def _close(task: asyncio.Task[L | None]) -> None:
    if not task.cancelled() and not task.exception() and (link := task.result()):
        link.close()


def why_not(error: Exception | None) -> str:
    """Why a tracker was lost or could not be reached, in a few words."""
    match error:
        case None:
            return LOST["ended"]
        case ConnectionRefusedError():
            return LOST["refused"]
        case TimeoutError():
            return LOST["silent"]
        case ssl.SSLCertVerificationError() | PinMismatch():
            return LOST["other_key"]
        case socket.gaierror() | UnicodeError():
            return LOST["unknown"]
        case ConnectionError():
            return LOST["broken"]
        case OSError(errno=number) if number in _NO_WAY:  # whose text is asyncio's own
            return LOST["no_way"]
        case Coded() | OSError(strerror=str()):
            return sentence(error)
        case _:
            return str(error) or type(error).__name__
