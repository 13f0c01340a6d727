"""What `trackerd WORD …` does for an administrator, beside the tracker or while it rests."""

import contextlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shared.addresses import shown_address
from shared.clock import SystemClock
from shared.errors import BadArgument
from shared.exit_codes import Exit
from shared.tracker_info import format_pin
from shared.trust.identity import raw_public
from trackerd.arguments import Typed
from trackerd.care import backup, digest, integrity
from trackerd.config import Place, Settings, load_place
from trackerd.identity_files import (
    IDENTITY_FILE,
    check_pin,
    ensure_pin,
    forget,
    load_or_make_keys,
    make_folder,
    only_one,
    read_info,
)
from trackerd.store.files import REMEDY

PROBLEMS_SHOWN_MAX = 20


def run(typed: Typed) -> Exit:
    """Raises Coded and OSError."""
    place = load_place(typed.config, typed.settings)
    return _TOOLS[typed.tool](place, typed.options)


def check(settings: Settings) -> Exit:
    """Whether a tracker could start so. Changes nothing."""
    path, number = settings.tracker_info, settings.number
    _, info, line = read_info(path, number)
    if (settings.data / IDENTITY_FILE).exists():
        check_pin(path, number, info, raw_public(load_or_make_keys(settings.data).t))
    _say(f"tracker {number} of {len(info.lines)} on {shown_address(line.host, line.port)}: all right")
    return Exit.OK


def _init(place: Place, _options: dict[str, Any]) -> Exit:
    """Prints the line of this tracker, which everybody's file needs."""
    path, number = _line_of(place)
    read_info(path, number)  # nothing is made for a file that is wrong
    make_folder(place.data)
    is_there = (place.data / IDENTITY_FILE).exists()
    with contextlib.nullcontext() if is_there else only_one(place.data):
        pin = raw_public(load_or_make_keys(place.data).t)
    line = ensure_pin(path, number, pin).line
    if line.pin is None:
        _warn(f"{path} may not be written; let somebody put this line into it:")
    _say(f"{shown_address(line.host, line.port)} {format_pin(pin)}")
    return Exit.OK


def _backup(place: Place, options: dict[str, Any]) -> Exit:
    path, rows, file_bytes = backup.back_up(place.data, options["out"], options["keep"], SystemClock())
    _say(f"{path}: {rows:,} row(s), {file_bytes:,} bytes, checked")
    return Exit.OK


def _restore(place: Place, options: dict[str, Any]) -> Exit:
    rows, newest_s, aside = backup.restore(place.data, options["from"], place.number, SystemClock())
    newest = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(newest_s))
    _say(f"{place.data}: {rows:,} row(s) restored, the newest of {newest}; the tracker may be started")
    if aside:
        _say(f"what was there before is {aside}")
    return Exit.OK


def _integrity(place: Place, _options: dict[str, Any]) -> Exit:
    found = integrity.look_over(place.data)
    if not found.problems:
        _say(f"{found.rows:,} row(s) of {found.logs:,} log(s): all right")
        return Exit.OK
    for problem in found.problems[:PROBLEMS_SHOWN_MAX]:
        _warn(problem)
    if len(found.problems) > PROBLEMS_SHOWN_MAX:
        _warn(f"and {len(found.problems) - PROBLEMS_SHOWN_MAX:,} more")
    _warn(f"the store in {place.data} is damaged: stop the tracker, {REMEDY}")
    return Exit.INTEGRITY


def _digest(place: Place, _options: dict[str, Any]) -> Exit:
    rows, sha256 = digest.digest(place.data)
    _say(f"{rows:,} live row(s) {sha256}")
    return Exit.OK


def _forget(place: Place, options: dict[str, Any]) -> Exit:
    path, own = _line_of(place)
    forgotten: int = options["forgotten"]
    line = forget(path, own, forgotten)
    who = f"tracker {forgotten} ({shown_address(line.host, line.port)})"
    _say(f"{who} is forgotten: its line in {path} is - now, and tracker {own} tells the others")
    return Exit.OK


_TOOLS: dict[str, Callable[[Place, dict[str, Any]], Exit]] = {
    "init": _init,
    "backup": _backup,
    "restore": _restore,
    "integrity": _integrity,
    "digest": _digest,
    "forget": _forget,
}


def _line_of(place: Place) -> tuple[Path, int]:
    if place.tracker_info is None or place.number is None:
        raise BadArgument("this needs TRACKER_INFO_FILE and NUMBER, or a --config that names them")
    return place.tracker_info, place.number


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _warn(text: str) -> None:
    sys.stderr.write(f"trackerd: {text}\n")
