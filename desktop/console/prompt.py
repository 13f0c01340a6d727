"""The source system's prompt: reads lines from a terminal or a pipe, runs them one after another, answers.

Nothing that is typed or received ends it. Answers go to standard output, one line a command under
--json; the log has standard error.
"""

import asyncio
import contextlib
import json
import logging
import os
import sys
import threading
from collections.abc import AsyncIterator
from typing import TextIO

import msgspec

from desktop.console import happenings
from desktop.console.actions import Actions
from desktop.console.acts.answers import Answer
from desktop.console.commands import Call, parse
from desktop.engine import events
from desktop.engine.engine import Engine
from desktop.wording import sentence
from shared.errors import Coded, DiskError, Internal, ShoalError, Usage
from shared.names import shown

log = logging.getLogger(__name__)
LINE_BYTES_MAX = 64 * 1024
READ_BYTES = 64 * 1024
LINES_WAITING_MAX = 64
NOT_FOR_THE_PROMPT = (
    events.LoggedIn,
    events.LoggedOut,
    events.GroupsChanged,
    events.FilesChanged,
    events.ShareProgress,
    events.DownloadProgress,
    events.PinMet,
    events.NetworkChanged,
)
"""What only the window wants to hear of; the prompt's list is closed (docs/console.md)."""


async def lines(fd: int) -> AsyncIterator[bytes]:
    """The lines of `fd` without their ends; the last one may lack it. A line of LINE_BYTES_MAX was cut.

    Reads in a thread with os.read: it works on terminals, pipes and files alike, and a thread that is
    blocked in it does not hold up the end of the program.
    """
    loop = asyncio.get_running_loop()
    waiting: asyncio.Queue[bytes | None] = asyncio.Queue()
    room = threading.Semaphore(LINES_WAITING_MAX)

    def put(line: bytes | None) -> None:
        room.acquire()
        loop.call_soon_threadsafe(waiting.put_nowait, line)

    def read() -> None:
        rest = b""
        with contextlib.suppress(RuntimeError):  # the loop ended meanwhile
            with contextlib.suppress(OSError):  # the terminal is gone: as good as its end
                while block := os.read(fd, READ_BYTES):
                    *whole, rest = (rest + block).split(b"\n")
                    for line in whole:
                        put(line[:LINE_BYTES_MAX])
                    rest = rest[:LINE_BYTES_MAX]
            if rest:
                put(rest)
            put(None)

    threading.Thread(target=read, name="stdin", daemon=True).start()
    while (line := await waiting.get()) is not None:
        room.release()
        yield line


class Prompt:
    def __init__(self, engine: Engine, out: TextIO, *, json: bool, interactive: bool) -> None:
        self._engine, self._actions = engine, Actions(engine)
        self._out = out
        self._json = json
        self._interactive = interactive
        self._is_heard = True
        """False once nobody reads the answers any more."""

    async def run(self, fd: int = 0) -> None:
        """Until `quit`, the end of input, or the end of whoever reads the answers."""
        self._invite()
        async for raw in lines(fd):
            if not await self._line(raw) or not self._is_heard:
                return
            self._invite()

    def tell(self, event: events.Event) -> None:
        """Prints an event that nobody asked for: to a program always, to a person only at a terminal."""
        if isinstance(event, NOT_FOR_THE_PROMPT):
            return
        is_known = isinstance(event, events.FileAdded) and event.user == self._engine.user
        if self._json:
            self._print_json(event)
        elif self._interactive and not is_known:
            self._print(f"\r* {shown(happenings.line(event))}")
            self._invite()

    async def _line(self, raw: bytes) -> bool:
        """Answers one line; False ends the prompt."""
        if self._json and not raw.strip():
            return True
        call: Call | None = None
        try:
            call = parse(_decoded(raw), backslash_is_plain=sys.platform == "win32")
            if call.command.word == "quit":
                self._answer("quit", Answer(["bye"]))
                return False
            self._answer(call.command.word, await self._actions.run(call))
        except ShoalError as error:
            self._refuse(call, error)
        except OSError as error:  # of the profile's own files
            self._refuse(call, DiskError(sentence(error)))
        except Exception:  # a bug: one command fails, the session and its transfers go on
            log.exception("a command failed")
            self._refuse(call, Internal())
        return True

    def _answer(self, word: str, answer: Answer) -> None:
        if self._json:
            self._print_json({"ok": True, "command": word, "result": answer.result})
        else:
            self._print("\n".join(answer.lines))

    def _refuse(self, call: Call | None, error: ShoalError) -> None:
        word = call.command.word if call else ""
        code = error.code if isinstance(error, Coded) else "internal"
        message = shown(sentence(error, word, **(call.arguments if call else {})))
        if self._json:
            self._print_json({"ok": False, "command": word, "error": {"code": code, "message": message}})
        else:
            self._print(f"error: {message}")

    def _invite(self) -> None:
        if self._interactive and not self._json:
            self._write("> ")

    def _print_json(self, value: object) -> None:
        # Not msgspec's: a path that is not UTF-8 has lone surrogates, and it refuses them.
        self._print(json.dumps(msgspec.to_builtins(value), ensure_ascii=False, separators=(",", ":")))

    def _print(self, text: str) -> None:
        self._write(text + "\n")

    def _write(self, text: str) -> None:
        try:
            self._out.write(text)
            self._out.flush()
        except OSError:  # a closed pipe, a full disk
            self._is_heard = False
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._out.fileno())  # what still comes goes there
            os.close(nowhere)


def _decoded(raw: bytes) -> str:
    if len(raw) >= LINE_BYTES_MAX:
        raise Usage(f"the line is too long: at most {LINE_BYTES_MAX} bytes")
    try:
        return raw.removesuffix(b"\r").decode("utf-8")
    except UnicodeDecodeError as error:
        raise Usage("the line is not UTF-8 text") from error
