"""What may be typed after `shoal`: one parser for the window and the prompt."""

import argparse
from dataclasses import dataclass, field
from pathlib import Path

from shared.addresses import parse_address
from shared.errors import BadArgument
from shared.invite_link import is_link
from shared.limits import INVITE_LINK_CHARS_MAX

VERSION = "0.1.0"
LOG_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True)
class Arguments:
    console: bool
    listen: tuple[str, int] | None
    tracker_file: Path | None
    link: str = field(repr=False)
    """An invite link that was opened, as one line of ASCII; "" without one."""
    profile: Path | None
    download_dir: Path | None
    log_level: str
    smoke: bool
    hidden: bool
    """Begin in the tray."""
    json: bool


def parse(argv: list[str]) -> Arguments:
    """Ends the program with exit code 2 and one usage line for what cannot be understood."""
    console = argv[:1] == ["console"]
    parser = argparse.ArgumentParser(
        prog="shoal console" if console else "shoal",
        description="Share files directly between the computers of a group."
        + ("" if console else " `shoal console` is the same as a prompt."),
        allow_abbrev=False,
    )
    parser.add_argument(
        "places",
        nargs="*",
        metavar="IP:PORT | FILE | LINK",
        help="where to serve peers; the tracker info file; an invite link",
    )
    parser.add_argument("--profile", type=Path, help="where all state lies (identity, shares, settings)")
    parser.add_argument("--download-dir", type=Path, help="where downloads go unless told otherwise")
    parser.add_argument("--log-level", choices=LOG_LEVELS, default="warning")
    parser.add_argument("--smoke", action="store_true", help="start everything, prove that it answers, exit")
    parser.add_argument("--version", action="version", version=f"shoal {VERSION}")
    if not console:
        parser.add_argument("--hidden", action="store_true", help="begin in the system's tray, if it has one")
    if console:
        parser.add_argument("--json", action="store_true", help="one JSON line for each command and event")
    read = parser.parse_intermixed_args(argv[1:] if console else argv)
    links = [place for place in read.places if is_link(place)]
    try:
        if len(links) > 1 or (links and console):
            raise BadArgument("type it at the prompt: join_link <link>" if console else "one link at a time")
        listen, tracker_file = _places([place for place in read.places if place not in links])
    except BadArgument as error:
        parser.error(str(error))
    return Arguments(
        console=console,
        listen=listen,
        tracker_file=tracker_file,
        link=_line(links[0]) if links else "",
        profile=read.profile,
        download_dir=read.download_dir,
        log_level=read.log_level,
        smoke=read.smoke,
        hidden=not console and read.hidden,
        json=console and read.json,
    )


def _line(link: str) -> str:
    """Without the line breaks of a mail. What cannot be in a link, or is too much for one, is left so that it
    is still none: the window says so, where an exit code would be seen by nobody who clicked."""
    return "".join(link.split()).encode("ascii", "replace").decode()[: INVITE_LINK_CHARS_MAX + 2]


def _places(places: list[str]) -> tuple[tuple[str, int] | None, Path | None]:
    """[<IP>:<PORT>] [<TRACKER INFO FILE>], either of them alone too."""
    listen, tracker_file = None, None
    rest = list(places)
    if rest and not Path(rest[0]).exists() and ":" in rest[0]:
        listen = parse_address(rest.pop(0))
    if rest:
        tracker_file = Path(rest.pop(0))
    if rest:
        raise BadArgument(f"one address and one tracker info file at most; {rest[0]!r} is too much")
    return listen, tracker_file
