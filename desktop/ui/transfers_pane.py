"""The downloads under the files, with what may be done to those that are selected."""

from PySide6.QtCore import QModelIndex, QPoint, Signal
from PySide6.QtWidgets import QFrame

from desktop.engine.views import DownloadView
from desktop.ui import parts
from desktop.ui.empty_state import EmptyState
from desktop.ui.menus import Menus
from desktop.ui.rows import BarDelegate, RowsView
from desktop.ui.transfers_model import PROGRESS, TransfersModel
from desktop.ui.words import tr, tr_n

_MENU = ("pause", "resume", "first", "rarest", "verify", "reveal", "details", "", "cancel")
_NARROW = {1: 760, 4: 560, 5: 660}


class TransfersPane(QFrame):
    moved = Signal()

    def __init__(self, menus: Menus) -> None:
        super().__init__()
        self.setObjectName("transfersPane")
        self._menus = menus
        self.model = TransfersModel()
        self.view = RowsView("transfers", tr("Transfers"))
        self.view.setModel(self.model)
        self.view.setRootIsDecorated(False)
        self.view.set_columns([14, 21, 22, 10, 8], _NARROW)
        self.view.setItemDelegateForColumn(PROGRESS, BarDelegate(self.view))
        self.view.customContextMenuRequested.connect(self._menu)
        self.view.activated.connect(self._activate)
        self.view.selectionModel().selectionChanged.connect(self.moved)
        self._about = parts.label(name="transfersAbout", kind="muted")
        head = parts.row(spacing=8, margins=(16, 5, 12, 4))
        head.addWidget(parts.label(tr("Transfers"), bold=True))
        head.addWidget(self._about, stretch=1)
        for name in ("pause", "resume", "cancel", "reveal", "details"):
            head.addWidget(menus.button(name, plain=True))
        column = parts.column(self)
        column.addLayout(head)
        rows = parts.row(margins=(12, 0, 0, 0))
        rows.addWidget(self.view)
        column.addLayout(rows)
        empty = EmptyState(self.view, "download", "transfersEmpty")
        empty.say(tr("Nothing fetched yet"), tr("Double-click a file to download it."))

    def show_downloads(self, views: list[DownloadView]) -> None:
        self.model.show(views)
        self.view.setHeaderHidden(not views)
        active = sum(view.state == "D" for view in views)
        done = sum(view.state == "C" for view in views)
        told = [tr_n("%n active", active, one="%n active")] if active else []
        told += [tr_n("%n done", done, one="%n done")] if done else []
        self._about.setText(", ".join(told))
        self.moved.emit()

    @property
    def chosen(self) -> list[DownloadView]:
        return [self.model.view(index) for index in self.view.selectionModel().selectedRows()]

    def possible(self) -> set[str]:
        chosen = self.chosen
        acts = {"cancel"} if chosen else set()
        if any(view.state == "D" for view in chosen):
            acts.add("pause")
        if any(view.state in "PF" for view in chosen):
            acts.add("resume")
        acts |= {"rarest" if view.order == "first" else "first" for view in chosen if view.state in "DP"}
        if any(view.state == "C" for view in chosen):
            acts.add("verify")
        if len(chosen) == 1:
            acts.add("reveal")
        return acts

    def _menu(self, at: QPoint) -> None:
        if self.view.indexAt(at).isValid():
            self._menus.popup(_MENU, self.view.viewport().mapToGlobal(at))

    def _activate(self, index: QModelIndex) -> None:
        state = self.model.view(index).state
        act = {"D": "pause", "P": "resume", "F": "resume", "C": "reveal"}[state]
        self._menus.action(act).trigger()
