"""One running tracker: builds its parts, starts and stops them in order, keeps its trust up to date."""

import asyncio
import contextlib
import errno
import ipaddress
import logging
import random
from collections.abc import Callable

import msgspec

from shared.addresses import parse_address, shown_address
from shared.clock import Clock
from shared.errors import Coded, Damaged, Unavailable
from shared.facts.derive import is_removed
from shared.facts.rows import NETWORK_KINDS, Kind, Tracker, body_of
from shared.limits import STORE_CHECKED_S, TRACKER_FILE_WATCHED_S
from shared.tracker_info import TrackerInfo, TrackerLine, format_pin
from shared.trust.certificates import Leaf, tracker_leaf
from shared.trust.identity import PrivateKey, raw_public
from shared.trust.tls import tracker_server
from trackerd.commands import Commands
from trackerd.config import Settings
from trackerd.counts import Counts
from trackerd.identity_files import ensure_pin, load_or_make_keys, make_folder, only_one, read_info
from trackerd.mesh.mesh import Mesh
from trackerd.metrics import CONTENT_TYPE, Metrics
from trackerd.network import Peer, TrackerRemoved, authorities, forget, has_others, listed, peers
from trackerd.presence import Presence
from trackerd.said import Event, set_level, tell
from trackerd.server import Server, Trust
from trackerd.status import Figures
from trackerd.store.book import Commit
from trackerd.store.files import STORE_FILE, set_aside
from trackerd.store.store import Store
from trackerd.web import Page, Web


class Daemon:
    """From start() to stop(). `address` is where it listens; clients are served after take_over()."""

    address: str
    commands: Commands
    mesh: Mesh
    server: Server

    def __init__(self, settings: Settings, clock: Clock, lot: random.Random) -> None:
        self._settings, self._clock, self._lot = settings, clock, lot
        self.counts = Counts()
        self.failed: TrackerRemoved | Damaged | None = None
        """Why this tracker must stop."""
        self.on_failed: Callable[[], None] = lambda: None
        self._may_forget = False
        """There may be a row of a tracker that is to be forgotten."""
        self._open = contextlib.AsyncExitStack()

    async def start(self) -> None:
        """Raises Coded, Exposed and OSError, and then holds nothing."""
        async with contextlib.AsyncExitStack() as opened:
            await self._start(opened)
            self._open = opened.pop_all()

    async def take_over(self) -> None:
        """Gets what other trackers have, and only then serves clients: they are not to see old state."""
        must_refill = self._store.must_refill and has_others(self._info, self._settings.number)
        if must_refill:
            tell(logging.WARNING, Event.REFILLING, trackers=len(self._peers()))
        await self.mesh.take_over(must_refill=must_refill)
        self.server.is_serving = True

    async def stop(self) -> None:
        await self._open.aclose()

    async def _start(self, opened: contextlib.AsyncExitStack) -> None:
        settings, number, path = self._settings, self._settings.number, self._settings.tracker_info
        file = read_info(path, number)  # nothing is made for a file that is wrong
        make_folder(settings.data)
        opened.enter_context(only_one(settings.data))
        self._keys = load_or_make_keys(settings.data)
        t_key = raw_public(self._keys.t)
        # Before the pin goes in: the store knows whether this is that tracker's folder at all.
        self._store = store = self._open_store(file.info)
        opened.push_async_callback(store.close)
        self._seen = self._file_state()
        _, info, line = ensure_pin(path, number, t_key)
        self._take_up(info)
        if line.pin is None:
            tell(logging.WARNING, Event.PIN_NOT_WRITTEN, path=path, number=number, pin=format_pin(t_key))
        key = PrivateKey.generate()
        self._leaf = Leaf(tracker_leaf(self._keys.t, raw_public(key), number), key)
        presence = Presence(number, self._clock.monotonic_s)
        self.mesh = Mesh(number, self._leaf, store, presence, self._clock, self._lot)
        self.commands = Commands(settings, self._keys, store, self.mesh, self._clock, self._lot)
        opened.callback(self.commands.close)
        opened.push_async_callback(self.mesh.stop)
        self.server = Server(self.commands, self.mesh, self._trust(), self._clock, self.counts)
        store.on_commit, store.on_damaged = self._committed, self._damaged
        self._renew_trust()  # before another tracker can call, which would be taken for a stranger
        self.address = shown_address(*await self._listen(line))
        opened.push_async_callback(self.server.stop)
        await self._tell_of_itself(line)
        await self._forget()
        self._started_s = self._clock.monotonic_s()
        if settings.metrics:
            await self._open_pages(opened, settings.metrics)

    async def _open_pages(self, opened: contextlib.AsyncExitStack, address: str) -> None:
        metrics = Page(CONTENT_TYPE, Metrics(self.counts, self.figures).text)
        health = Page("text/plain", lambda: b"ok\n" if self.server.is_serving else None)
        web = Web({"/metrics": metrics, "/healthz": health})
        await web.start(*parse_address(address))
        opened.callback(web.stop)
        tell(logging.INFO, Event.METRICS_ON, address=web.address)

    def _open_store(self, info: TrackerInfo) -> Store:
        """A damaged one makes room for a new one where there are other trackers, which have it all."""
        path, number = self._settings.data / STORE_FILE, self._settings.number
        ca_key = raw_public(self._keys.t)
        try:
            return Store.open(path, number=number, ca_key=ca_key, clock=self._clock, lot=self._lot)
        except Damaged as damage:
            if not has_others(info, number):
                raise
            tell(logging.ERROR, Event.STORE_DAMAGED, path=set_aside(path), why=damage)
        return Store.open(path, number=number, ca_key=ca_key, clock=self._clock, lot=self._lot)

    async def _listen(self, line: TrackerLine) -> tuple[str, int]:
        """On the address of the line where it is this computer's; else (a name, or behind NAT) on all."""
        if self._settings.listen_on_all:
            return await self.server.start(None, line.port)
        host = "127.0.0.1" if line.host == "localhost" else line.host
        try:
            return await self.server.start(str(ipaddress.ip_address(host)), line.port)
        except ValueError:
            return await self.server.start(None, line.port)
        except OSError as error:
            if error.errno != errno.EADDRNOTAVAIL:
                raise
            tell(logging.WARNING, Event.LISTENING_ON_ALL, host=host)
            return await self.server.start(None, line.port)

    async def _tell_of_itself(self, line: TrackerLine) -> None:
        """The row by which clients and other trackers know this one."""
        key = bytes([self._settings.number])
        address = shown_address(line.host, line.port)
        body = Tracker(raw_public(self._keys.t), [raw_public(self._keys.d)], [address])
        known = self._store.rows.get(Kind.TRACKER, key)
        if known is None or body_of(known, Tracker) != body:
            await self._store.write(lambda book: book.write(Kind.TRACKER, key, body))

    # --- what changes while it runs ---

    async def watch(self) -> None:
        """Sees to the tracker file, also to the pin, which another's rename may lose. Until cancelled."""
        while True:
            await asyncio.sleep(TRACKER_FILE_WATCHED_S)
            self.counts.sample(self._clock.monotonic_s())
            if self._file_state() != self._seen:
                await self.reread()
            if self._may_forget:
                await self._forget()

    async def look_over(self) -> None:
        """Looks once a day at what nobody reads. Runs until cancelled."""
        while True:
            await asyncio.sleep(STORE_CHECKED_S)
            await self._store.check()

    async def collect(self) -> None:
        """Deletes for good, once a day, what has been over for long. Runs until cancelled."""
        await self.mesh.collecting.run(self.listed)

    def listed(self) -> list[int]:
        """The other trackers of the network, linked or not."""
        return listed(self._store.rows, self._info, self._settings.number)

    async def reread(self) -> None:
        """Takes the tracker file's pins up; where it is broken, the old ones stay."""
        self._seen = self._file_state()  # before it is read: what another changes meanwhile is read next
        path, number = self._settings.tracker_info, self._settings.number
        try:
            _, info, _ = await asyncio.to_thread(ensure_pin, path, number, raw_public(self._keys.t))
        except TrackerRemoved as error:
            self._leave(error)
            return
        except (Coded, OSError) as error:
            tell(logging.WARNING, Event.FILE_REFUSED, path=path, why=error)
            return
        if info != self._info:
            tell(logging.INFO, Event.FILE_READ, path=path, trackers=len(info.lines))
            self._take_up(info)
            await self._forget()
            self._renew_trust()

    async def _forget(self) -> None:
        """Tells all trackers, for ever, not to trust those whose line is `-`; or tries again in a second."""
        info, own, at = self._info, self._settings.number, int(self._clock.wall_s())
        self._may_forget = False
        if None not in info.lines:
            return
        try:
            written = await self._store.write(lambda book: forget(book, info, own, at))
        except Unavailable:
            self._may_forget = True
        else:
            for number in written.value:
                tell(logging.WARNING, Event.FORGOTTEN, number=number)

    def _leave(self, error: TrackerRemoved) -> None:
        """This tracker is the one that was removed: it says so, and is to be stopped."""
        if self.failed is None:
            self.failed = error
            tell(logging.ERROR, Event.REMOVED, number=self._settings.number)
            self.on_failed()

    def _damaged(self, damage: Damaged) -> None:
        """The next start sets the store aside, or says what to do."""
        if self.failed is None:
            self.failed = damage
            tell(logging.ERROR, Event.STORE_SPOILT, why=damage)
            self.on_failed()

    def _take_up(self, info: TrackerInfo) -> None:
        self._info = info
        for number, line in enumerate(info.lines, 1):
            if line and not line.pin and number != self._settings.number:
                tell(logging.WARNING, Event.PIN_MISSING, path=self._settings.tracker_info, number=number)

    def reload(self, settings: Settings) -> None:
        """What may change while it runs: who may register, quotas, how much is logged."""
        self.commands.settings = msgspec.structs.replace(
            self._settings, registration=settings.registration, limits=settings.limits
        )
        set_level(settings.log_level)

    def figures(self) -> Figures:
        here, elsewhere = self.commands.presence.count()
        return Figures(
            now_s=self._clock.monotonic_s(),
            started_s=self._started_s,
            number=self._settings.number,
            address=self.address,
            is_serving=self.server.is_serving,
            connections=self.server.by_kind(),
            sessions_here=here,
            sessions_elsewhere=elsewhere,
            rows=self._store.rows_by_kind,
            vector=self._store.vector(),
            rates=self.counts.rates(),
            links=self.mesh.links(),
        )

    def _committed(self, commit: Commit) -> None:
        self.counts.committed(commit.took_s)
        self.mesh.committed(commit)
        self.commands.committed(commit)
        if any(row.kind in NETWORK_KINDS for row in commit.rows):
            self._may_forget = True  # it may be of a tracker whose line is `-` already
            self._renew_trust()

    def _renew_trust(self) -> None:
        if is_removed(self._store.rows, raw_public(self._keys.t)):
            self._leave(TrackerRemoved("the other trackers of the network have forgotten this one"))
        self.server.renew_trust(self._trust())
        self.mesh.set_peers(self._peers())

    def _trust(self) -> Trust:
        t_keys = [peer.t_key for peer in self._peers().values()]
        d_keys = self.commands.d_keys = authorities(self._store.rows, raw_public(self._keys.d))
        return Trust(tracker_server(self._leaf, t_keys, d_keys), t_keys, d_keys)

    def _peers(self) -> dict[int, Peer]:
        return peers(self._store.rows, self._info, self._settings.number)

    def _file_state(self) -> tuple[int, ...]:
        try:
            status = self._settings.tracker_info.stat()
        except OSError:
            return ()
        return status.st_mtime_ns, status.st_ino, status.st_size
