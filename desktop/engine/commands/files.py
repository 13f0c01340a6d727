"""The files of groups: listed, shared, and who has them."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from desktop.engine import transfers
from desktop.engine.browsing import entries_of, files_below
from desktop.engine.commands.core import ended_by_logout
from desktop.engine.commands.names import Named
from desktop.engine.downloads.plan import wanted
from desktop.engine.file_views import FileRow, FilesAsked, FilesFound
from desktop.engine.files.weighing import weigh
from desktop.engine.peer_views import open_here
from desktop.engine.peers.peeking import peek
from desktop.engine.transfer_views import Holder, SharedItem, Weighed
from desktop.engine.views import FileView, MemberView, ShareResult
from shared.facts.derive import members, shown_user
from shared.facts.ids import EntryId, GroupId


class FileCommands(Named):
    @ended_by_logout
    async def list_files(self, group: str) -> list[FileView]:
        """All that are visible, by name. With no tracker nobody is known to be online."""
        session, gid = await self._my_group(group)
        rows, my_dev = session.mirror.rows, session.account.dev
        online = await self._online(gid)
        listing = sorted(await session.mirror.listing(gid), key=lambda entry: entry.name)
        session.downloads.ahead.looked_at(gid, online)
        names = {uid: shown_user(rows, uid) for uid in {one.entry.by for one in listing}}
        return [
            FileView(
                name=one.name,
                size=one.entry.size,
                root=one.entry.root.hex(),
                sha1=one.entry.sha1.hex(),
                sharers=len({sharer.uid for sharer in one.sharers}),
                online=len({sharer.uid for sharer in one.sharers if sharer.dev in online}),
                mine=any(sharer.dev == my_dev for sharer in one.sharers),
                by=names[one.entry.by],
                at=one.entry.at,
            )
            for one in listing
        ]

    def files_below(self, group: str, folder: str = "") -> int:
        """How many there are in a folder of a group of mine, and below it; `folder` ends in a slash. Raises
        NotLoggedIn, NotFound."""
        session, gid = self._group_of_mine(group)
        return files_below(session.mirror.rows, gid, folder)

    @ended_by_logout
    async def tree_files(self, group: str, folder: str = "") -> list[FileRow]:
        """All of these, without older versions. For some thousands at most."""
        session, gid = self._group_of_mine(group)
        return await session.browsing.tree(gid, folder, {gid: group})

    @ended_by_logout
    async def find_files(self, asked: FilesAsked) -> FilesFound:
        """Any number of files, ordered; where they are many, within half a second. Ends at once when it is
        cancelled. Raises NotFound."""
        session = self._logged_in()
        return await session.browsing.find(asked, self._groups_in(asked))

    @ended_by_logout
    async def file_rows(self, ids: Sequence[int]) -> list[FileRow]:
        """What lines of find_files() say now; those that are gone are left out. At most 512."""
        session = self._logged_in()
        return await session.browsing.page(ids, self._my_groups(session))

    def local_files(self, ids: Sequence[int]) -> list[Path]:
        """Where files of a listing lie that this device shares, as far as it knows without looking: a disk
        may be far away. 10 us each."""
        if self._session is None:
            return []
        rows, library = self._session.mirror.rows, self._session.library
        of_group: dict[GroupId, list[EntryId]] = {}
        for gid, eid in entries_of(rows, ids):
            of_group.setdefault(gid, []).append(eid)
        shares = [one for gid, eids in of_group.items() for one in library.shares_of(gid, eids)]
        return [one.path for one in shares if not one.stopped]

    async def local_file(self, id_: int) -> Path | None:
        """Where one of them lies, if it does."""
        for path in self.local_files([id_]):
            if await asyncio.to_thread(path.is_file):
                return path
        return None

    @ended_by_logout
    async def older_versions(self, group: str, name: str) -> list[FileRow]:
        """Of a file: those that somebody still shares, newest first. Raises NotFound."""
        session, gid = self._group_of_mine(group)
        return await session.browsing.older(gid, name, {gid: group})

    @ended_by_logout
    async def who_has(self, group: str, name: str) -> list[MemberView]:
        """Everybody who shares a file. Raises NotFound."""
        session, gid = self._group_of_mine(group)
        return await session.browsing.who_has(gid, name, await self._online(gid))

    @ended_by_logout
    async def look_who_is_online(self, group: str) -> None:
        """For what lists of files say from now on, of a group that is shown."""
        session, gid = self._group_of_mine(group)
        session.browsing.online[gid] = await self._online(gid)
        session.downloads.ahead.looked_at(gid, session.browsing.online[gid])

    @ended_by_logout
    async def holders(self, group: str, name: str) -> list[Holder]:
        """How much of a file or a folder each member has. Asks those who fetch it from here, where it is a
        single file. Raises NotFound, NotAMember."""
        session, gid = await self._my_group(group)
        mirror = session.mirror
        listing = await mirror.listing(gid, name)
        entries = (await asyncio.to_thread(wanted, listing, name)).entries
        eids = frozenset(one.eid for one in entries)
        links = [link for link in self._peers.links.values() if open_here([link], gid, eids)]
        parts = transfers.parts_here(session.downloads.lines, gid, eids, session.account.uid, mirror.user_of)
        if len(entries) == 1:
            entry = entries[0]
            had = await asyncio.gather(*(peek(link, gid, entry.eid, entry.entry.size) for link in links))
            owners = [mirror.user_of(link.device) for link in links]
            parts |= {uid: part for uid, part in zip(owners, had, strict=True) if uid}
        seen = await self._last_seen(session, gid, [uid for uid, _ in members(mirror.rows, gid)])
        fetching = {uid for link in links if (uid := mirror.user_of(link.device))}
        return transfers.holders(entries, seen, session.account.uid, parts, fetching)

    @ended_by_logout
    async def upload_file(self, path: Path, group: str) -> ShareResult:
        """Returns once all is hashed, durable and visible to the group. ShareProgress tells meanwhile.
        Cancelling the task stops it; what was shared by then stays shared."""
        session, gid = await self._my_group(group)
        return await session.sharing.share(gid, path)

    async def weigh(self, paths: Sequence[Path]) -> Weighed:
        """How much it would be to share them; what cannot be looked at is left out."""
        return await asyncio.to_thread(weigh, paths, self._profile.root)

    @ended_by_logout
    async def stop_share(self, group: str, name: str) -> list[str]:
        """What share_again() needs to take it back."""
        session, gid = await self._my_group(group)
        return [eid.hex() for eid in await session.sharing.stop_share(gid, name)]

    @ended_by_logout
    async def share_again(self, group: str, stopped: Sequence[str]) -> None:
        """Takes stop_share() back."""
        session, gid = await self._my_group(group)
        await session.sharing.share_again(gid, [EntryId(bytes.fromhex(one)) for one in stopped])

    @ended_by_logout
    async def relink(self, group: str, name: str, path: Path) -> None:
        """`name` was withdrawn, as it was missing; its content is at `path` now, or in that
        folder. Raises NotFound, BadPath."""
        session, gid = await self._my_group(group)
        await session.sharing.relink(gid, name, path)

    @ended_by_logout
    async def shared_items(self) -> list[SharedItem]:
        """What this device shares, by its outermost folders."""
        session = self._logged_in()
        return await transfers.shared_items(session.library, self._my_groups(session))
