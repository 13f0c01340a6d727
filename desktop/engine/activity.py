"""What happened in a group, newest first. The rows tell it: of each thing who did it last, and when."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from desktop.engine.views import ActivityView
from shared.fact_tables import SqlRows
from shared.facts.derive import fact, shown_user
from shared.facts.ids import GroupId, UserId
from shared.facts.rows import (
    BODY_OF,
    KEY_BYTES_MAX,
    Entry,
    Group,
    Kind,
    Member,
    Owner,
    Row,
    Share,
    body_of,
    split,
)
from shared.limits import ACTIVITY_ROWS_MAX, ACTIVITY_SHOWN_MAX

TOGETHER_S = 600
"""What one does to many files with no longer pause than this is one act."""
_HLC_PER_S = 1000 << 15
_TOLD = (Kind.MEMBER, Kind.OWNER, Kind.SHARE, Kind.GROUP)


class Act(NamedTuple):
    at: int
    what: str
    who: UserId
    by: UserId | None = None
    name: str = ""
    files: int = 0
    since: int = 0
    """When the first of several began; they are told at the last."""


def activity(rows: SqlRows, gid: GroupId) -> list[ActivityView]:
    """At most ACTIVITY_SHOWN_MAX acts, out of the newest ACTIVITY_ROWS_MAX rows. 20 ms, and 0.3 us for each
    row that the group has."""
    kinds = ", ".join("?" * len(_TOLD))
    newest = rows.select(
        f"FROM row WHERE kind IN ({kinds}) AND id BETWEEN ? AND ? ORDER BY hlc DESC LIMIT ?",
        *_TOLD, gid, gid.ljust(KEY_BYTES_MAX, b"\xff"), ACTIVITY_ROWS_MAX,
    )  # fmt: skip
    acts = gathered(act for row in newest for act in _told(rows, gid, row))[:ACTIVITY_SHOWN_MAX]
    names = {who: shown_user(rows, who) for act in acts for who in (act.who, act.by) if who}
    return [
        ActivityView(
            at=act.at, what=act.what, user=names[act.who], by=names[act.by] if act.by else "",
            name=act.name, files=act.files,
        )
        for act in acts
    ]  # fmt: skip


def gathered(newest_first: Iterable[Act]) -> list[Act]:
    """Acts on files that one user did in a row as one: of one name, or of the folder that all are in."""
    acts: list[Act] = []
    last: dict[tuple[UserId, str], int] = {}
    for act in newest_first:
        at = last.get((act.who, act.what))
        if act.files and at is not None and acts[at].since - act.at <= TOGETHER_S:
            one = acts[at]
            acts[at] = one._replace(files=one.files + 1, name=_folder(one.name, act.name), since=act.at)
        else:
            last[act.who, act.what] = len(acts)
            acts.append(act._replace(since=act.at))
    return acts


def _folder(one: str, other: str) -> str:
    """The innermost that both are in, with its slash; empty where that is the group itself."""
    parts = []
    for mine, its in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if mine != its:
            break
        parts.append(mine + "/")
    return "".join(parts)


def _told(rows: SqlRows, gid: GroupId, row: Row) -> Iterator[Act]:
    group = fact(rows, Group, gid)
    founder = group.by if group else None
    match body_of(row, BODY_OF[row.kind]):
        case Group(by=by, at=at):
            yield Act(at, "created", by)
        case Owner(uid=uid) if uid != founder:
            yield Act(row.hlc // _HLC_PER_S, "owner", uid)
        case Member(is_in=True, at=at):
            if (who := UserId(split(row.id)[1])) != founder:
                yield Act(at, "joined", who)
        case Member(by=by, at=at):
            who = UserId(split(row.id)[1])
            yield Act(at, "left", who) if by == who else Act(at, "removed", who, by)
        case Share(uid=uid, live=live, at=at):
            if entry := fact(rows, Entry, row.id[:32]):
                brought = "shared" if entry.by == uid else "fetched"
                yield Act(at, brought if live else "stopped", uid, None, entry.name, 1)
        case _:
            pass
