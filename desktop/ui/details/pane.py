"""All about the transfer that is chosen, beside the lists. Asks the engine only while it is seen."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QDateTime, QElapsedTimer, QEvent, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent, Qt
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QStackedWidget, QTabBar, QToolButton

from desktop.engine.events import DownloadProgress
from desktop.engine.transfer_views import Holder, SharedItem
from desktop.engine.views import DownloadDetails, DownloadView
from desktop.ui import amounts, parts
from desktop.ui.desk import Desk
from desktop.ui.details import sayings
from desktop.ui.details.everyone import EveryonePage
from desktop.ui.details.overview import MAPS_MAX, Overview
from desktop.ui.details.peers import PeersModel
from desktop.ui.details.speeds import AllSpeeds
from desktop.ui.empty_state import EmptyState
from desktop.ui.icons import icon_for
from desktop.ui.two_lines import TwoLineView
from desktop.ui.words import tr
from shared.errors import ShoalError

RUNNING_MS, RESTING_MS = 200, 1000
EVERYONE_MS = 2000
WIDTH_MIN = 300
OVERVIEW, PEOPLE, EVERYONE, LOG, NOTHING = range(5)
Subject = DownloadView | SharedItem


class DetailsPane(QFrame):
    closed = Signal()

    def __init__(self, desk: Desk, reveal: Callable[[str], object], why: Callable[[int], str]) -> None:
        """`why`: for whom a download waits, in words, as far as that is known."""
        super().__init__()
        self.setObjectName("detailsPane")
        self.setMinimumWidth(WIDTH_MIN)
        self._desk, self._engine, self._why = desk, desk.engine, why
        self._subject: Subject | None = None
        self._speeds = AllSpeeds()
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        self._since_asked = QElapsedTimer()
        self.overview = Overview(lambda: reveal(self._subject.path) if self._subject else None)
        self.peers = PeersModel()
        self._peers_view = TwoLineView("detailsPeers", tr("People of this download"))
        self._peers_view.setModel(self.peers)
        empty = EmptyState(self._peers_view, "members", "detailsPeersEmpty")
        empty.say(tr("Nobody yet"), tr("Here stands who gives it, and who downloads it from you."))
        self.everyone = EveryonePage()
        self.log = QPlainTextEdit()
        self.log.setObjectName("detailsLog")
        self.log.setAccessibleName(tr("Log"))
        self.log.setReadOnly(True)
        self.log.setTabChangesFocus(True)
        self.log.document().setDocumentMargin(14)
        self._notes: list[object] = []
        self.tabs = QTabBar()
        self.tabs.setObjectName("detailsTabs")
        self.tabs.setAccessibleName(tr("Details"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._pages = QStackedWidget()
        self._lay_out()
        self.tabs.currentChanged.connect(self._turn)
        self.redraw()

    def _lay_out(self) -> None:
        for said, page in (
            (tr("Overview"), self.overview),
            (tr("People"), self._peers_view),
            (tr("Who has it"), self.everyone),
            (tr("Log"), self.log),
        ):
            self.tabs.addTab(said)
            self._pages.addWidget(page)
        self._picture = parts.label(name="detailsPicture")
        self._title = parts.Elided("detailsTitle", bold=True, mode=Qt.TextElideMode.ElideMiddle)
        self._close = QToolButton()
        self._close.setObjectName("detailsClose")
        self._close.setAccessibleName(tr("Close the details"))
        self._close.setToolTip(self._close.accessibleName())
        self._close.setProperty("kind", "plain")
        self._close.clicked.connect(self.closed)
        head = parts.row(spacing=8, margins=(16, 10, 8, 2))
        head.addWidget(self._picture)
        head.addWidget(self._title, stretch=1)
        head.addWidget(self._close)
        tabs = parts.row(margins=(8, 0, 8, 0))
        tabs.addWidget(self.tabs, stretch=1)  # its own hint stays that of when it was hidden: room for two
        nothing = parts.label(tr("Choose a transfer to see all about it."), kind="muted", centred=True)
        nothing.setContentsMargins(24, 24, 24, 24)
        self._pages.addWidget(nothing)
        column = parts.column(self)
        column.addLayout(head)
        column.addLayout(tabs)
        column.addWidget(self._pages, stretch=1)

    def show_subject(self, subject: Subject | None) -> None:
        """The one that is chosen, as it is now; None: none, or several."""
        is_other = _key(subject) != _key(self._subject)
        self._subject = subject
        if is_other:
            self.overview.look_at_another()
            self.everyone.clear()
            self._since_asked.invalidate()
            self._show_title()
        self._look()
        self._mind_timer()

    def progress(self, events: Iterable[DownloadProgress]) -> None:
        """What moves, so that the last minute is known of whatever is looked at next."""
        second = _second()
        for event in events:
            self._speeds.of(event.id).tell(second, event.rate)

    def redraw(self) -> None:
        """After a change of theme."""
        self._close.setIcon(icon_for(self, "cancel"))
        self._show_title()
        self.overview.redraw()

    def _show_title(self) -> None:
        subject = self._subject
        name = amounts.short_name(subject.name) if subject else tr("Details")
        self._title.setText(name)
        shape = "details" if subject is None else "folder" if subject.name.endswith("/") else "file"
        self._picture.setPixmap(icon_for(self, shape, "muted").pixmap(18, 18))
        self.tabs.setVisible(subject is not None)
        for tab in (OVERVIEW, PEOPLE, LOG):  # of what is only shared there is no more than who has it
            self.tabs.setTabVisible(tab, not isinstance(subject, SharedItem))
        self._turn()

    def _turn(self) -> None:
        self._pages.setCurrentIndex(self.tabs.currentIndex() if self._subject else NOTHING)
        self._look()

    def _look(self) -> None:
        if not self._subject or not self.isVisible() or self.window().isMinimized():
            return
        if self._pages.currentIndex() == EVERYONE:
            self._ask_everyone(self._subject)
        elif isinstance(self._subject, DownloadView):
            self._look_at(self._subject)

    def _look_at(self, view: DownloadView) -> None:
        try:
            self._subject = view = self._engine.download(view.id)
            details = self._engine.download_details(view.id, MAPS_MAX)
        except ShoalError:
            return  # it was cancelled; the list says so in a moment
        self._mind_timer()
        speeds, second = self._speeds.of(view.id), _second()
        speeds.tell(second, view.rate, sum(peer.up for peer in details.peers if peer.takes))
        self._show(view, details)
        self.overview.graph.show_line(speeds.line(second))

    def _show(self, view: DownloadView, details: DownloadDetails) -> None:
        """Only what is on show."""
        page = self._pages.currentIndex()
        if page == OVERVIEW:
            self.overview.show_download(view, details, self._why(view.id))
        elif page == PEOPLE:
            self.peers.show(details.peers)
        elif page == LOG and details.log != self._notes:
            self._notes = [*details.log]
            self.log.setPlainText("\n".join(map(sayings.note, details.log)))
            bar = self.log.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _ask_everyone(self, subject: Subject) -> None:
        if self._since_asked.isValid() and self._since_asked.elapsed() < EVERYONE_MS:
            return
        self._since_asked.start()
        key = _key(subject)

        def answered(holders: list[Holder]) -> None:
            if _key(self._subject) == key:
                self.everyone.show_holders(holders)

        holders = self._engine.holders(subject.group, subject.name)
        self._desk.runner.run(holders, answered, lambda _: self.everyone.clear())

    def _mind_timer(self) -> None:
        if self._subject is None or not self.isVisible():
            self._timer.stop()
            return
        is_running = isinstance(self._subject, DownloadView) and self._subject.state == "D"
        interval = RUNNING_MS if is_running else RESTING_MS
        if not self._timer.isActive() or self._timer.interval() != interval:
            self._timer.start(interval)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()
        self._mind_timer()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_close"):
            self.redraw()
        super().changeEvent(event)


def _key(subject: Subject | None) -> object:
    return subject.id if isinstance(subject, DownloadView) else subject and (subject.group, subject.name)


def _second() -> int:
    return QDateTime.currentSecsSinceEpoch()
