"""`tracker_info.txt`: which trackers there are, one a line, and the key that each must have."""

import base64
import binascii
import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass

from shared.errors import BadArgument, NotFound
from shared.limits import TRACKER_INFO_CHARS_MAX, TRACKERS_MAX
from shared.names import shown

PIN_PREFIX = "ed25519:"
PIN_KEY_BYTES = 32

_WORD = re.compile(r"[^\s\ufeff]+")
_HOST = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?")
_ADDRESS = re.compile(r"(?:\[(?P<ip6>[^\[\]]*)\]|(?P<host>[^\[\]:]*))(?::(?P<port>[^\[\]:]*))?")
_REMOVED = "-"


@dataclass(frozen=True)
class TrackerLine:
    host: str
    """A name, or an address without brackets."""
    port: int
    pin: bytes | None
    """The tracker CA's raw public key; None is trust on first use."""


@dataclass(frozen=True)
class TrackerInfo:
    lines: tuple[TrackerLine | None, ...]
    """Tracker n is lines[n - 1]; None was removed. At least one line."""


def parse(text: str) -> TrackerInfo:
    """Raises BadArgument, which names the line of the file."""
    lines = tuple(_tracker(row, words) for row, words in _rows(text))
    if not lines:
        raise BadArgument("there is no tracker in it: write one host:port a line")
    return TrackerInfo(lines)


def with_pin(text: str, number: int, pin: bytes) -> str:
    """`text` with the pin of tracker `number` set, and every other byte as it was."""
    row, words = _row_of(text, number)
    tracker = _tracker(row, words)
    if tracker is None:
        raise _wrong(row, f"tracker {number} has been removed")
    if tracker.pin is not None:
        return text[: words[-1].start()] + format_pin(pin) + text[words[-1].end() :]
    return f"{text[: words[-1].end()]} {format_pin(pin)}{text[words[-1].end() :]}"


def without(text: str, number: int) -> str:
    """`text` with `-` in the place of tracker `number`. Raises NotFound where there is none, or no more."""
    rows = list(_rows(text))
    if not 1 <= number <= len(rows):
        raise NotFound(f"there is no tracker {number} in it: it has {len(rows)}")
    row, words = rows[number - 1]
    if _tracker(row, words) is None:
        raise NotFound(f"tracker {number} has been removed already")
    return text[: words[0].start()] + _REMOVED + text[words[-1].end() :]


def format_pin(key: bytes) -> str:
    return PIN_PREFIX + base64.b64encode(key).decode()


def parse_pin(text: str) -> bytes:
    """The raw public key. Raises BadArgument for every spelling but that of format_pin."""
    try:
        key = base64.b64decode(text.removeprefix(PIN_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != PIN_KEY_BYTES or format_pin(key) != text:
        raise BadArgument(
            f"{shown(text[:80])} is not a pin: {PIN_PREFIX} and the base64 of {PIN_KEY_BYTES} bytes"
        )
    return key


def _rows(text: str) -> Iterator[tuple[int, list[re.Match[str]]]]:
    """The lines that count: row in the file from 1, and words that know their place in `text`."""
    if len(text) > TRACKER_INFO_CHARS_MAX:
        raise BadArgument(f"a tracker file has at most {TRACKER_INFO_CHARS_MAX} characters")
    at = count = 0
    for row, line in enumerate(text.split("\n"), 1):
        words = list(_WORD.finditer(text, at, at + len(line.partition("#")[0])))
        at += len(line) + 1
        if words:
            count += 1
            if count > TRACKERS_MAX:
                raise _wrong(row, f"there can be {TRACKERS_MAX} trackers, and this is one more")
            yield row, words


def _row_of(text: str, number: int) -> tuple[int, list[re.Match[str]]]:
    rows = list(_rows(text))
    if not 1 <= number <= len(rows):
        raise BadArgument(f"there is no tracker {number} in it: it has {len(rows)}")
    return rows[number - 1]


def _tracker(row: int, words: list[re.Match[str]]) -> TrackerLine | None:
    address, *more = (word[0] for word in words)
    if address == _REMOVED and not more:
        return None
    parts = _ADDRESS.fullmatch(address)
    if parts is None:
        raise _wrong(row, f"{shown(address[:80])} is not host:port (an IPv6 address stands in brackets)")
    port = parts["port"]
    if port is None and more:
        port = more.pop(0)
    if port is None or not re.fullmatch("[0-9]{1,5}", port) or not 1 <= int(port) <= 65535:
        raise _wrong(row, f"the port after {shown(address[:80])} must be a number from 1 to 65535")
    host = parts["host"] if parts["ip6"] is None else parts["ip6"]
    if not _is_host(host, in_brackets=parts["ip6"] is not None):
        raise _wrong(row, f"{shown(address[:80])} is neither a host name nor an address")
    if len(more) > 1:
        raise _wrong(row, f"{shown(more[1][:80])} is one word too many: host:port and a pin")
    try:
        return TrackerLine(host, int(port), parse_pin(more[0]) if more else None)
    except BadArgument as wrong:
        raise _wrong(row, str(wrong)) from None


def _is_host(host: str, *, in_brackets: bool) -> bool:
    try:
        return isinstance(ipaddress.ip_address(host), ipaddress.IPv6Address) == in_brackets
    except ValueError:  # not an address; and what has only digits and dots is a mistyped one
        return not in_brackets and _HOST.fullmatch(host) is not None and not re.fullmatch(r"[0-9.]+", host)


def _wrong(row: int, what: str) -> BadArgument:
    return BadArgument(f"line {row}: {what}", line=row)
