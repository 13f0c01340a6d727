"""`trackerd`: reads the arguments, runs the daemon or a tool, and says by its exit code how it ended."""

import argparse
import asyncio
import contextlib
import random
import sys
from pathlib import Path
from typing import Any

from shared.addresses import shown_address
from shared.clock import SystemClock
from shared.errors import Coded
from shared.exit_codes import Exit, exit_of
from shared.names import shown
from shared.tracker_info import format_pin
from shared.trust.identity import raw_public
from trackerd import daemon
from trackerd.config import Settings, load
from trackerd.identity_files import (
    IDENTITY_FILE,
    check_pin,
    ensure_pin,
    load_or_make_keys,
    make_folder,
    only_one,
    read_info,
)
from trackerd.said import start_log


def main(argv: list[str] | None = None) -> int:
    """The program's exit code (docs/protocol.md has the list)."""
    argv = sys.argv[1:] if argv is None else argv
    is_init = argv[:1] == ["init"]
    typed = _parse(argv[1:] if is_init else argv, is_init=is_init)
    config, is_check = typed.pop("config"), typed.pop("check")
    try:
        settings = load(config, typed)
        start_log(settings.log_format, settings.log_level)
        if is_init:
            return _init(settings)
        if is_check:
            return _check(settings)
        asyncio.run(daemon.run(settings, lambda: load(config, typed), SystemClock(), random.SystemRandom()))
    except (Coded, OSError) as error:
        sys.stderr.write(f"trackerd: {shown(_worded(error))}\n")
        return exit_of(error)
    return Exit.OK


def _parse(argv: list[str], *, is_init: bool) -> dict[str, Any]:
    """By the names that the settings have in their file. Ends the program, code 2, for what is wrong."""
    parser = argparse.ArgumentParser(
        prog="trackerd init" if is_init else "trackerd",
        description="Makes the tracker's identity, and writes its pin into the file."
        if is_init
        else "Runs one tracker of a network. `trackerd init` only makes its identity.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "tracker_info", nargs="?", metavar="TRACKER_INFO_FILE", help="all trackers, one a line"
    )
    parser.add_argument("number", nargs="?", type=int, metavar="NUMBER", help="this tracker's line, from 1")
    parser.add_argument("--data", metavar="DIR", help="where its keys and its store lie")
    parser.add_argument("--config", type=Path, metavar="FILE", help="TOML with these options as keys")
    parser.add_argument("--check", action="store_true", help="only say whether it could start")
    parser.add_argument("--log-format", choices=("text", "json"))
    parser.add_argument("--log-level", choices=("debug", "info", "warning", "error"))
    parser.add_argument(
        "--stop-at-eof", action="store_true", default=None, help="stop when standard input ends"
    )
    parser.add_argument("--penalise-loopback", action="store_true", default=None, help="for tests")
    typed = vars(parser.parse_intermixed_args(argv))
    if typed["config"] is None and typed["number"] is None:
        parser.error("it takes the tracker info file and the number of a line in it")
    for name in ("log_format", "log_level", "stop_at_eof", "penalise_loopback"):
        typed[name.replace("_", "-")] = typed.pop(name)
    return typed


def _init(settings: Settings) -> int:
    """Prints the line of this tracker, which everybody's file needs."""
    path, number = settings.tracker_info, settings.number
    read_info(path, number)  # nothing is made for a file that is wrong
    make_folder(settings.data)
    is_there = (settings.data / IDENTITY_FILE).exists()
    with contextlib.nullcontext() if is_there else only_one(settings.data):
        pin = raw_public(load_or_make_keys(settings.data).t)
    line = ensure_pin(path, number, pin).line
    if line.pin is None:
        sys.stderr.write(f"trackerd: {path} may not be written; let somebody put this line into it:\n")
    sys.stdout.write(f"{shown_address(line.host, line.port)} {format_pin(pin)}\n")
    return Exit.OK


def _check(settings: Settings) -> int:
    """Changes nothing."""
    path, number = settings.tracker_info, settings.number
    _, info, line = read_info(path, number)
    if (settings.data / IDENTITY_FILE).exists():
        check_pin(path, number, info, raw_public(load_or_make_keys(settings.data).t))
    address = shown_address(line.host, line.port)
    sys.stdout.write(f"tracker {number} of {len(info.lines)} on {address}: all right\n")
    return Exit.OK


def _worded(error: Coded | OSError) -> str:
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror


if __name__ == "__main__":
    sys.exit(main())
