"""Which other trackers there are, and whose devices are let in: what the tracker file and the rows say."""

from typing import NamedTuple

import msgspec

from shared.errors import BadArgument
from shared.facts.derive import Rows, is_removed
from shared.facts.ids import key_id
from shared.facts.rows import Kind, Removed, Tracker, body_of
from shared.tracker_info import TrackerInfo
from trackerd.rules import Book


class TrackerRemoved(BadArgument):
    """This tracker has been removed from its network."""


class Peer(NamedTuple):
    """Another tracker, as its line has it."""

    host: str
    port: int
    t_key: bytes


def peers(rows: Rows, info: TrackerInfo, own: int) -> dict[int, Peer]:
    """By number: those whose line has a key that is not removed."""
    return {
        number: Peer(line.host, line.port, line.pin)
        for number, line in enumerate(info.lines, 1)
        if line and line.pin and number != own and not is_removed(rows, line.pin)
    }


def listed(rows: Rows, info: TrackerInfo, own: int) -> list[int]:
    """The others that have not been removed, also without a key in the line: they may have one elsewhere."""
    lines = [(number, line) for number, line in enumerate(info.lines, 1) if line and number != own]
    return [number for number, line in lines if not (line.pin and is_removed(rows, line.pin))]


def has_others(info: TrackerInfo, own: int) -> bool:
    """Whether the file knows of any tracker but this one."""
    return any(line for number, line in enumerate(info.lines, 1) if number != own)


def authorities(rows: Rows, own_d_key: bytes) -> list[bytes]:
    """The D keys whose devices are let in, the own one first."""
    known = (body_of(row, Tracker) for row in rows.scan(Kind.TRACKER, b""))
    others = [key for tracker in known if tracker.state == 0 for key in tracker.d_keys]
    return [key for key in dict.fromkeys([own_d_key, *others]) if not is_removed(rows, key)]


def forget(book: Book, info: TrackerInfo, own: int, at: int) -> list[int]:
    """Takes the trust from the keys of trackers whose line is `-`; says of which, and of each only once.

    A tracker whose key stands in another line has moved there.
    """
    moved = {line.pin for line in info.lines if line}
    forgotten = []
    for number, line in enumerate(info.lines, 1):
        row = book.get(Kind.TRACKER, bytes([number]))
        if line or number == own or row is None:
            continue
        tracker = body_of(row, Tracker)
        if tracker.state == 0 and tracker.t_key not in moved:
            for key in (tracker.t_key, *tracker.d_keys):
                book.write(Kind.REMOVED, key_id(key), Removed(at))
            book.write(Kind.TRACKER, row.id, msgspec.structs.replace(tracker, state=1))
            forgotten.append(number)
    return forgotten
