"""Which other trackers there are, and whose devices are let in: what the tracker file and the rows say."""

from typing import NamedTuple

from shared.facts.derive import Rows
from shared.facts.rows import Kind, Tracker, body_of
from shared.tracker_info import TrackerInfo
from shared.trust.identity import key_name


class Peer(NamedTuple):
    """Another tracker, as its line has it."""

    host: str
    port: int
    t_key: bytes


def peers(rows: Rows, info: TrackerInfo, own: int) -> dict[int, Peer]:
    """By number: those whose line has a key that is not removed."""
    removed = _removed(rows)
    return {
        number: Peer(line.host, line.port, line.pin)
        for number, line in enumerate(info.lines, 1)
        if line and line.pin and number != own and key_name(line.pin) not in removed
    }


def authorities(rows: Rows, own_d_key: bytes) -> list[bytes]:
    """The D keys whose devices are let in, the own one first."""
    removed = _removed(rows)
    known = (body_of(row, Tracker) for row in rows.scan(Kind.TRACKER, b""))
    others = [key for tracker in known if tracker.state == 0 for key in tracker.d_keys]
    return [key for key in dict.fromkeys([own_d_key, *others]) if key_name(key) not in removed]


def _removed(rows: Rows) -> set[str]:
    return {row.id.hex() for row in rows.scan(Kind.REMOVED, b"")}
