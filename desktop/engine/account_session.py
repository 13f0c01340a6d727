"""All that lives as long as one user is logged in: library, shares, downloads, and what ties them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from desktop.engine.account import Account
from desktop.engine.background import Background
from desktop.engine.browsing import Browsing
from desktop.engine.downloads.downloads import Downloads
from desktop.engine.files.hasher import Hasher
from desktop.engine.library import Library
from desktop.engine.mirror import Mirror
from desktop.engine.peers.peer_pool import Peers
from desktop.engine.peers.uploads import Uploads
from desktop.engine.sharing.sharing import Sharing
from desktop.engine.surroundings import Surroundings
from shared.errors import NotLoggedIn
from shared.wire.tracker_messages import ME, NETWORK

MakeSurroundings = Callable[[Account, Library, Mirror, Hasher, Background], Surroundings]


class AccountSession:
    """Made at login, closed at logout."""

    def __init__(
        self,
        account: Account,
        mirror: Mirror,
        peers: Peers,
        uploads: Uploads,
        make: MakeSurroundings,
    ) -> None:
        """Raises Damaged and Version for a library that cannot be used."""
        self.account = account
        self.mirror = mirror
        self.library = Library(account.folder.library)
        self.browsing = Browsing(account.folder.mirror, account.dev)
        self._peers, self._uploads = peers, uploads
        self._background = Background()
        self._hasher = Hasher(account.folder.root)
        self._commands: set[asyncio.Timeout] = set()
        self._is_closed = False
        around = make(account, self.library, mirror, self._hasher, self._background)
        self.sharing = Sharing(around)
        self.downloads = Downloads(around, self.sharing, peers)
        self.sharing.on_withdrawn = uploads.withdraw
        self.downloads.offering.on_have = uploads.have

    def begin(self) -> None:
        """What was running goes on."""
        self._peers.on_link = self.downloads.linked
        self._uploads.on_wanted = self.downloads.wanted_by
        self.downloads.resume_all()

    def in_step(self) -> None:
        """A tracker is connected, and this device knows what it knows: now it is told what it lacks."""
        self.sharing.declaring.logged_in()

    def mirror_changed(self, scopes: set[bytes]) -> None:
        self._peers.recheck()
        self.sharing.declaring.groups_changed(scopes - {ME, NETWORK})
        self.downloads.groups_changed(scopes)

    @asynccontextmanager
    async def command(self) -> AsyncIterator[None]:
        """What is under way inside when the session is closed raises NotLoggedIn."""
        try:
            async with asyncio.timeout(None) as end:
                self._commands.add(end)
                try:
                    yield
                finally:
                    self._commands.discard(end)
        except TimeoutError:
            if self._is_closed:
                raise NotLoggedIn from None
            raise

    async def close(self) -> None:
        """Shares end, downloads stand still as they are. Within some seconds."""
        self._is_closed = True
        self.mirror.on_change = lambda _scopes: None
        for command in self._commands:
            command.reschedule(0)
        self._peers.on_link = lambda _link: None
        self._uploads.on_wanted = lambda _dev, _gid, _eid: None
        await self.downloads.close()
        await self._background.close()
        self.sharing.offered.close()
        await asyncio.to_thread(self._close_files)

    def _close_files(self) -> None:
        self._hasher.close()
        self.library.close()
        self.browsing.close()
        self.mirror.close()
