"""One running tracker: builds its parts, starts and stops them in order, keeps its trust up to date."""

import asyncio
import contextlib
import errno
import ipaddress
import logging
import os
import random
import signal
import sys
import threading
from collections.abc import Callable

import msgspec

from shared.addresses import parse_address, shown_address
from shared.clock import Clock
from shared.errors import Coded
from shared.facts.rows import NETWORK_KINDS, Kind, Tracker, body_of
from shared.limits import TRACKER_FILE_WATCHED_S
from shared.tracker_info import TrackerInfo, TrackerLine, format_pin
from shared.trust.certificates import Leaf, expires_at_s, tracker_leaf
from shared.trust.identity import PrivateKey, raw_public
from shared.trust.tls import tracker_server
from trackerd.commands import Commands
from trackerd.config import Settings
from trackerd.counts import Counts
from trackerd.identity_files import ensure_pin, load_or_make_keys, make_folder, only_one, read_info
from trackerd.mesh.mesh import Mesh
from trackerd.metrics import CONTENT_TYPE, Metrics
from trackerd.network import Peer, authorities, peers
from trackerd.notify import notify, watchdog_s
from trackerd.presence import Presence
from trackerd.said import Event, set_level, tell
from trackerd.server import Server, Trust
from trackerd.status import Figures, shown_status
from trackerd.store.book import Commit
from trackerd.store.store import Store
from trackerd.web import Page, Web

LEAF_RENEWED_S_LEFT = 15 * 24 * 3600


class Daemon:
    """From start() to stop(). `address` is where it listens; clients are served after take_over()."""

    address: str
    commands: Commands
    mesh: Mesh
    server: Server

    def __init__(self, settings: Settings, clock: Clock, lot: random.Random) -> None:
        self._settings, self._clock, self._lot = settings, clock, lot
        self.counts = Counts()
        self._open = contextlib.AsyncExitStack()

    async def start(self) -> None:
        """Raises Coded, Exposed and OSError, and then holds nothing."""
        async with contextlib.AsyncExitStack() as opened:
            await self._start(opened)
            self._open = opened.pop_all()

    async def take_over(self) -> None:
        """Gets what other trackers have, and only then serves clients: they are not to see old state."""
        await self.mesh.take_over()
        self.server.is_serving = True

    async def stop(self) -> None:
        await self._open.aclose()

    async def _start(self, opened: contextlib.AsyncExitStack) -> None:
        settings, number, path = self._settings, self._settings.number, self._settings.tracker_info
        read_info(path, number)  # nothing is made for a file that is wrong
        make_folder(settings.data)
        opened.enter_context(only_one(settings.data))
        self._keys = load_or_make_keys(settings.data)
        t_key = raw_public(self._keys.t)
        # Before the pin goes in: the store knows whether this is that tracker's folder at all.
        store = Store.open(
            settings.data / "store.sqlite", number=number, ca_key=t_key, clock=self._clock, lot=self._lot
        )
        opened.push_async_callback(store.close)
        self._store = store
        self._seen = self._file_state()
        _, info, line = ensure_pin(path, number, t_key)
        self._take_up(info)
        if line.pin is None:
            tell(logging.WARNING, Event.PIN_NOT_WRITTEN, path=path, number=number, pin=format_pin(t_key))
        self.mesh = Mesh(number, store, Presence(number), self._clock, self._lot)
        self.commands = Commands(settings, self._keys, store, self.mesh, self._clock, self._lot)
        opened.callback(self.commands.close)
        opened.push_async_callback(self.mesh.stop)
        self._renew_leaf()
        self.server = Server(self.commands, self.mesh, self._trust(), self._clock, self.counts)
        store.on_commit = self._committed
        self.address = shown_address(*await self._listen(line))
        opened.push_async_callback(self.server.stop)
        await self._tell_of_itself(line)
        self._renew_trust()
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

    async def _listen(self, line: TrackerLine) -> tuple[str, int]:
        """On the address of the line where it is this computer's; else (a name, or behind NAT) on all."""
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
        """Sees to the pin, which another's rename may lose, and to the leaf. Runs until cancelled."""
        while True:
            await asyncio.sleep(TRACKER_FILE_WATCHED_S)
            self.counts.sample(self._clock.monotonic_s())
            if self._file_state() != self._seen:
                await self.reread()
            if expires_at_s(self._leaf.der) - self._clock.wall_s() < LEAF_RENEWED_S_LEFT:
                self._renew_leaf()
                self._renew_trust()

    async def reread(self) -> None:
        """Takes the tracker file's pins up; where it is broken, the old ones stay."""
        self._seen = self._file_state()  # before it is read: what another changes meanwhile is read next
        path, number = self._settings.tracker_info, self._settings.number
        try:
            _, info, _ = await asyncio.to_thread(ensure_pin, path, number, raw_public(self._keys.t))
        except (Coded, OSError) as error:
            tell(logging.WARNING, Event.FILE_REFUSED, path=path, why=error)
            return
        if info != self._info:
            tell(logging.INFO, Event.FILE_READ, path=path, trackers=len(info.lines))
            self._take_up(info)
            self._renew_trust()

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
            connections=self.server.by_kind(),
            sessions_here=here,
            sessions_elsewhere=elsewhere,
            rows=self._store.rows_by_kind,
            vector=self._store.vector(),
            rates=self.counts.rates(),
            links=self.mesh.links(),
        )

    def _committed(self, commit: Commit) -> None:
        self.mesh.committed(commit)
        self.commands.committed(commit)
        if any(row.kind in NETWORK_KINDS for row in commit.rows):
            self._renew_trust()

    def _renew_leaf(self) -> None:
        key = PrivateKey.generate()
        number, now_s = self._settings.number, self._clock.wall_s()
        self._leaf = Leaf(tracker_leaf(self._keys.t, raw_public(key), number, now_s), key)

    def _renew_trust(self) -> None:
        self.server.trust = self._trust()
        self.mesh.set_peers(self._peers(), self._leaf)

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


async def run(settings: Settings, reload: Callable[[], Settings], clock: Clock, lot: random.Random) -> None:
    """Until somebody says stop: SIGTERM, SIGINT, `quit`, or the end of input where that was asked for."""
    stopping, rereading = asyncio.Event(), asyncio.Event()
    _on_signal("SIGTERM", stopping.set)
    _on_signal("SIGINT", stopping.set)
    _on_signal("SIGHUP", rereading.set)
    daemon = Daemon(settings, clock, lot)
    await daemon.start()
    try:
        async with asyncio.TaskGroup() as tasks:
            background = [
                tasks.create_task(_get_ready(daemon, settings.number)),
                tasks.create_task(daemon.watch()),
                tasks.create_task(_reread(daemon, rereading, reload)),
                tasks.create_task(_feed_watchdog()),
            ]
            _read_input(daemon, stopping, stop_at_eof=settings.stop_at_eof)
            await stopping.wait()
            for task in background:
                task.cancel()
    finally:
        notify("STOPPING=1")
        await daemon.stop()


async def _get_ready(daemon: Daemon, number: int) -> None:
    await daemon.take_over()
    with contextlib.suppress(BrokenPipeError, AttributeError):  # nobody reads, or it is closed
        sys.stdout.write(f"trackerd {number} ready on {daemon.address}\n")
        sys.stdout.flush()
    notify(f"READY=1\nSTATUS=on {daemon.address}")


async def _reread(daemon: Daemon, rereading: asyncio.Event, reload: Callable[[], Settings]) -> None:
    while await rereading.wait():
        rereading.clear()
        notify("RELOADING=1")
        try:
            daemon.reload(reload())
        except (Coded, OSError) as error:
            tell(logging.WARNING, Event.SETTINGS_REFUSED, why=error)
        await daemon.reread()
        notify("READY=1")


async def _feed_watchdog() -> None:
    """From the loop, so that systemd sees when it is stuck."""
    if every_s := watchdog_s():
        while True:
            notify("WATCHDOG=1")
            await asyncio.sleep(every_s)


def _on_signal(name: str, act: Callable[[], None]) -> None:
    number = getattr(signal, name, None)
    if number is None:
        return
    loop = asyncio.get_running_loop()
    try:
        loop.add_signal_handler(number, act)
    except NotImplementedError:  # Windows
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(act))


def _read_input(daemon: Daemon, stopping: asyncio.Event, *, stop_at_eof: bool) -> None:
    """Takes commands from a person or a pipe, on a thread, as a terminal cannot be waited for everywhere."""
    loop = asyncio.get_running_loop()

    def typed(line: str) -> None:
        match line.strip():
            case "quit" | "exit":
                stopping.set()
            case "status":
                sys.stderr.write(shown_status(daemon.figures()))
            case "":
                pass
            case _:
                sys.stderr.write("quit: stop; status: say how it goes; help: this\n")

    def read() -> None:
        rest = ""
        with contextlib.suppress(OSError, RuntimeError):  # no input to read, or the loop is gone
            # Not sys.stdin: its lock, held while reading, would hold up the end of the program.
            while data := os.read(0, 4096):
                *lines, rest = (rest + data.decode(errors="replace")).split("\n")
                for line in lines:
                    loop.call_soon_threadsafe(typed, line)
                rest = rest[-4096:]
            loop.call_soon_threadsafe(typed, rest)
        if stop_at_eof:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(stopping.set)

    if sys.stdin is None:  # closed: 0 may be any other file by now
        if stop_at_eof:
            stopping.set()
        return
    if hasattr(signal, "SIGTTIN"):
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)  # in the background of a terminal: an error, not a halt
    threading.Thread(target=read, name="input", daemon=True).start()
