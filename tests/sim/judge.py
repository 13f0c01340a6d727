"""What must be so once nothing goes wrong any more: trackers alike, nothing lost that was acknowledged."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import shared.wire.tracker_messages as m
from shared.facts.rows import Invite as InviteBody
from shared.facts.rows import Key, Kind, Member, Row, body_of
from shared.facts.rows import Share as ShareBody
from shared.facts.tombstones import is_live
from tests.sim.facts import Facts, misderived
from tests.sim.hosts import TrackerHost
from tests.sim.records import Attempt, Records
from trackerd.questions import Listed

FAULTS_TOLD = 20
Table = Mapping[Key, Row]


class Verdict(AssertionError):
    """What was found wrong."""


def judge(hosts: Sequence[TrackerHost], records: Records) -> None:
    """Of trackers that have had the time to come to one vector. Raises Verdict."""
    found = [*_faults(hosts, records)]
    if found:
        raise Verdict("\n".join(found[:FAULTS_TOLD]))


def table(rows: Listed) -> dict[Key, Row]:
    return {row.key: row for kind in Kind for row in rows.scan(kind, b"")}


def _faults(hosts: Sequence[TrackerHost], records: Records) -> Iterator[str]:
    for before, row in records.reused:
        yield f"one dot, two rows: {told(before)} and {told(row)}"
    tables = [table(host.store.rows) for host in hosts]
    for host, rows in zip(hosts, tables, strict=True):
        if host.vector() != hosts[0].vector():
            yield f"vectors differ: {hosts[0].name} {hosts[0].vector()} and {host.name} {host.vector()}"
        for key in sorted(rows.keys() | tables[0].keys()):
            pair = (hosts[0], tables[0].get(key)), (host, rows.get(key))
            if pair[0][1] != pair[1][1] and any(_counts(*one) for one in pair):
                yield " and ".join(f"{one.name} has {told(row)}" for one, row in pair)
        for row in rows.values():
            if (written := records.committed.get(row.dot, row)) != row:
                yield f"{host.name} has {told(row)}, of which {told(written)} was written"
        for text in misderived(host.store.rows, Facts(rows)):
            yield f"{host.name}: {text}"
    yield from _lost(tables[0], records)
    yield from _broken_promises(tables[0], records)


def _counts(host: TrackerHost, row: Row | None) -> bool:
    """A row that may be collected has been, at one, and will be, at another."""
    return row is not None and is_live(host.store.rows, row)


# --- nothing that was acknowledged is lost ----------------------------------------------------------


def _lost(rows: Table, records: Records) -> Iterator[str]:
    """A row of which somebody was told, or one before it in its log, stands, or what stands beats it."""
    told_of: dict[int, int] = defaultdict(int)
    for attempt in records.attempts:
        if attempt.outcome == "ok" and attempt.dot and not records.is_excused(attempt):
            told_of[attempt.dot.log] = max(told_of[attempt.dot.log], attempt.dot.seq)
    collected: dict[Key, Row] = {}
    for row in records.committed.values():
        if row.key not in rows and _may_be_collected(row):
            before = collected.get(row.key)
            collected[row.key] = row if before is None or row.beats(before) else before
    for row in records.committed.values():
        stands = rows.get(row.key) or collected.get(row.key)
        is_kept = stands is not None and (stands == row or stands.beats(row))
        if row.seq <= told_of[row.log] and not is_kept:
            yield f"acknowledged and lost: {told(row)}; there is {told(stands)}"


def _may_be_collected(row: Row) -> bool:
    match row.kind:
        case Kind.SHARE:
            return not body_of(row, ShareBody).live
        case Kind.MEMBER:
            return not body_of(row, Member).is_in
        case Kind.INVITE:
            return not body_of(row, InviteBody).live
        case _:
            return row.kind in (Kind.REQUEST, Kind.INVITE_USE)


class Promise(NamedTuple):
    """What an answer said: that the row of this key is so. Only a contrary command may change that."""

    key: Key
    is_so: Callable[[Row | None], bool]
    contrary: tuple[type[m.Message], ...] = ()


def _broken_promises(rows: Table, records: Records) -> Iterator[str]:
    for attempt in records.attempts:
        if attempt.outcome != "ok" or records.is_excused(attempt):
            continue
        for promise in _promised(attempt):
            row, id_ = rows.get(promise.key), promise.key.id
            if promise.is_so(row) or Key(Kind.GONE, id_[16:] or id_) in rows:
                continue
            others = records.of(*promise.contrary)
            if not any(_may_be_of(other, promise.key, row) for other in others):
                yield f"{attempt} came to {told(row)}, and nobody asked for that"


def _promised(attempt: Attempt) -> Iterator[Promise]:
    match attempt.request:
        case m.Accept(gid, uid):
            yield Promise(Key(Kind.MEMBER, gid + uid), _is_in, (m.Leave, m.RemoveMember))
        case m.UseInvite(gid):
            yield Promise(Key(Kind.MEMBER, gid + attempt.uid), _is_in, (m.Leave, m.RemoveMember))
        case m.RevokeInvite(gid, invite):
            yield Promise(Key(Kind.INVITE, gid + invite), _is_over, (m.Invite,))
        case m.RemoveMember(gid, uid):
            yield Promise(Key(Kind.MEMBER, gid + uid), _is_out, (m.Accept, m.UseInvite))
        case m.Leave(gid):
            yield Promise(Key(Kind.MEMBER, gid + attempt.uid), _is_out, (m.Accept, m.UseInvite))
        case m.DeleteUser():
            yield Promise(Key(Kind.GONE, attempt.uid), _is_there)
        case m.RevokeDevice(dev):
            yield Promise(Key(Kind.REVOKED, dev), _is_there)
        case _:
            pass


def _is_in(row: Row | None) -> bool:
    return row is not None and body_of(row, Member).is_in


def _is_out(row: Row | None) -> bool:
    return not _is_in(row)


def _is_over(row: Row | None) -> bool:
    return row is None or not body_of(row, InviteBody).live


def _is_there(row: Row | None) -> bool:
    return row is not None


def _may_be_of(attempt: Attempt, key: Key, row: Row | None) -> bool:
    """Whether `row`, which is at `key`, may have been written for that command about a member or invite."""
    whom = getattr(attempt.request, "uid", attempt.uid)
    if isinstance(attempt.request, m.Invite):  # repeated elsewhere, as its answer was lost
        whom = attempt.request.hash[:16]
    is_it = key.id == getattr(attempt.request, "gid", b"") + whom
    return is_it and attempt.may_have_happened and (row is None or attempt.wrote(row))


def told(row: Row | None) -> str:
    if row is None:
        return "nothing"
    stamp = f"hlc={row.hlc} log={row.log >> 55}.{row.log & 0xFFFF} seq={row.seq}"
    return f"{Kind(row.kind).name} {row.id.hex()[:6]} {row.id[16:].hex()[:6]} {stamp} {row.body.hex()}"
