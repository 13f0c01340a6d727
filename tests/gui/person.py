"""One person at one window over a real engine, with a mouse and a keyboard."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt, QTranslator, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QWidget,
)

from desktop.app import TaskRunner
from desktop.console.one_line import OneLine
from desktop.engine.engine import Engine
from desktop.engine.events import Event, NetworkChanged
from desktop.paths import Profile
from desktop.settings import Kept, Settings
from desktop.ui import languages
from desktop.ui.groups.model import Place
from desktop.ui.main_window import MainWindow

W = TypeVar("W", bound=QWidget)
Dragged = tuple[Qt.DropAction, QMimeData, Qt.MouseButton, Qt.KeyboardModifier]
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NO_KEY, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SECONDS_MAX, LONG_MS = 120.0, 120_000
"""Nothing takes that long, on however busy a machine, that comes at all."""
_NOT_YET = (AssertionError, LookupError, TypeError, AttributeError)
"""Of who asks for what is not there yet."""
PASSWORD = "correct horse"


async def until(true: Callable[[], object], what: str = "it") -> None:
    why: Exception | None = None
    try:
        async with asyncio.timeout(SECONDS_MAX):
            while True:
                try:
                    if true():
                        return
                    why = None
                except _NOT_YET as error:
                    why = error
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"waited {SECONDS_MAX:.0f} s for {what}") from why


class Person:
    def __init__(self, home: Path, tracker_file: Path | None = None) -> None:
        """Without `tracker_file` the tracker is their own."""
        self.home = home
        self.downloads = home / "downloads"
        self.downloads.mkdir(parents=True, exist_ok=True)
        self.profile = Profile.open(home / "profile")
        self._settings = Settings(download_dir=self.downloads, tracker_info=tracker_file)
        self.closed = False

    @property
    def own_tracker_file(self) -> Path:
        return self.profile.own_tracker / "tracker_info.txt"

    async def __aenter__(self) -> Self:
        self.engine = Engine(self.profile, self._settings)
        self._tasks = TaskRunner()
        self.kept = Kept(
            self.profile.settings, self._settings, self._settings, self.profile.check_download_dir
        )
        self._left: list[MainWindow] = []
        self._open_window()
        self.engine.subscribe(self._heard)
        await self.engine.start(("127.0.0.1", 0), self._settings.tracker_info, resume=True)
        self.window.started()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.window.stop()
        await self._tasks.stop()
        await self.engine.stop()
        for window in (*self._left, self.window):
            window.deleteLater()

    def _open_window(self) -> None:
        self.window = MainWindow(self.engine, self._tasks, self.kept, OneLine(self.engine), self._close)
        self.window.show()

    async def speak(self, language: str, *over: QTranslator) -> None:
        """Sees a new window in that language, as after a choice in the menu; words of `over` go first."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        look = self.window.workspace.look
        self.window.stop()
        self._left.append(self.window)
        self.kept.forget_listeners()
        languages.apply(app, language)
        for translator in over:
            translator.setParent(app)
            app.installTranslator(translator)
        self._open_window()
        self.window.workspace.restore(look)
        self.window.started()
        self._left[-1].messages.go_on_in(self.window.messages)
        await until(lambda: self.engine.user is None or self.window.groups.model.rowCount())

    def _heard(self, event: Event) -> None:
        """As the program keeps it."""
        if isinstance(event, NetworkChanged):
            file = event.tracker_info
            self.kept.change(tracker_info=None if file is None else Path(file))

    def _close(self) -> None:
        self.closed = True

    # what they see

    @property
    def notices(self) -> str:
        return "\n".join(self.window.notices.texts()).replace("\u2068", "").replace("\u2069", "")

    @property
    def files(self) -> list[str]:
        """Every row of the tree of files, as it stands, indented."""
        model = self.window.files.model

        def rows(parent: object, depth: int) -> Iterator[str]:
            for row in range(model.rowCount(parent)):  # type: ignore[arg-type]
                index = model.index(row, 0, parent)  # type: ignore[arg-type]
                yield "  " * depth + index.data().strip("\u2068\u2069")
                yield from rows(index, depth + 1)

        return list(rows(QModelIndex(), 0))

    def sees_notice(self, part: str) -> Callable[[], bool]:
        return lambda: part in self.notices

    def find(self, kind: type[W], name: str, said: str = "") -> W:
        """The visible one, `said` a part of its accessible name; there must be just one."""
        found = [
            widget
            for widget in self.window.findChildren(kind, name)
            if widget.isVisible() and said in widget.accessibleName()
        ]
        assert len(found) == 1, f"{len(found)} visible {name}"
        return found[0]

    # what they do

    def act(self, name: str) -> None:
        """By its entry in the menus, which they open and click."""
        action, bar = self.window.menus.action(name), self.window.menuBar()
        assert action.isEnabled(), f"{name} is not possible now"
        menu = next(one for one in self.window.menus.of.values() if action in one.actions())
        QTest.mouseClick(bar, LEFT, NO_KEY, bar.actionGeometry(menu.menuAction()).center())
        assert menu.isVisible(), f"the menu of {name} did not open"
        QTest.mouseClick(menu, LEFT, NO_KEY, menu.actionGeometry(action).center())

    def click(self, name: str, said: str = "") -> None:
        button = self.find(QPushButton, name, said)
        assert button.isEnabled(), f"{name} cannot be clicked now"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def press(self, name: str) -> None:
        """One that is round or square: they hear a click on what they show, not beside it."""
        button = self.find(QAbstractButton, name)
        at = button.width() - 8 if button.layoutDirection() is Qt.LayoutDirection.RightToLeft else 8
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(at, button.height() // 2))

    async def press_with_control(self, key: Qt.Key) -> None:
        """In their own window, of the several that there are."""
        self.window.activateWindow()
        await until(self.window.isActiveWindow)
        QTest.keyClick(self.window.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)

    def right_click(self, view: QAbstractItemView, index: QModelIndex, entry: str) -> None:
        """Chooses an entry of the menu that opens there."""
        on, at = view.viewport(), view.visualRect(index).center()
        QTest.mouseClick(on, RIGHT, NO_KEY, at)
        mouse = QContextMenuEvent.Reason.Mouse  # which QTest leaves out
        QApplication.sendEvent(on, QContextMenuEvent(mouse, at, on.mapToGlobal(at)))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), "no menu opened"
        action = self.window.menus.action(entry)
        assert action in menu.actions(), f"{entry} is not in the menu"
        QTest.mouseClick(menu, LEFT, NO_KEY, menu.actionGeometry(action).center())

    async def answer(self, dialog: str, key: Qt.Key = Qt.Key.Key_Return) -> QDialog:
        """Waits for it, then presses `key` where the keyboard is in it."""
        await until(lambda: self._dialog(dialog), dialog)
        shown = self.find(QDialog, dialog)
        QTest.keyClick(shown.focusWidget(), key)
        return shown

    async def fill_in(self, dialog: str, **typed: str) -> None:
        """Types into its fields, then Return."""
        await until(lambda: self._dialog(dialog), dialog)
        for name, text in typed.items():
            self.type_in(name, text)
        await self.answer(dialog)

    def cancel(self, dialog: str) -> None:
        """By the mouse: a key goes to the window that is active, which may be another person's."""
        (buttons,) = self.find(QDialog, dialog).findChildren(QDialogButtonBox)
        QTest.mouseClick(buttons.button(QDialogButtonBox.StandardButton.Cancel), LEFT)

    async def choose(self, path: Path) -> None:
        """In the dialog that asks for a file or a folder."""
        await until(lambda: self._dialog("QFileDialog"), "a dialog that asks where")
        chooser = self.find(QFileDialog, "QFileDialog")
        chooser.selectFile(str(path))
        QTest.keyClick(chooser, Qt.Key.Key_Return)

    def type_in(self, name: str, text: str) -> None:
        edit = self.find(QLineEdit, name)
        edit.clear()
        if text.isascii():
            QTest.keyClicks(edit, text)
        else:
            edit.insert(text)  # QTest has no more keys

    async def sign_up(self, user: str, reach: str = "reachNobody") -> None:
        """`reach`: who may come in, where the tracker is their own."""
        await until(lambda: self.window.welcome.isVisible())
        if not self.window.login.isVisible():
            self.click("startHere")
            self.press(reach)
            await self._sign_up(user)
            await until(lambda: self._dialog("form"))  # for the first group
            self.cancel("form")
            return
        await self._sign_up(user)

    async def _sign_up(self, user: str) -> None:
        self.type_in("name", user)
        self.type_in("password", PASSWORD)
        self.click("createAccount")
        await until(lambda: self.engine.user == user and self.window.groups.isVisible())

    async def create_group(self, group: str) -> None:
        self.act("new_group")
        await until(lambda: self._dialog("form"))
        self.type_in("name", group)
        self.click("Create group")
        await self.at_group(group)

    async def ask_to_join(self, group: str) -> None:
        self.act("join_group")
        await until(lambda: self._dialog("choice"))
        self.type_in("search", group[:-1])
        choices = self.find(QListWidget, "choices")
        assert group in choices.currentItem().text()
        QTest.keyClick(choices, Qt.Key.Key_Return)
        await until(self.sees_notice("Asked the owner"))

    async def at_group(self, group: str) -> None:
        """Waits until it is in the tree, then makes it current."""
        await until(lambda: group in self.window.groups.model.groups)
        view, item = self.window.groups.view, self.window.groups.model.item_of(Place(group))
        assert item is not None
        QTest.mouseClick(view.viewport(), LEFT, NO_KEY, view.visualRect(item.index()).center())
        await until(lambda: self.window.groups.place == Place(group))

    def drop(self, paths: list[Path], on: QWidget | None = None, at: QPoint | None = None) -> bool:
        """Drags `paths` over the files (or there) and lets go; whether they were taken."""
        target, spot = on or self.window.files.view.viewport(), at or QPoint(40, 40)
        how = self.drag(paths, target, spot)
        dropped = QDropEvent(QPointF(spot), *how)
        QApplication.sendEvent(target, dropped)
        return dropped.isAccepted()

    def drag(self, paths: list[Path], target: QWidget, at: QPoint = QPoint(40, 40)) -> Dragged:  # noqa: B008
        """Over it, and lets go of nothing."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(target, QDragEnterEvent(at, *how))
        QApplication.sendEvent(target, QDragMoveEvent(at, *how))
        return how

    def select(self, *paths: str) -> None:
        """Clicks rows of the files, all but the first with Control; a folder's path ends in a slash."""
        view = self.window.files.view
        for path, keys in zip(paths, (NO_KEY, *[CTRL] * len(paths)), strict=False):
            index = self.window.files.model.index_of(path)
            assert index.isValid(), f"{path} is not listed"
            view.scrollTo(index)
            QTest.mouseClick(view.viewport(), LEFT, keys, view.visualRect(index).center())

    def double_click(self, path: str) -> None:
        self.double_click_on(self.window.files.view, self.window.files.model.index_of(path))

    def double_click_on(self, view: QAbstractItemView, index: QModelIndex) -> None:
        spot = view.visualRect(index).center()
        for click in (QTest.mouseClick, QTest.mouseDClick):
            click(view.viewport(), LEFT, NO_KEY, spot)

    async def arrived(self, count: int) -> None:
        """Until so many downloads are whole, as the table shows it."""
        await until(lambda: sum(view.state == "C" for view in self.window.transfers.model.views) == count)

    def _dialog(self, name: str) -> QDialog | None:
        return next((one for one in self.window.findChildren(QDialog, name) if one.isVisible()), None)


@asynccontextmanager
async def group_of_two(home: Path) -> AsyncIterator[tuple[Person, Person]]:
    """ana, whose tracker it is and who owns `design`, and bo, who was let in."""
    async with Person(home / "ana") as ana:
        await ana.sign_up("ana")
        await ana.create_group("design")
        async with Person(home / "bo", ana.own_tracker_file) as bo:
            await bo.sign_up("bo")
            await bo.ask_to_join("design")
            await until(ana.sees_notice("bo asks to join design"))
            ana.click("toastAccept")
            await until(bo.sees_notice("You are now a member of design"))
            await bo.at_group("design")
            await until(lambda: bo.window.groups.model.groups["design"].mine == "member")
            yield ana, bo
