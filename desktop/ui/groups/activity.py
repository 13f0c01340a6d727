"""What happened in a group, in the place of its files: who shared, fetched, came and went."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QFrame

from desktop.engine.views import ActivityView
from desktop.ui import amounts, parts
from desktop.ui.bridge import Bridge
from desktop.ui.desk import Desk
from desktop.ui.empty_state import EmptyState
from desktop.ui.rows import ICON, RowsView
from desktop.ui.runner import Asked, keep_what_is_shown
from desktop.ui.words import joined, mark, tr, tr_n

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (mark("What happened"), mark("When"))
_ICONS = {
    "created": ("plus", "accent"),
    "joined": ("join", "accent"),
    "left": ("leave", "muted"),
    "removed": ("stop", "muted"),
    "owner": ("owner", "warn"),
    "shared": ("share", "accent"),
    "fetched": ("download", "good"),
    "stopped": ("stop", "muted"),
}


def said(act: ActivityView) -> str:
    """In a sentence."""
    user, name = amounts.name(act.user), amounts.name(act.name.rstrip("/"))
    if act.what == "removed":
        return tr("{by} removed {user}", by=amounts.name(act.by), user=user)
    if act.files > 1:
        return _said_of_files(act.what, act.files, user, name if act.name else "")
    return {
        "created": tr("{user} created the group", user=user),
        "joined": tr("{user} joined", user=user),
        "left": tr("{user} left", user=user),
        "owner": tr("{user} owns the group now", user=user),
        "shared": tr("{user} shared {name}", user=user, name=name),
        "fetched": tr("{user} downloaded {name}", user=user, name=name),
        "stopped": tr("{user} stopped sharing {name}", user=user, name=name),
    }[act.what]


def _said_of_files(what: str, count: int, user: str, folder: str) -> str:
    files = tr_n("%n files", count, one="%n file")
    if folder:
        files = tr("{files} in {folder}", files=files, folder=folder)
    return {
        "shared": tr("{user} shared {name}", user=user, name=files),
        "fetched": tr("{user} downloaded {name}", user=user, name=files),
        "stopped": tr("{user} stopped sharing {name}", user=user, name=files),
    }[what]


class ActivityModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._acts: list[ActivityView] = []

    def show(self, acts: list[ActivityView]) -> None:
        if acts != self._acts:
            self.beginResetModel()
            self._acts = acts
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._acts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        is_title = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return tr(COLUMNS[section]) if is_title else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        act = self._acts[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return amounts.day(act.at) if index.column() else said(act)
            case Qt.ItemDataRole.AccessibleTextRole:
                return joined([said(act), amounts.day(act.at)])
            case _ if role == ICON and index.column() == 0:
                return _ICONS[act.what]
            case _:
                return None


class ActivityPane(QFrame):
    def __init__(self, desk: Desk, bridge: Bridge) -> None:
        super().__init__()
        self.setObjectName("activityPane")
        self._engine = desk.engine
        self._group: str | None = None
        self.model = ActivityModel()
        self._title = parts.Elided("activityTitle", bold=True, scale=1.3)
        about = parts.Elided("activityAbout", kind="muted")
        about.setText(tr("What members did lately"))
        titles = parts.column(spacing=1, margins=(16, 10, 12, 10))
        titles.addWidget(self._title)
        titles.addWidget(about)
        self.view = RowsView("activity", tr("Activity"))
        self.view.setModel(self.model)
        self.view.setRootIsDecorated(False)
        self.view.set_columns([14], {})
        column = parts.column(self)
        column.addLayout(titles)
        rows = parts.row(margins=(12, 0, 0, 0))
        rows.addWidget(self.view)
        column.addLayout(rows)
        EmptyState(self.view, "pending", "activityEmpty").say(tr("Nothing happened yet"), "")
        self._asked = Asked(desk.runner, self._ask)
        bridge.groups_stale.connect(self._asked.stale)
        bridge.files_stale.connect(lambda group: self._asked.stale() if group in ("", self._group) else None)

    def open(self, group: str | None) -> None:
        """None: another pane is looked at."""
        if group != self._group:
            self._group = group
            self.model.show([])
            self._title.setText(tr("Activity in {group}", group=amounts.name(group or "")))
            self._asked.now()

    def stop(self) -> None:
        self._asked.stop()

    def _ask(self) -> None:
        if self._group and self._engine.user:
            self._asked.run(self._engine.activity(self._group), self.model.show, keep_what_is_shown)
