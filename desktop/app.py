"""The window's program: Qt, its loop, the engine and the window, started and stopped in order."""

import asyncio
import contextlib
import errno
import logging
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from desktop import settings
from desktop.arguments import VERSION, Arguments
from desktop.collector import collecting_here
from desktop.console.one_line import OneLine
from desktop.engine import events
from desktop.engine.background import Background
from desktop.engine.engine import Engine
from desktop.handover import FirstWindow, hand_over
from desktop.paths import Profile
from desktop.qt_loop import QtLoop
from desktop.settings import Kept
from desktop.ui import languages, look, theme
from desktop.ui.desk import worded
from desktop.ui.invites.link_queue import LINKS_MAX
from desktop.ui.invites.picture import FORMATS, link_in
from desktop.ui.invites.qr import QrCode
from desktop.ui.main_window import MainWindow
from desktop.ui.share_queue import ShareQueue
from desktop.wording import sentence
from shared.errors import DiskError, ProfileInUse, ShoalError
from shared.exit_codes import Exit, exit_of
from shared.invite_link import PREFIX

SMOKE_S_MAX = 30.0
_TAKEN = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES)
_log = logging.getLogger(__name__)
T = TypeVar("T")


def run(told: Arguments) -> int:
    """The program's exit code. What cannot be started is one line on standard error."""
    app = QApplication(["shoal"])
    app.setApplicationName("Shoal")
    app.setApplicationVersion(VERSION)
    app.setDesktopFileName("io.github.shoal.Shoal")
    app.setQuitOnLastWindowClosed(False)
    try:
        profile = Profile.open(told.profile)
    except ShoalError as error:
        return _failed(error)
    try:
        with (
            profile.lock(),
            collecting_here(),
            asyncio.Runner(loop_factory=lambda: QtLoop(app)) as runner,
        ):
            return runner.run(_run(app, told, profile))
    except ProfileInUse as error:
        is_plain = not (told.smoke or told.listen or told.tracker_file)
        return Exit.OK if is_plain and hand_over(profile, told.link) else _failed(error)
    except ShoalError as error:
        return _failed(error)
    except OSError as error:
        sys.stderr.write(f"shoal: {error.strerror or error}\n")
        return Exit.IN_USE if error.errno in _TAKEN else Exit.DISK


def _failed(error: ShoalError) -> int:
    sys.stderr.write(f"shoal: {sentence(error)}\n")
    return exit_of(error)


class TaskRunner:
    """Owns what the window has under way. See desktop.ui.runner for its promise."""

    def __init__(self) -> None:
        self._background = Background()
        self._running: set[asyncio.Task[Any]] = set()
        self.stop = self._background.close
        self.tell: Callable[[ShoalError], object] = lambda _: None
        """Where errors go that nobody else takes."""

    def run(
        self,
        coroutine: Coroutine[Any, Any, T],
        then: Callable[[T], object] | None = None,
        failed: Callable[[ShoalError], object] | None = None,
    ) -> asyncio.Task[None]:
        async def attempt() -> None:
            try:
                answer = await coroutine
            except ShoalError as error:
                (failed or self.tell)(error)
            except OSError as error:  # of the profile's own files
                (failed or self.tell)(DiskError(sentence(error)))
            else:
                if then:
                    then(answer)

        task = self._background.spawn(attempt())
        task.add_done_callback(lambda _: coroutine.close())  # one that was cancelled before it began
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def aside(self, work: Callable[[], T]) -> T:
        return await asyncio.to_thread(work)

    async def ended(self) -> None:
        """When all has ended that runs now, but for the one who asks."""
        if others := self._running - {asyncio.current_task()}:
            await asyncio.wait(others)


class _Program:
    def __init__(self, app: QApplication, told: Arguments, profile: Profile) -> None:
        self._app = app
        self._told = told
        self._profile = profile
        profile.window.touch(0o600)
        self._kept = _kept(told, profile)
        self._look = QSettings(str(profile.window), QSettings.Format.IniFormat)
        self._tasks = TaskRunner()
        self._ended = asyncio.Event()
        self._links = [told.link] if told.link else []
        """To be shown as soon as there is an engine to read them."""
        self._is_ready = False
        self._dressed_as: object = None
        self._begins_hidden = told.hidden and QSystemTrayIcon.isSystemTrayAvailable()
        self._code: int = Exit.OK

    async def run(self) -> int:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):  # Windows: KeyboardInterrupt instead
                loop.add_signal_handler(number, self._interrupt, number)
        current = self._kept.now
        self._profile.check_download_dir(current.download_dir)
        current.download_dir.mkdir(parents=True, exist_ok=True)
        self._dress()
        self._app.styleHints().colorSchemeChanged.connect(self._dress)
        engine = Engine(self._profile, current)
        self._shares = ShareQueue(self._tasks, engine.upload_file)
        self._open_window(engine)
        engine.subscribe(self._heard)
        first_window = FirstWindow(self._profile, self._come_forward)
        try:
            await engine.start(current.listen, current.tracker_info, resume=not self._told.smoke)
            # now that they are good for something
            self._kept.change(listen=current.listen, tracker_info=current.tracker_info)
            self._window.started()
            self._is_ready = True
            for link in self._links:
                self._window.open_link(link)
            _log.info("ready, serving peers on %s", engine.listen)
            if self._told.smoke:
                await _smoke(engine, self._window)
            else:
                await self._ended.wait()
            self._keep_look()
        finally:
            first_window.close()
            self._window.stop()
            await self._tasks.stop()
            await engine.stop()
        return self._code

    def _open_window(self, engine: Engine) -> None:
        """In the language that the settings say; a change of that makes it anew, over the same engine."""
        languages.apply(self._app, self._kept.now.language)
        self._spoken = self._kept.now.language
        self._window = window = MainWindow(
            engine, self._tasks, self._kept, OneLine(engine), self._ended.set, self._shares
        )
        self._tasks.tell = lambda error: window.notices.fail(worded(error))
        self._kept.on_change(self._dress)
        self._kept.on_change(lambda: self._translate(engine))
        if isinstance(geometry := self._look.value("geometry"), QByteArray):
            window.restoreGeometry(geometry)
        window.workspace.restore(look.read(self._look.value("look")))
        if not self._begins_hidden:
            window.show()
        self._begins_hidden = False

    def _translate(self, engine: Engine) -> None:
        if self._spoken == self._kept.now.language:
            return
        self._keep_look()
        page = self._window.preferences_page
        before = self._window
        links = before.links.take()
        before.stop()
        self._kept.forget_listeners()
        self._open_window(engine)
        self._window.started()
        before.notices.go_on_in(self._window.notices)
        before.messages.go_on_in(self._window.messages)
        for link in links:
            self._window.open_link(link)
        self._tasks.run(self._let_go(before))
        if page is not None:
            self._window.prefer(page)

    async def _let_go(self, window: MainWindow) -> None:
        """When nothing answers to it any more."""
        await self._tasks.ended()
        window.deleteLater()

    def _come_forward(self, link: str) -> None:
        """Shoal was started once more, perhaps by a link."""
        if link and self._is_ready:
            self._window.open_link(link)
        else:
            self._links = [*self._links, *([link] if link else [])][:LINKS_MAX]
            self._window.come_forward()

    def _keep_look(self) -> None:
        self._look.setValue("geometry", self._window.saveGeometry())
        self._look.setValue("look", look.written(self._window.workspace.look))

    def _interrupt(self, number: int) -> None:
        self._code = Exit.INTERRUPTED if number == signal.SIGINT else Exit.OK
        self._ended.set()

    def _heard(self, event: events.Event) -> None:
        if isinstance(event, events.NetworkChanged):
            file = event.tracker_info
            self._kept.change(tracker_info=None if file is None else Path(file))

    def _dress(self) -> None:
        now = self._kept.now
        if self._dressed_as != (looks := (now.appearance, now.density, self._app.styleHints().colorScheme())):
            self._dressed_as = looks
            theme.apply(self._app, now.appearance, now.density)


def _kept(told: Arguments, profile: Profile) -> Kept:
    """The command line goes first; of it the address and the network are kept too, once they were of use."""
    saved = settings.load(profile.settings)
    now = msgspec.structs.replace(
        saved.told(told.download_dir),
        listen=told.listen or saved.listen,
        tracker_info=told.tracker_file.absolute() if told.tracker_file else saved.tracker_info,
    )
    return Kept(None if told.smoke else profile.settings, saved, now, profile.check_download_dir)


async def _run(app: QApplication, told: Arguments, profile: Profile) -> int:
    return await _Program(app, told, profile).run()


async def _smoke(engine: Engine, window: MainWindow) -> None:
    """Proves that window, engine and tracker answer each other, and that codes can be shown and read."""
    status = await engine.wait_for_tracker(SMOKE_S_MAX)
    assert window.isVisible()
    code = QrCode()
    code.show_text(PREFIX)
    assert link_in(code.grab().toImage()) == PREFIX
    assert set(FORMATS) <= {bytes(one.data()) for one in QImageReader.supportedImageFormats()}
    sys.stdout.write(f"smoke: window up, {window.status.text}; listening on {status.listen}\n")
