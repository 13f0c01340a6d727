"""All trackers, above the line at the bottom, and the bar that says that there is none."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.engine.views import StatusView
from desktop.ui import amounts, parts
from desktop.ui.desk import Desk
from desktop.ui.tracker_rows import TrackersView, none_answers
from desktop.ui.words import tr
from shared.errors import ShoalError

WIDTH_PX = 400
_INSET_PX = 8
_ASK_MS = 5000


class TrackersPanel(QFrame):
    def __init__(self, desk: Desk, check: Callable[[], object]) -> None:
        """`check` opens the look at the network."""
        super().__init__(desk.window, Qt.WindowType.Popup)
        self.setObjectName("trackersPanel")
        self.setAccessibleName(tr("Trackers"))
        self._desk = desk
        self._list = TrackersView("trackersList", tr("Trackers"))
        self.model = self._list.model()
        self._timer = QTimer(self, interval=_ASK_MS)
        self._timer.timeout.connect(self._ask)
        retry = parts.push_button("retryTrackers", tr("Retry now"), primary=True)
        retry.clicked.connect(self.retry)
        look = parts.push_button("checkNetwork", tr("Check my network…"))
        look.clicked.connect(self.hide)
        look.clicked.connect(check)
        self._text = parts.label(name="trackersText", kind="muted")
        buttons = parts.row(spacing=8)
        buttons.addStretch(1)
        buttons.addWidget(look)
        buttons.addWidget(retry)
        column = parts.column(self, spacing=8, margins=(8, 12, 12, 12))
        head = parts.row(margins=(8, 0, 0, 0))
        head.addWidget(parts.label(tr("Trackers"), bold=True, scale=1.1))
        column.addLayout(head)
        column.addWidget(self._list)
        said = parts.row(margins=(8, 0, 0, 0))
        said.addWidget(self._text)
        column.addLayout(said)
        column.addLayout(buttons)
        self.setFixedWidth(WIDTH_PX)

    def open_above(self, widget: QWidget) -> None:
        self.adjustSize()
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        corner = widget.rect().topRight() if is_mirrored else widget.rect().topLeft()
        aside = self.width() + _INSET_PX if is_mirrored else -_INSET_PX
        at = widget.mapToGlobal(corner) - QPoint(aside, self.height() + _INSET_PX)
        self.move(at)
        self.show()
        self._list.setFocus()

    def show_status(self, status: StatusView) -> None:
        self._list.show_trackers(status.trackers)
        if status.offline is None:
            self._text.setText(tr("Trackers know who is online. Files never pass through them."))
        elif status.offline:
            self._text.setText(tr("You see what was known {time} ago.", time=amounts.span(status.offline)))
        else:
            self._text.setText(tr("You see what was last known."))

    def retry(self) -> None:
        self._desk.engine.retry_trackers()
        self._ask()

    def _ask(self) -> None:
        """The status of each second then shows what came of it."""
        self._desk.runner.run(self._desk.engine.look_at_trackers(), None, _never_mind)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)


class OfflineBar(QFrame):
    """Says over everything that what is shown may be old, and since when."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("offlineBar")
        self.text = parts.label(name="offlineText")
        retry = parts.push_button("retryOffline", tr("Retry now"))
        retry.clicked.connect(desk.engine.retry_trackers)
        row = parts.row(self, spacing=12, margins=(16, 6, 12, 6))
        row.addWidget(self.text, stretch=1)
        row.addWidget(retry)
        self.hide()

    def show_status(self, status: StatusView) -> None:
        """With nobody logged in nothing is shown that could be old."""
        is_offline = status.user is not None and status.offline is not None and none_answers(status)
        self.setVisible(is_offline)
        if is_offline and status.offline:
            ago = amounts.span(status.offline)
            self.text.setText(tr("No tracker reachable: showing what was known {time} ago", time=ago))
        elif is_offline:
            self.text.setText(tr("No tracker reachable: showing what was known"))


def _never_mind(_: ShoalError) -> None:
    """The state of each tracker says it."""
