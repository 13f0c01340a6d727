"""Three people who do anything at any moment, and a tracker that is killed under them: nothing breaks.

On demand: SHOAL_LIFE_S is how long it lasts, SHOAL_LIFE_SEED what is done. Real processes on a real clock
make no two runs equal, so it is a search for bugs, and no gate.
"""

import hashlib
import os
import random
import re
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.shoal_process import RefusedAnswer, ShoalProcess
from tests.support.tracker import TrackerProcess

SECONDS = float(os.environ.get("SHOAL_LIFE_S", "0"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SECONDS, reason="a search: set SHOAL_LIFE_S=60 or more"),
]
PIECE = 524_288
SETTLED_S_MAX = 90
USERS = ("mira", "joao", "ada")
GROUPS = ("films", "Familie Ü", "work")
SIZES = (0, 1, 700, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 20 * PIECE + 5)
PASSWORD = "long enough"
NEVER = {"internal", "damaged", "unsupported", "version", "usage", "bad_name"}
TROUBLE = re.compile(r"Traceback|Warning: unclosed|ended by a bug|never awaited|never retrieved|CRITICAL")
known: set[bytes] = set()
"""What was ever in a file that somebody shared."""


class Person:
    def __init__(self, user: str, home: Path, tracker: TrackerProcess, lot: random.Random) -> None:
        self.user, self.home, self.lot = user, home, lot
        self.shoal = ShoalProcess(home, tracker.info_file)
        self.seen_complete: set[int] = set()
        self.done: list[str] = []
        """Every command, what came of it, and how long it took."""
        self.shoal.join(user)

    def does(self, *words: str) -> dict[str, object] | None:
        """None where it was refused, which is all right for nearly every reason."""
        began = time.monotonic()
        try:
            answer = self.shoal.do(*words)
            code = "ok"
        except RefusedAnswer as refused:
            if refused.code in NEVER and words[0] != "verify":  # what moved away is damaged to it
                raise
            answer, code = None, refused.code
        took = time.monotonic() - began
        self.done.append(f"{began:.2f} {self.user} {words} {code} {took:.2f}")
        return answer

    # what one may do

    def group(self) -> str:
        return self.lot.choice(GROUPS)

    def belongs(self) -> None:
        group = self.group()
        if self.does("create_group", group) is None:
            self.does("join_group", group)

    def lets_in(self) -> None:
        group = self.group()
        for request in (self.does("list_requests", group) or {}).get("requests", []):  # type: ignore[attr-defined]
            self.does(self.lot.choice(("accept_request",) * 4 + ("reject_request",)), group, request["user"])

    def governs(self) -> None:
        word = self.lot.choice(("leave_group", "withdraw_request", "remove_member", "transfer_group"))
        whom = () if word in ("leave_group", "withdraw_request") else (self.lot.choice(USERS),)
        self.does(word, self.group(), *whom)

    def makes(self, path: Path) -> None:
        content = self.lot.randbytes(self.lot.choice(SIZES))
        known.add(hashlib.sha1(content).digest())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def shares(self) -> None:
        number = self.lot.randrange(6)
        thing = self.home / "mine" / f"thing {number}"
        if number < 2:
            for inner in range(self.lot.choice((1, 5, 40))):
                self.makes(thing / f"{inner % 3}" / f"file {inner}.bin")
        elif not thing.exists() or self.lot.random() < 0.3:
            self.makes(thing)
        self.does("upload_file", str(thing), self.group())

    def shares_again(self) -> None:
        """Something downloaded, into another group."""
        there = [path for path in self.shoal.downloads.glob("*/*") if ".shoal-part" not in path.parts]
        if there:
            self.does("upload_file", str(self.lot.choice(there)), self.group())

    def file(self, group: str) -> str | None:
        names = [file["name"] for file in (self.does("list_files", group) or {}).get("files", [])]  # type: ignore[attr-defined]
        if not names:
            return None
        name = str(self.lot.choice(names))
        return name.split("/")[0] if self.lot.random() < 0.3 else name

    def downloads(self) -> None:
        group = self.group()
        if name := self.file(group):
            where = self.shoal.downloads / str(self.lot.randrange(12))
            if self.lot.random() < 0.9 and not where.exists():
                where.mkdir()
            self.does("download_file", group, name, str(where))

    def id(self) -> str:
        views = self.views()
        return str(self.lot.choice(views)["id"]) if views and self.lot.random() < 0.9 else "7"

    def handles(self) -> None:
        self.does(self.lot.choice(("pause", "resume", "resume", "cancel", "verify")), self.id())

    def waits(self) -> None:
        self.does("wait", "all", f"{self.lot.random():.2f}")

    def stops_sharing(self) -> None:
        group = self.group()
        if name := self.file(group):
            self.does("stop_share", group, name)

    def asks(self) -> None:
        group = self.group()
        for words in (["list_groups"], ["list_members", group], ["status"], ["devices"]):
            self.does(*words)

    def logs_out_and_in(self) -> None:
        self.does("logout", *(("--forget",) if self.lot.random() < 0.1 else ()))
        if self.lot.random() < 0.8:
            self.logs_in()

    def logs_in(self) -> None:
        self.does("login", self.user, PASSWORD)

    def revokes(self) -> None:
        for device in (self.does("devices") or {}).get("devices", []):  # type: ignore[attr-defined]
            if not device["revoked"] and self.lot.random() < 0.3:
                self.does("revoke_device", device["id"])

    def starts_again(self) -> None:
        if self.lot.random() < 0.5:
            assert self.shoal.stop() == 0
        else:
            self.shoal.kill()
        self.shoal.start()
        self.logs_in()

    def breaks_things(self) -> None:
        """A file that is shared, or a folder into which a download goes, is gone or another."""
        mine = [path for path in (self.home / "mine").rglob("*") if path.is_file()]
        if mine and self.lot.random() < 0.5:
            path = self.lot.choice(mine)
            if self.lot.random() < 0.5:
                path.unlink()
            else:
                self.makes(path)
        elif (there := sorted(self.shoal.downloads.iterdir())) and self.does("show_downloads") is not None:
            self.seen_complete.update(int(str(view["id"])) for view in self.views())
            gone = self.lot.choice(there).rename(self.home / f"gone {len(self.done)}")
            if gone.is_dir():
                shutil.rmtree(gone, ignore_errors=True)  # something may still come into it

    ACTS: tuple[tuple[int, Callable[["Person"], None]], ...] = (
        (8, belongs), (12, lets_in), (1, governs), (14, shares), (3, shares_again), (30, downloads),
        (14, handles), (8, waits), (3, stops_sharing), (6, asks), (3, logs_out_and_in), (4, logs_in),
        (1, revokes), (3, starts_again), (6, breaks_things),
    )  # fmt: skip

    def lives(self, until_s: float) -> None:
        weights, acts = zip(*self.ACTS, strict=True)
        while time.monotonic() < until_s:
            self.lot.choices(acts, weights)[0](self)
            if self.lot.random() < 0.2:
                self.looks_at_what_came()

    # what must be so

    def views(self) -> list[dict[str, object]]:
        return (self.does("show_downloads") or {}).get("downloads", [])  # type: ignore[return-value]

    def looks_at_what_came(self) -> None:
        for view in self.views():
            if view["state"] == "C" and view["id"] not in self.seen_complete:
                self.seen_complete.add(int(str(view["id"])))
                path = Path(str(view["path"]))
                assert path.exists(), (self.user, view)
                for file in [path] if path.is_file() else path.rglob("*"):
                    if file.is_file() and ".shoal-part" not in file.parts:
                        assert hashlib.sha1(file.read_bytes()).digest() in known, (view, file)

    def settles(self) -> None:
        """What can be had comes, once all is well again."""
        while self.does("login", self.user, PASSWORD) is None:
            time.sleep(1)
        for view in self.views():
            if view["state"] == "P":
                self.does("resume", str(view["id"]))

    def has_settled(self) -> list[dict[str, object]]:
        """What stands still though somebody has it."""
        stuck = []
        for view in self.views():
            if view["state"] != "D" or view["error"]:
                continue
            listed = (self.does("list_files", str(view["group"])) or {}).get("files", [])
            name = str(view["name"])
            for file in listed:  # type: ignore[attr-defined]
                is_it = file["name"].startswith(name) if name.endswith("/") else file["name"] == name
                if is_it and file["online"] > file["mine"]:
                    stuck.append(view)
                    break
        return stuck


def tracker_dies(tracker: TrackerProcess, lot: random.Random, until_s: float) -> None:
    while time.monotonic() < until_s:
        time.sleep(lot.uniform(2, 12))
        if lot.random() < 0.5:
            tracker.kill()
        else:
            tracker.stop()
        time.sleep(lot.choice((0, 0.5, 4, 8)))
        tracker.start()


@dataclass
class Crew:
    """Threads whose failures the test's own thread tells."""

    threads: list[threading.Thread] = field(default_factory=list)
    failures: list[BaseException] = field(default_factory=list)

    def runs(self, act: Callable[..., None], *arguments: object) -> None:
        def guarded() -> None:
            try:
                act(*arguments)
            except BaseException as error:  # noqa: BLE001
                self.failures.append(error)

        self.threads.append(threading.Thread(target=guarded))
        self.threads[-1].start()

    def join(self) -> None:
        for thread in self.threads:
            thread.join()
        if self.failures:
            raise self.failures[0]


def settled(people: list[Person]) -> None:
    for person in people:
        person.settles()
    end_s = time.monotonic() + SETTLED_S_MAX
    while any(stuck := [person.has_settled() for person in people]):
        assert time.monotonic() < end_s, stuck
        time.sleep(1)
    for person in people:
        person.looks_at_what_came()


def test_whatever_three_people_do_no_prompt_dies_and_no_byte_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = int(os.environ.get("SHOAL_LIFE_SEED", random.randrange(10**6)))
    print(f"SHOAL_LIFE_SEED={seed} SHOAL_LIFE_S={SECONDS:g}")  # noqa: T201
    monkeypatch.setenv("PYTHONDEVMODE", "1")
    crew = Crew()
    with TrackerProcess(tmp_path / "tracker") as tracker:
        people = [Person(user, tmp_path / user, tracker, random.Random(f"{seed} {user}")) for user in USERS]
        try:
            until_s = time.monotonic() + SECONDS
            for person in people:
                crew.runs(person.lives, until_s)
            crew.runs(tracker_dies, tracker, random.Random(seed), until_s)
            crew.join()
            settled(people)
        finally:
            for person in people:
                if person.shoal.process.poll() is None:
                    person.shoal.stop()
            done = sorted(line for person in people for line in person.done)
            (tmp_path / "done").write_text("\n".join(done))
    for person in people:
        log = (person.home / "log").read_text()
        found = TROUBLE.search(log)
        assert not found, log[max(0, found.start() - 1000) : found.start() + 5000]
        assert person.shoal.process.returncode == 0
