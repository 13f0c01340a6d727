"""The page of the trackers: which there are, and whether each can be reached."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desktop.engine.views import StatusView, TrackerView
from desktop.ui.amounts import isolated, name
from desktop.ui.desk import Desk
from desktop.ui.preferences.fields import Page, note
from desktop.ui.rows import ICON, RowDelegate
from desktop.ui.words import tr
from desktop.wording import tracker_state

_LIST_PX = 170
_COLOURS = {"connected": "good", "up": "good", "lost": "bad"}


class TrackersPage(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__("trackersPage", desk)
        self._list = QListWidget()
        self._list.setObjectName("trackerList")
        self._list.setAccessibleName(tr("Trackers"))
        self._list.setItemDelegate(RowDelegate(self._list))
        self._list.setSelectionMode(QListWidget.SelectionMode.SingleSelection)
        self._list.setFixedHeight(_LIST_PX)
        self._where = note(name="network")
        self.section(tr("Trackers"), self._list, self._where)

    def refresh(self) -> None:
        is_own = self.desk.settings.tracker_info is None
        own = tr("Shoal runs a tracker of its own on this computer.")
        file = tr("They are those of {file}.", file=name(str(self.desk.settings.tracker_info)))
        self._where.setText(own if is_own else file)

    def show_status(self, status: StatusView) -> None:
        while self._list.count() > len(status.trackers):
            self._list.takeItem(self._list.count() - 1)
        for row, tracker in enumerate(status.trackers):
            if row >= self._list.count():
                self._list.addItem(QListWidgetItem())
            self._dress(self._list.item(row), tracker)

    def _dress(self, item: QListWidgetItem, tracker: TrackerView) -> None:
        state = tracker_state(tracker.state, tracker.why, tr)
        item.setText(f"{isolated(tracker.address)}  ·  {state}")
        item.setData(ICON, ("tracker", _COLOURS.get(tracker.state, "muted")))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{tracker.address}: {state}")
