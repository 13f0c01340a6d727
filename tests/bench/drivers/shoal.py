"""Shoal for a bench that moves one file with several programs in turns (BENCH_DRIVERS names this folder).

A tracker, a seeding and a downloading prompt, all real processes; the clock runs from the moment
`download_file` is typed until `wait` says that it is complete: verified by both hashes, and published.
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


def do(proc: Proc, *words: str, seconds_max: float = 120) -> dict[str, Any]:
    proc.say(shlex.join(words))
    line = proc.expect('{"ok"', seconds_max)
    assert line, proc.log.read_text()[-2000:]
    answer: dict[str, Any] = json.loads(line)
    assert answer["ok"], answer
    result: dict[str, Any] = answer["result"]
    return result


def prompt(node: Node, tracker_file: Path, user: str) -> Proc:
    proc = Proc(
        node,
        [
            PYTHON,
            "-m",
            "desktop",
            "console",
            node.addr,
            tracker_file,
            "--json",
            "--profile",
            node.dir / "profile",
        ],
        env=ENVIRONMENT,
        log=node.dir / "shoal.log",
    )
    assert proc.expect('{"event":"ready"', 30), proc.log.read_text()[-2000:]
    do(proc, "create_user", user, PASSWORD)
    do(proc, "login", user, PASSWORD)
    return proc


class Driver(Base):  # type: ignore[misc]
    def start_seed(self, node: Node, meta: object, src: Path) -> Proc:
        self.tracker_file = node.dir / "tracker_info.txt"
        self.tracker_file.write_text(f"{node.ip}:{node.port + 1000}\n")
        tracker = Proc(
            node,
            [PYTHON, "-m", "trackerd", "--data", node.dir / "tracker", self.tracker_file, "1"],
            env=ENVIRONMENT,
            log=node.dir / "trackerd.log",
        )
        assert tracker.expect("trackerd 1 ready", 30), tracker.log.read_text()[-2000:]
        self.seed = prompt(node, self.tracker_file, "seed")
        do(self.seed, "create_group", GROUP)
        do(self.seed, "upload_file", str(src), GROUP)
        stop = self.seed.stop
        self.seed.stop = lambda: (stop(), tracker.stop())
        return self.seed

    def start_leech(self, node: Node, meta: object, src: Path, peers: list[Node]) -> Proc:
        user = f"leech {node.ip} {node.port}"
        leech = prompt(node, self.tracker_file, user)
        do(leech, "join_group", GROUP)
        do(self.seed, "accept_request", GROUP, user)
        while not self._sees(leech, src):
            time.sleep(0.05)
        leech.command = shlex.join(("download_file", GROUP, src.name, f"{node.dir}/"))
        return leech

    @staticmethod
    def _sees(leech: Proc, src: Path) -> bool:
        leech.say(shlex.join(("list_files", GROUP)))
        line = leech.expect('{"ok"', 30)
        return line is not None and src.name in line

    def go(self, proc: Proc) -> None:
        proc.began = time.monotonic()
        proc.say(proc.command)
        proc.say("wait")

    def wait(self, proc: Proc, timeout: float) -> float | None:
        line = proc.expect('{"ok":true,"command":"wait"', timeout)
        return time.monotonic() - proc.began if line else None
