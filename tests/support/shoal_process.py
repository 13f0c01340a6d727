"""A real `shoal console --json`, driven as its user would: one line typed, one answer read."""

import contextlib
import json
import queue
import shlex
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.support.waiting import LONG_S

ROOT = Path(__file__).parents[2]
FREE_S_MAX = 10.0
"""A prompt that answers later waits for something. How fast it really is, `./dev bench prompt` says."""


class RefusedAnswer(AssertionError):
    """`shoal` said no. In a test that expects it, `code` says which no."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__(answer)
        self.code: str = answer["error"]["code"]
        self.message: str = answer["error"]["message"]


class ShoalProcess:
    def __init__(
        self,
        home: Path,
        tracker_file: Path | None,
        *arguments: str,
        listen: str = "127.0.0.1:0",
        prefix: tuple[str, ...] = (),
    ) -> None:
        """`prefix` is what the command line begins with, to run it on another host."""
        self.home = home
        home.mkdir(parents=True, exist_ok=True)
        self.downloads = home / "downloads"
        self.downloads.mkdir(exist_ok=True)
        self._argv = [
            *(*prefix, sys.executable, "-m", "desktop", "console"),
            *((listen, str(tracker_file)) if tracker_file else ()),
            *("--profile", str(home / "profile"), "--download-dir", str(self.downloads), "--json"),
            *("--log-level", "info", *arguments),
        ]
        self.events: list[dict[str, Any]] = []
        self.listen = ""
        self.start()

    def start(self) -> None:
        """Also after kill(): the same profile, a new process."""
        self.log = (self.home / "log").open("ab")
        self.process = subprocess.Popen(
            self._argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, cwd=ROOT
        )
        self._answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._heard = threading.Condition()
        self._reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self._reader.start()
        self.listen = str(self.event("ready")["listen"])

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        answers = self._answers
        for raw in process.stdout:
            said = json.loads(raw)
            if "event" in said:
                with self._heard:
                    self.events.append(said)
                    self._heard.notify_all()
            else:
                answers.put(said)
        answers.put(None)

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def answer(self, seconds_max: float = LONG_S) -> dict[str, Any]:
        answer = self._answers.get(timeout=seconds_max)
        assert answer is not None, f"shoal ended: {(self.home / 'log').read_text()[-2000:]}"
        return answer

    def do(self, *words: str, seconds_max: float = LONG_S) -> dict[str, Any]:
        """Types one command, quoted as a person would, and gives its result. Raises RefusedAnswer."""
        self.say(shlex.join(words))
        answer = self.answer(seconds_max)
        assert answer["command"] == words[0], answer
        if not answer["ok"]:
            raise RefusedAnswer(answer)
        result: dict[str, Any] = answer["result"]
        return result

    def refused(self, *words: str) -> str:
        """The code with which these words are refused."""
        try:
            result = self.do(*words)
        except RefusedAnswer as refused:
            return refused.code
        raise AssertionError(f"{words} should have been refused, and gave {result}")

    def event(self, kind: str, /, seconds_max: float = LONG_S, **fields: object) -> dict[str, Any]:
        """The first event of that kind with these fields, waiting for it where it has not come yet."""

        def found() -> dict[str, Any] | None:
            for event in self.events:
                if event["event"] == kind and fields.items() <= event.items():
                    return event
            return None

        with self._heard:
            assert self._heard.wait_for(lambda: found() is not None, seconds_max), (kind, fields, self.events)
            event = found()
        assert event is not None
        return event

    def join(self, user: str, password: str = "long enough") -> None:
        """Makes the account and logs in."""
        self.do("create_user", user, password)
        self.do("login", user, password)

    def eventually_logs_in(self, user: str, password: str = "long enough") -> None:
        """To an account, or with a password, of which its tracker is still to hear."""
        end = time.monotonic() + LONG_S
        while True:
            self.say(shlex.join(["login", user, password]))
            answer = self.answer()
            if answer["ok"]:
                return
            assert answer["error"]["code"] == "wrong_login", answer
            assert time.monotonic() < end, answer
            time.sleep(0.2)

    def eventually(self, *words: str, until: Any, seconds_max: float = LONG_S) -> dict[str, Any]:
        """Repeats a question until `until(result)`; for what travels through push and poll."""
        end = time.monotonic() + seconds_max
        while True:
            result = self.do(*words)
            if until(result):
                return result
            assert time.monotonic() < end, (words, result)
            time.sleep(0.05)

    def eventually_refuses(self, *words: str) -> str:
        """The code with which these words are refused, once they are; as eventually()."""
        end = time.monotonic() + LONG_S
        while True:
            try:
                result = self.do(*words)
            except RefusedAnswer as refused:
                return refused.code
            assert time.monotonic() < end, (words, result)
            time.sleep(0.05)

    def completes(self, id_: int) -> None:
        """Waits for that download to be complete."""
        ended = self.do("wait", str(id_), "300", seconds_max=300 + LONG_S)["downloads"]
        assert ended == [{"id": id_, "state": "C"}]

    def names(self, group: str) -> list[str]:
        return [file["name"] for file in self.do("list_files", group)["files"]]

    def kill(self) -> None:
        """As kill -9 does: no goodbye."""
        self.process.kill()
        self._ended()

    def stop(self) -> int:
        """`quit`, and its exit code."""
        if self.process.poll() is None:
            self.say("quit")
        try:
            self.process.wait(LONG_S)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGABRT)
            raise
        finally:
            code = self._ended()
        return code

    def _ended(self) -> int:
        code = self.process.wait()
        self._reader.join()
        for pipe in (self.process.stdin, self.process.stdout, self.log):
            assert pipe is not None
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        return code

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            if kind is None:
                self.stop()
            else:
                self.kill()


def founded(owner: ShoalProcess, group: str, *members: tuple[ShoalProcess, str]) -> None:
    """`owner` (logged in) makes the group; each of `members` (logged in, with its user name) is let in."""
    owner.do("create_group", group)
    for member, user in members:
        member.do("join_group", group)
        owner.do("accept_request", group, user)
        member.event("accepted", group=group)
