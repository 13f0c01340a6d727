"""syncthing with a folder to give and one to take, on loopback: what `small` is compared with.

All but the way between the two is off: discovery, relays, crash reports, upgrades. TLS 1.3 and SHA-256 stay.
"""

import json
import os
import subprocess
import time
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench.stage import is_same, size_of, warm
from tests.support.tracker import free_port

FOLDER = "bench"
OPTIONS = {
    "globalAnnounceEnabled": "false",
    "localAnnounceEnabled": "false",
    "relaysEnabled": "false",
    "natEnabled": "false",
    "urAccepted": "-1",
    "crashReportingEnabled": "false",
    "startBrowser": "false",
    "reconnectionIntervalS": "1",
    "setLowPriority": "false",
    "autoUpgradeIntervalH": "0",
}


class Syncthing:
    """One side."""

    def __init__(self, home: Path, folder: Path, *, is_giver: bool, syncs: bool) -> None:
        """`syncs`: to the disk, before it says that a file is there (its default)."""
        self.folder = folder
        self._home = home
        self._kind = "sendonly" if is_giver else "receiveonly"
        self._syncs = syncs
        self._gui, self.port = free_port(), free_port()
        (folder / ".stfolder").mkdir(parents=True, exist_ok=True)  # or it takes the folder for lost
        self._command("generate", "--no-default-folder")
        self.id = self._command("--device-id")

    @contextmanager
    def running(self, other: "Syncthing") -> Iterator[None]:
        """The taker's folder is paused at first, so that all is scanned before the clock starts."""
        self._configure(other)
        process = subprocess.Popen(
            ["syncthing", f"--home={self._home}", "--no-browser", "--no-restart", "--no-upgrade"],
            stdout=subprocess.DEVNULL,
            env=os.environ | {"STNODEFAULTFOLDER": "1", "STNOUPGRADE": "1"},
        )
        try:
            yield
        finally:
            self._ask("system/shutdown", {})
            process.wait(30)

    def has_scanned(self, size: int) -> bool:
        status = self._ask(f"db/status?folder={FOLDER}")
        return bool(status["state"] == "idle" and status["localBytes"] >= size)

    def is_linked(self) -> bool:
        return any(one["connected"] for one in self._ask("system/connections")["connections"].values())

    def has(self, files: int) -> bool:
        status = self._ask(f"db/status?folder={FOLDER}")
        return bool(status["state"] == "idle" and status["localFiles"] == files)

    def knows_of(self, files: int) -> bool:
        return bool(self._ask(f"db/status?folder={FOLDER}")["globalFiles"] == files)

    def go(self) -> None:
        self._ask(f"config/folders/{FOLDER}", {"paused": False}, "PATCH")

    def _command(self, *arguments: str) -> str:
        command = ["syncthing", *arguments, f"--home={self._home}"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def _configure(self, other: "Syncthing") -> None:
        path = self._home / "config.xml"
        tree = ET.parse(path)
        root = tree.getroot()
        for old in [*root.findall("folder"), *root.findall("device")]:
            root.remove(old)
        shared = ET.SubElement(
            root, "folder", id=FOLDER, path=str(self.folder), type=self._kind, fsWatcherEnabled="false"
        )
        for device, address in ((self, "dynamic"), (other, f"tcp://127.0.0.1:{other.port}")):
            ET.SubElement(shared, "device", id=device.id)
            known = ET.SubElement(root, "device", id=device.id, compression="never")
            ET.SubElement(known, "address").text = address
        ET.SubElement(shared, "paused").text = "false" if self._kind == "sendonly" else "true"
        ET.SubElement(shared, "disableFsync").text = "false" if self._syncs else "true"
        options = root.find("options")
        gui, key = root.find("gui/address"), root.find("gui/apikey")
        assert options is not None
        assert gui is not None
        assert key is not None
        for name, value in {"listenAddress": f"tcp://127.0.0.1:{self.port}", **OPTIONS}.items():
            for stale in options.findall(name):
                options.remove(stale)
            ET.SubElement(options, name).text = value
        gui.text, self._key = f"127.0.0.1:{self._gui}", str(key.text)
        tree.write(path)

    def _ask(self, what: str, body: object = None, method: str | None = None) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._gui}/rest/{what}",
            None if body is None else json.dumps(body).encode(),
            {"X-API-Key": self._key},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"{}")


class Took(NamedTuple):
    """Seconds until the taker says that nothing lacks."""

    from_go: float
    """Since its folder was let go: it hears what there is, too."""
    from_list: float
    """Since it knew of all that there is; by then it has some of it."""


def seconds_to_take(top: Path, source: Path, *, syncs: bool) -> Took:
    files, size = sum(one.is_file() for one in source.rglob("*")), size_of(source)
    giver = Syncthing(top / "giver", source, is_giver=True, syncs=syncs)
    taker = Syncthing(top / "taker", top / "taken", is_giver=False, syncs=syncs)
    warm(top, size)
    with giver.running(taker), taker.running(giver):
        _until(lambda: giver.has_scanned(size) and giver.is_linked() and taker.is_linked())
        began = time.monotonic()
        taker.go()
        _until(lambda: taker.knows_of(files))
        knew = time.monotonic()
        _until(lambda: taker.has(files))
        ended = time.monotonic()
    assert is_same(source, taker.folder)
    return Took(ended - began, ended - knew)


def _until(is_so: Callable[[], bool], seconds_max: float = 300) -> None:
    end = time.monotonic() + seconds_max
    while time.monotonic() < end:
        with suppress(OSError):  # it does not listen yet
            if is_so():
                return
        time.sleep(0.02)
    raise AssertionError("syncthing did not come so far")
