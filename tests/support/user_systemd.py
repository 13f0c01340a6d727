"""What stands for a user's systemd where none runs: `systemctl --user` that starts what a unit says, and
returns when that says that it is ready, and a `loginctl` that refuses.
"""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

_READY_S_MAX = 60.0


def install(folder: Path) -> dict[str, str]:
    """The environment in which it is the system's."""
    (folder / "bin").mkdir(parents=True)
    (folder / "run" / "systemd").mkdir(parents=True)
    (folder / "run" / "systemd" / "private").touch()
    for name in ("systemctl", "loginctl"):
        program = folder / "bin" / name
        program.write_text(f'#!/bin/sh\nexec {sys.executable} {__file__} {name} "$@"\n')
        program.chmod(0o755)
    return {
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }


def end(run: Path) -> None:
    """Whatever still runs, where a test failed."""
    for file in (run / "systemd").glob("*.service"):
        _stop(file)


def _start(running: Path) -> None:
    unit = Path(os.environ["XDG_CONFIG_HOME"], "systemd", "user", running.name).read_text()
    command = re.search("^ExecStart=(.*)$", unit, re.MULTILINE)
    assert command
    place = running.with_name("notify")
    place.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.bind(str(place))
        told.settimeout(_READY_S_MAX)
        process = subprocess.Popen(
            shlex.split(command[1]),
            env={"PATH": os.environ["PATH"], "NOTIFY_SOCKET": str(place)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=running.with_name("journal").open("ab"),
            start_new_session=True,
        )
        running.write_text(str(process.pid))
        while b"READY=1" not in told.recv(4096):
            pass


def _stop(running: Path) -> None:
    if running.exists():
        stat = Path(f"/proc/{running.read_text()}/stat")
        os.kill(int(stat.parent.name), signal.SIGTERM)
        while stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z":
            time.sleep(0.01)
        running.unlink()


def main(program: str, *words: str) -> None:
    folder = Path(os.environ["XDG_RUNTIME_DIR"], "systemd")
    running = folder / words[-1]
    with (folder / "said").open("a") as said:
        said.write(f"{program} {' '.join(words)}\n")
    match words:
        case ["--user", "enable", "--now", _]:
            if not running.exists():
                _start(running)
        case ["--user", "restart", _]:
            _stop(running)
            _start(running)
        case ["--user", "disable", "--now", _]:
            _stop(running)
        case ["--user", "daemon-reload"]:
            pass
        case _:
            sys.exit(f"{program}: refused")


if __name__ == "__main__":
    main(*sys.argv[1:])
