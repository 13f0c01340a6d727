"""Shoal for benches that compare several programs in turns (BENCH_DRIVERS names this folder).

Every node is a prompt, a real process. The first seed makes the group, and its node runs the tracker too,
whose few messages go through that node's caps; the other seeds share the same bytes. The clock runs from the
moment `download_file` is typed until `wait` says that it is complete: verified by both hashes, and published.
"""

import json
import shlex
import time
from pathlib import Path
from typing import Any

from core import Driver as Base  # type: ignore[import-not-found]
from core import Node, Proc

ROOT = Path(__file__).parents[3]
PYTHON = str(ROOT / ".venv/bin/python")
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}
PASSWORD = "long enough"
GROUP = "bench"
READY_S_MAX = 60
SEEN_AGAIN_S = 0.05
LOOKED_AT_S = 2.0
"""The files of the group, before one is chosen."""
CAME_IN_VAIN: list[int] = []
"""Bytes of pieces that each leech was sent and had no use for."""


def do(proc: Proc, *words: str, seconds_max: float = 120) -> dict[str, Any]:
    proc.say(shlex.join(words))
    line = proc.expect('{"ok"', seconds_max)
    assert line, proc.log.read_text()[-2000:]
    answer: dict[str, Any] = json.loads(line)
    assert answer["ok"], answer
    result: dict[str, Any] = answer["result"]
    return result


def started(node: Node, ready: str, log: str, *argv: object) -> Proc:
    proc = Proc(node, [PYTHON, "-m", *argv], env=ENVIRONMENT, log=node.dir / log)
    assert proc.expect(ready, READY_S_MAX), proc.log.read_text()[-2000:]
    return proc


class Driver(Base):  # type: ignore[misc]
    def start_seed(self, node: Node, meta: object, src: Path) -> Proc:
        """The first one, with the tracker, or one more."""
        if not hasattr(self, "owner"):
            self.tracker_file = node.dir / "tracker_info.txt"
            self.tracker_file.write_text(f"{node.ip}:{node.port + 1000}\n")
            argv = ("trackerd", "--data", node.dir / "tracker", self.tracker_file, "1")
            tracker = started(node, "trackerd 1 ready", "trackerd.log", *argv)
            self.owner, self.seeds = self._prompt(node), 0
            do(self.owner, "create_group", GROUP)
            stop = self.owner.stop
            self.owner.stop = lambda: (stop(), tracker.stop())
            seed = self.owner
        else:
            seed = self._member(node)
        do(seed, "upload_file", str(src), GROUP)
        self.seeds += 1
        return seed

    def start_leech(self, node: Node, meta: object, src: Path, peers: list[Node]) -> Proc:
        leech = self._member(node)
        while self._sharers(leech, src) < self.seeds:
            time.sleep(SEEN_AGAIN_S)
        time.sleep(LOOKED_AT_S)
        leech.command = shlex.join(("download_file", GROUP, src.name, f"{node.dir}/"))
        return leech

    def go(self, proc: Proc) -> None:
        proc.began = time.monotonic()
        proc.say(proc.command)
        proc.say("wait")

    def wait(self, proc: Proc, timeout: float) -> float | None:
        line = proc.expect('{"ok":true,"command":"wait"', timeout)
        took = time.monotonic() - proc.began
        if line:
            CAME_IN_VAIN.append(do(proc, "status")["wasted"])
        return took if line else None

    def _prompt(self, node: Node) -> Proc:
        argv = (
            "desktop",
            "console",
            node.addr,
            self.tracker_file,
            "--json",
            "--profile",
            node.dir / "profile",
        )
        proc = started(node, '{"event":"ready"', "shoal.log", *argv)
        do(proc, "create_user", f"user {node.ip} {node.port}", PASSWORD)
        do(proc, "login", f"user {node.ip} {node.port}", PASSWORD)
        return proc

    def _member(self, node: Node) -> Proc:
        proc = self._prompt(node)
        do(proc, "join_group", GROUP)
        do(self.owner, "accept_request", GROUP, f"user {node.ip} {node.port}")
        assert proc.expect('{"event":"accepted"', READY_S_MAX), proc.log.read_text()[-2000:]
        return proc

    @staticmethod
    def _sharers(proc: Proc, src: Path) -> int:
        """Users online who share it, as this one sees them."""
        files = do(proc, "list_files", GROUP)["files"]
        return sum(file["online"] for file in files if file["name"] == src.name)
