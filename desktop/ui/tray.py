"""The icon in the system's tray: what it shows, its menu, and whether closing the window ends the program."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop.engine.views import StatusView
from desktop.ui import amounts
from desktop.ui.desk import Desk
from desktop.ui.dialogs import Confirm
from desktop.ui.groups.model import GroupsModel, Place
from desktop.ui.icons import icon
from desktop.ui.notifications import Notifications, Told
from desktop.ui.theme import DARK, LIGHT
from desktop.ui.words import mark, tr, tr_n

STALE_MS = 200
"""Changes of the groups that come together are counted once."""
_SIZES_PX = (16, 22, 32, 64)


@dataclass(frozen=True)
class TrayActs:
    """What the tray has of the window."""

    show: Callable[[Place | None], object]
    """Opens the window, there."""
    requests: Callable[[], list[Place]]
    pause_all: Callable[[], object]
    resume_all: Callable[[], object]
    quit: Callable[[], object]


class Tray(QObject):
    told = Signal(str, str)
    """Title and text that the system was asked to show."""

    def __init__(self, desk: Desk, acts: TrayActs, groups: GroupsModel) -> None:
        """The requests may be others when the rows of `groups` are."""
        super().__init__(desk.window)
        self._desk = desk
        self._acts = acts
        self._told_of: Place | None = None
        self._notifications = Notifications(self, acts.show, self._tell_plainly)
        self._icon = QSystemTrayIcon(self)
        self.menu = QMenu(desk.window)
        self.menu.setObjectName("trayMenu")
        self.menu.addAction(tr("Open Shoal"), lambda: acts.show(None))
        self._rates = self.menu.addAction("")
        self._rates.setEnabled(False)
        self.menu.addSeparator()
        self._requests = self.menu.addAction("", lambda: acts.show(acts.requests()[0]))
        self._pause = self.menu.addAction("", self._pause_or_resume)
        self.menu.addSeparator()
        self.menu.addAction(tr("Quit Shoal"), acts.quit)
        self.menu.aboutToShow.connect(self._refresh)
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(lambda: acts.show(self._told_of))
        self._stale = QTimer(self, interval=STALE_MS, singleShot=True)
        self._stale.timeout.connect(self._show_requests)
        for changed in (groups.rowsInserted, groups.rowsRemoved):
            changed.connect(self._stale.start)
        groups.gone.connect(lambda place: self._notifications.withdraw({place}))

    def start(self) -> None:
        """Where the system has no tray nothing is shown."""
        self._show_requests()
        self._refresh()
        self._notifications.start()
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._icon.show()

    def stop(self) -> None:
        self._stale.stop()
        self._icon.hide()
        self._notifications.stop()

    def tell(self, told: Told) -> None:
        """With its buttons, where the desktop has them."""
        self._notifications.tell(told)
        self.told.emit(told.title, told.text)

    def _tell_plainly(self, told: Told) -> None:
        if self._icon.isVisible():
            self._told_of = told.place
            text = told.text.replace(
                "<", "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
            )  # some read markup in it
            self._icon.showMessage(told.title, text, self._icon.icon())

    def close_window(self) -> None:
        """A person closed the window: Shoal goes on in the tray, or ends, as they said once."""
        can_stay = self._icon.isVisible() and self._desk.engine.user is not None
        said = self._desk.settings.tray if can_stay else "quit"
        if said != "ask":
            self._close(said)
        else:
            Confirm(
                self._desk.window,
                tr("Keep sharing when the window is closed?"),
                tr(
                    "Shoal can stay in the system tray: others go on downloading from you, and your "
                    "downloads go on. You can change this in Preferences."
                ),
                (mark("Keep sharing"), lambda: self._remember("stay")),
                (mark("Quit Shoal"), lambda: self._remember("quit")),
            ).open()

    def _show_requests(self) -> None:
        count = len(self._acts.requests())
        waiting = tr_n("%n people ask to join", count, one="%n person asks to join")
        self._icon.setIcon(_picture(dot=count > 0))
        self._icon.setToolTip(f"Shoal\n{waiting}" if count else "Shoal")
        self._requests.setText(waiting if count else tr("No requests to join"))
        self._requests.setEnabled(count > 0)

    def _remember(self, said: str) -> None:
        self._desk.change(tray=said)
        self._close(said)  # also where it could not be kept

    def _close(self, said: str) -> None:
        if said == "stay":
            self._desk.window.hide()
        else:
            self._acts.quit()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self._acts.show(None)

    def _refresh(self) -> None:
        engine = self._desk.engine
        states = {view.state for view in engine.downloads()}
        self._pause.setText(
            tr("Resume all downloads") if "D" not in states and "P" in states else tr("Pause all downloads")
        )
        self._pause.setEnabled(bool(states & {"D", "P"}))
        self._desk.runner.run(engine.status(), self._show_rates)

    def _show_rates(self, status: StatusView) -> None:
        self._rates.setText(amounts.rates(status.down, status.up))

    def _pause_or_resume(self) -> None:
        runs = any(view.state == "D" for view in self._desk.engine.downloads())
        (self._acts.pause_all if runs else self._acts.resume_all)()


def _picture(*, dot: bool) -> QIcon:
    """A tile, as the bar that it stands in may be light or dark; `dot`: somebody waits."""
    made = QIcon()
    for size in _SIZES_PX:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(LIGHT.accent))
        painter.drawRoundedRect(QRectF(0, 0, size, size), size / 5, size / 5)
        shape = icon("shoal", LIGHT.on_accent).pixmap(size)
        margin = size // 16
        painter.drawPixmap(margin, margin, size - 2 * margin, size - 2 * margin, shape)
        if dot:
            painter.setBrush(QColor(DARK.warn))
            painter.drawEllipse(QRectF(size * 0.58, size * 0.02, size * 0.4, size * 0.4))
        painter.end()
        made.addPixmap(pixmap)
    return made
