"""What may be typed after `trackerd`: a tracker to run, or first the word of a tool."""

import argparse
from pathlib import Path
from typing import Any, NamedTuple

TOOLS = {
    "init": "makes the tracker's identity, writes its pin into the file, prints its line",
    "backup": "copies its store into one file, also while it runs",
    "restore": "puts a backup in the place of its store, while it does not run",
    "integrity": "says whether its store is all right, also while it runs",
    "digest": "prints a hash of all that it knows, equal on trackers that are in step",
    "forget": "takes the trust from another tracker for ever",
}
NEED_THE_FILE = ("", "init", "forget")
_LISTED = "\n".join(f"  trackerd {tool:10} {does}" for tool, does in TOOLS.items())


class Typed(NamedTuple):
    tool: str
    """Empty for the tracker itself."""
    config: Path | None
    settings: dict[str, Any]
    """By the names that they have in the settings file; None for what was not typed."""
    options: dict[str, Any]
    """Those of the tool, or of the start."""


def parse(argv: list[str]) -> Typed:
    """Ends the program: code 2 for what is wrong, 0 for --help."""
    tool = argv[0] if argv and argv[0] in TOOLS else ""
    parser = argparse.ArgumentParser(
        prog=f"trackerd {tool}".strip(),
        description=f"{TOOLS[tool].capitalize()}." if tool else "Runs one tracker of a network.",
        epilog=None if tool else f"tools (each has a --help):\n{_LISTED}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    own = parser.add_argument_group("of the tool" if tool else "of the start")
    options = [action.dest for action in _own(own, tool)]
    _which_tracker(parser)
    if not tool:
        _settings(parser)
    typed = vars(parser.parse_intermixed_args(argv[1:] if tool else argv))
    config, chosen = typed.pop("config"), {name: typed.pop(name) for name in options}
    if config is None and typed["number"] is None and not (typed["data"] and tool not in NEED_THE_FILE):
        or_data = ", or --data DIR" if tool not in NEED_THE_FILE else ""
        parser.error(
            f"which tracker? TRACKER_INFO_FILE and the NUMBER of a line in it, or --config FILE{or_data}"
        )
    return Typed(tool, config, typed, chosen)


def _which_tracker(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("tracker_info", nargs="?", metavar="TRACKER_INFO_FILE", help="all trackers, one a line")
    add("number", nargs="?", type=int, metavar="NUMBER", help="this tracker's line, from 1")
    add("--data", metavar="DIR", help="where its keys and its store lie")
    add("--config", type=Path, metavar="FILE", help="TOML with these options as keys")


def _settings(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--metrics", metavar="HOST:PORT", help="a page for Prometheus, say 127.0.0.1:9600")
    add("--log-format", dest="log-format", choices=("text", "json"))
    add("--log-level", dest="log-level", choices=("debug", "info", "warning", "error"))
    flag: dict[str, Any] = {"action": "store_true", "default": None}
    add("--stop-at-eof", dest="stop-at-eof", **flag, help="stop when standard input ends")
    add("--listen-on-all", dest="listen-on-all", **flag, help="of its addresses, not its line's alone")
    add("--penalise-loopback", dest="penalise-loopback", **flag, help="for tests")


def _own(group: Any, tool: str) -> list[argparse.Action]:
    add = group.add_argument
    match tool:
        case "":
            return [add("--check", action="store_true", help="only say whether it could start")]
        case "backup":
            return [
                add(
                    "--out",
                    type=Path,
                    metavar="FILE",
                    help="new; or a folder to name it in (else DIR/backups)",
                ),
                add("--keep", type=_from_one, metavar="N", help="of the backups in that folder, the newest"),
            ]
        case "restore":
            return [add("--from", type=Path, metavar="FILE", required=True, help="a backup of this tracker")]
        case "forget":
            return [
                add("forgotten", type=_from_one, metavar="FORGOTTEN", help="the other one's line, from 1")
            ]
        case _:
            return []


def _from_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number from 1 is needed")
    return int(text)
