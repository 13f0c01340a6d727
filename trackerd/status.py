"""How a tracker is, in words for whoever asks at its terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from shared.facts.replica import writer_of
from shared.facts.rows import Kind
from shared.limits import CLOCK_WARNED_S
from shared.names import shown
from trackerd.counts import Rates
from trackerd.mesh.other import LinkState

CONNECTIONS = {"client": "logged in", "anonymous": "not logged in", "stranger": "not greeted yet"}
"""Kinds of connections of clients."""


class Figures(NamedTuple):
    """How things stand at `now_s`, on the monotonic clock."""

    now_s: float
    started_s: float
    number: int
    address: str
    is_serving: bool
    """Not while it takes over what other trackers have."""
    connections: Mapping[str, int]
    """By their kind, with that of other trackers."""
    sessions_here: int
    sessions_elsewhere: int
    rows: Mapping[int, int]
    """By their kind."""
    vector: Mapping[int, int]
    rates: Rates
    links: Sequence[LinkState]


def shown_status(figures: Figures) -> str:
    """Some lines, each with its end."""
    return "".join(f"{line}\n" for line in _lines(figures))


def kind_name(kind: int) -> str:
    """Of a row; a newer tracker's has only its number."""
    return Kind(kind).name.lower() if kind in [*Kind] else str(kind)


def _lines(it: Figures) -> Iterator[str]:
    yield f"tracker {it.number} on {it.address}, up {_time(it.now_s - it.started_s)}"
    if not it.is_serving:
        yield "waiting   for what other trackers have: no client is served before that"
    clients = (f"{it.connections.get(kind, 0):,} {words}" for kind, words in CONNECTIONS.items())
    yield f"clients   {', '.join(clients)}"
    yield f"presence  {_some(it.sessions_here, 'session')} here, {it.sessions_elsewhere:,} at other trackers"
    yield f"a second  {it.rates.commits_per_s:,.1f} commits, {it.rates.logins_per_s:,.1f} logins"
    if it.rates.twofold is not None:
        yield f"copies    {it.rates.twofold:.1%} of the writes were on a second tracker too when answered"
    yield f"rows      {sum(it.rows.values()):,}{_by_kind(it.rows)}"
    for number, (logs, written) in _by_writer(it.vector).items():
        yield f"seen      of tracker {number}: {_some(written, 'row')} in {_some(logs, 'log')}"
    if it.links:
        width = max(len(link.address) for link in it.links)
        for link in it.links:
            yield f"tracker   {link.number:<3} {link.address:<{width}}  {_link(link, it.now_s)}"
    else:
        yield "tracker   no other one in the tracker file"


def _by_kind(rows: Mapping[int, int]) -> str:
    most_first = sorted(rows.items(), key=lambda kind: (-kind[1], kind[0]))
    listed = ", ".join(f"{count:,} {kind_name(kind)}" for kind, count in most_first if count)
    return f": {listed}" if listed else ""


def _by_writer(vector: Mapping[int, int]) -> dict[int, tuple[int, int]]:
    """How many logs of each tracker, and how many rows were written to them."""
    found: dict[int, tuple[int, int]] = {}
    for log, seq in sorted(vector.items()):
        logs, written = found.get(writer_of(log), (0, 0))
        found[writer_of(log)] = logs + 1, written + seq
    return found


def _link(link: LinkState, now_s: float) -> str:
    since = f"{'up' if link.is_up else 'down'} for {_time(now_s - link.since_s)}"
    if not link.is_up:
        return f"{since}: {shown(link.why)}" if link.why else since
    words = [since, f"{_some(link.lag_rows, 'row')} behind"]
    if link.is_lagging:
        words.append("lagging: no write waits for it")
    if abs(link.clock_off_s) >= CLOCK_WARNED_S:
        words.append(
            f"its clock is {abs(link.clock_off_s):,.1f} s {'ahead' if link.clock_off_s > 0 else 'behind'}"
        )
    return ", ".join(words)


def _some(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _time(seconds: float) -> str:
    whole = int(seconds)
    for unit_s, unit, part_s, part in ((86400, "d", 3600, "h"), (3600, "h", 60, "min"), (60, "min", 1, "s")):
        if whole >= unit_s:
            return f"{whole // unit_s} {unit} {whole % unit_s // part_s} {part}"
    return f"{whole} s"
