"""Who fetches what from here, who has how much of it, who is waited for: made when somebody looks.

Nothing of it costs anything while nobody asks.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from desktop.engine.downloads.download import Download
from desktop.engine.downloads.fetch import bytes_of
from desktop.engine.library import Library
from desktop.engine.peers.peer_link import PeerLink
from desktop.engine.transfer_views import DownloadFile, Holder, LastSeen, SharedItem, Taken
from shared.facts.derive import Rows, VisibleEntry, live_shares
from shared.facts.ids import DeviceId, EntryId, GroupId, UserId
from shared.limits import SEEN_ASKED_MAX

LACKING_LOOKED_AT_MAX = 64
"""Files of a download, for who has them."""
NAMED_MAX = 512
"""Entries whose names are looked up in one go."""
Key = tuple[GroupId, EntryId]
ShownUser = Callable[[DeviceId], str]


class Fetched(NamedTuple):
    """An entry that others have open here."""

    people: set[DeviceId]
    up: float


def fetched(links: Iterable[PeerLink]) -> dict[Key, Fetched]:
    """What goes out on a link is said to be for all that is open there, in equal parts."""
    found: dict[Key, Fetched] = {}
    for link in links:
        keys = {(one.gid, eid) for one in link.session.served.values() if one.is_open for eid in one.eids}
        for key in keys:
            before = found.get(key, Fetched(set(), 0.0))
            found[key] = Fetched(before.people | {link.device}, before.up + link.up.bytes_per_s() / len(keys))
    return found


def taken(
    links: Iterable[PeerLink],
    lines: Iterable[Download],
    library: Library,
    shown_user: ShownUser,
    shown_group: Callable[[GroupId], str],
) -> list[Taken]:
    left = fetched(links)
    told = []
    of_group = {gid: frozenset(eids) for gid, eids in _by_group(left).items()}
    for line in lines:
        gid = line.record.gid
        if mine := of_group.get(gid, frozenset()) & line.files.eids:  # as quick as the smaller of them
            parts = [left[gid, eid] for eid in mine]
            told.append(_taken(parts, line.id, shown_group(gid), line.record.name, shown_user))
    of_share: dict[tuple[GroupId, str], list[Fetched]] = defaultdict(list)
    for gid, eids in _by_group(left).items():
        for record in library.shares_of(gid, eids[:NAMED_MAX]):
            of_share[gid, outermost(record.name)].append(left[gid, record.eid])
    told += [
        _taken(parts, None, shown_group(gid), name, shown_user) for (gid, name), parts in of_share.items()
    ]
    return told


def outermost(name: str) -> str:
    """The folder that a shared name begins with, or the name."""
    folder, slash, _ = name.partition("/")
    return folder + slash


def _taken(parts: list[Fetched], download: int | None, group: str, name: str, shown_user: ShownUser) -> Taken:
    devices = set[DeviceId]().union(*(one.people for one in parts))
    people = sorted({shown_user(device) for device in devices})
    return Taken(download=download, group=group, name=name, people=people, up=sum(one.up for one in parts))


def _by_group(keys: Iterable[Key]) -> dict[GroupId, list[EntryId]]:
    of_group: dict[GroupId, list[EntryId]] = defaultdict(list)
    for gid, eid in keys:
        of_group[gid].append(eid)
    return of_group


def files_of(line: Download, count_max: int) -> list[DownloadFile]:
    """The first of them. 3 us each."""
    fetches = line.files.active
    views = []
    for file in line.files.records[:count_max]:
        fetch = fetches.get(file.n)
        people = {one.peer.person for one in fetch.channels if one.is_open} if fetch else ()
        state = "C" if file.done else "D" if fetch else "F" if file.n in line.files.spoilt else "W"
        done = file.size if file.done else fetch.done_bytes if fetch else line.files.had_bytes(file)
        views.append(DownloadFile(name=file.name, size=file.size, done=done, state=state, people=len(people)))
    return views


async def shared_items(library: Library, groups: Mapping[GroupId, str]) -> list[SharedItem]:
    """Of these groups, by name. A second for a million files, in a thread."""
    found = await asyncio.to_thread(library.shared_items)
    items = [
        SharedItem(group=groups[gid], name=name, files=files, size=size, path=path)
        for gid, name, files, size, path in found
        if gid in groups
    ]
    return sorted(items, key=lambda item: (item.group, item.name))


def waited_for(rows: Rows, line: Download) -> list[UserId]:
    """Who has what lacks, by the rows: some of them, if they or the files are many. 3 ms at most."""
    lacking = islice((file for file in line.files.records if not file.done), LACKING_LOOKED_AT_MAX)
    found = {
        sharer.uid: None for file in lacking for _, sharer in live_shares(rows, line.record.gid, file.eid)
    }
    return list(found)[:SEEN_ASKED_MAX]


def last_seen(
    names: Mapping[UserId, str], online: set[UserId], ago: Mapping[UserId, int]
) -> dict[UserId, LastSeen]:
    """Who was seen last comes first."""
    seen = {uid: LastSeen(user=name, ago_s=_ago_s(uid, online, ago)) for uid, name in names.items()}

    def order(uid: UserId) -> tuple[bool, int, str]:
        one = seen[uid]
        return one.ago_s is None, one.ago_s or 0, one.user

    return {uid: seen[uid] for uid in sorted(seen, key=order)}


def _ago_s(uid: UserId, online: set[UserId], ago: Mapping[UserId, int]) -> int | None:
    if uid in online:
        return 0
    return max(ago[uid], 1) if uid in ago else None


def parts_here(
    lines: Iterable[Download],
    gid: GroupId,
    eids: frozenset[EntryId],
    me: UserId,
    user_of: Callable[[DeviceId], UserId | None],
) -> dict[UserId, int]:
    """Bytes that this device has of files that it fetches or began, and those of whom it fetches them that
    say what they have."""
    parts: dict[UserId, int] = defaultdict(int)
    of_group = [line.files for line in lines if line.record.gid == gid]
    for files in of_group:
        waiting = ((files.records[n], had) for n, had in files.had.items())
        parts[me] += sum(bytes_of(had, file.size) for file, had in waiting if file.eid in eids)
    for fetch in (one for files in of_group for one in files.active.values()):
        if fetch.eid in eids:
            parts[me] += fetch.done_bytes
            has = {channel.peer.device: channel.has for channel in fetch.channels if not channel.has.is_whole}
            for device, pieces in has.items():
                if uid := user_of(device):
                    parts[uid] += bytes_of(pieces, fetch.size)
    return parts


def holders(
    entries: Iterable[VisibleEntry],
    seen: Mapping[UserId, LastSeen],
    me: UserId,
    parts: Mapping[UserId, int],
    fetching: set[UserId],
) -> list[Holder]:
    """Of all members, who are the keys of `seen`. `parts`: bytes of what they have in part."""
    size = 0
    done: dict[UserId, int] = defaultdict(int)
    for one in entries:
        size += one.entry.size
        for uid in {sharer.uid for sharer in one.sharers}:
            done[uid] += one.entry.size
    found = [
        Holder(
            user=who.user,
            me=uid == me,
            online=uid == me or who.ago_s == 0,
            ago_s=0 if uid == me else who.ago_s,
            done=min(done[uid] + parts.get(uid, 0), size),
            size=size,
            fetches=uid in fetching,
        )
        for uid, who in seen.items()
    ]
    return sorted(found, key=lambda one: (-one.done, not one.online, one.user))
