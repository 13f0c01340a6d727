"""Preferences: pages at the side of their names. What is changed is in force at once; there is no OK."""

from collections.abc import Callable

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QListWidget, QListWidgetItem, QStackedWidget

from desktop.engine.views import StatusView
from desktop.ui import parts
from desktop.ui.desk import Desk
from desktop.ui.preferences.fields import Page
from desktop.ui.preferences.pages import AppearancePage, FoldersPage, GeneralPage, NetworkPage
from desktop.ui.preferences.trackers_page import TrackersPage
from desktop.ui.rows import ICON, RowDelegate
from desktop.ui.words import tr

SIZE = QSize(640, 460)
_NAMES_PX = 168
_STATUS_MS = 1000


class Preferences(QDialog):
    def __init__(self, desk: Desk, limits: Callable[[], object]) -> None:
        super().__init__(desk.window)
        self.setObjectName("preferences")
        self.setWindowTitle(tr("Preferences"))
        self.resize(SIZE)
        self._desk = desk
        self._network = NetworkPage(desk, limits)
        self._trackers = TrackersPage(desk)
        self._names = QListWidget()
        self._names.setObjectName("preferencePages")
        self._names.setAccessibleName(tr("Pages of the preferences"))
        self._names.setItemDelegate(RowDelegate(self._names))
        self._names.setFixedWidth(_NAMES_PX)
        self._pages = QStackedWidget()
        self._add(tr("General"), "settings", GeneralPage(desk))
        self._add(tr("Folders"), "folder", FoldersPage(desk))
        self._add(tr("Network"), "limit", self._network)
        self._add(tr("Appearance"), "appearance", AppearancePage(desk))
        self._add(tr("Trackers"), "tracker", self._trackers)
        self._names.currentRowChanged.connect(self._pages.setCurrentIndex)
        self._names.setCurrentRow(0)
        close = parts.push_button("closePreferences", tr("Close"))
        close.clicked.connect(self.close)
        body = parts.row()
        body.addWidget(self._names)
        body.addWidget(self._pages, stretch=1)
        foot = QFrame()
        foot.setObjectName("preferencesFoot")
        line = parts.row(foot, margins=(16, 10, 16, 10))
        line.addStretch()
        line.addWidget(close)
        column = parts.column(self)
        column.addLayout(body, stretch=1)
        column.addWidget(foot)
        self._timer = QTimer(self, interval=_STATUS_MS)
        self._timer.timeout.connect(self._ask)

    @property
    def page(self) -> int:
        return self._names.currentRow()

    @page.setter
    def page(self, page: int) -> None:
        self._names.setCurrentRow(page)

    def showEvent(self, event: QShowEvent) -> None:
        for row in range(self._pages.count()):
            page = self._pages.widget(row)
            assert isinstance(page, Page)
            page.refresh()
        self._names.setFocus()
        self._ask()
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def _add(self, title: str, shape: str, page: Page) -> None:
        item = QListWidgetItem(title, self._names)
        item.setData(ICON, (shape, "muted"))
        self._pages.addWidget(page)

    def _ask(self) -> None:
        self._desk.runner.run(self._desk.engine.status(), self._show, lambda _: None)

    def _show(self, status: StatusView) -> None:
        self._network.show_status(status)
        self._trackers.show_status(status)
