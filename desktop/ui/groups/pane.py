"""The left side: my groups, and what may be done where one stands in their tree."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Signal
from PySide6.QtWidgets import QFrame

from desktop.engine.views import GroupView
from desktop.ui import parts
from desktop.ui.empty_state import EmptyState
from desktop.ui.groups.model import GroupsModel, Place
from desktop.ui.menus import Menus
from desktop.ui.rows import CountDelegate, RowsView
from desktop.ui.words import tr

_MENU = (
    "accept", "reject", "remove_member", "transfer", "",
    "invite", "share_files", "share_folder", "limit_group", "", "withdraw", "leave",
)  # fmt: skip


class GroupsPane(QFrame):
    moved = Signal()
    """Another row is current."""
    opened = Signal(object)
    """The Place of a request that was activated."""
    people_wanted = Signal()
    """A group was opened, so its members are of interest now."""

    def __init__(self, menus: Menus) -> None:
        super().__init__()
        self.setObjectName("groupsPane")
        self.model = GroupsModel()
        self._menus = menus
        self._wanted = ""
        self.view = RowsView("groups", tr("Groups"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(CountDelegate(self.view))
        self.view.setHeaderHidden(True)
        self.view.setSelectionMode(RowsView.SelectionMode.SingleSelection)
        self.view.selectionModel().currentRowChanged.connect(self.moved)
        self.view.customContextMenuRequested.connect(self._menu)
        self.view.activated.connect(self._activate)
        self.view.expanded.connect(self.people_wanted)
        head = parts.row(spacing=2, margins=(14, 8, 6, 6))
        head.addWidget(parts.label(tr("Groups"), bold=True), stretch=1)
        for name in ("new_group", "join_group"):
            head.addWidget(menus.button(name, plain=True))
        column = parts.column(self)
        column.addLayout(head)
        column.addWidget(self.view)
        EmptyState(self.view, "members", "groupsEmpty").say(tr("No groups yet"), "")

    @property
    def place(self) -> Place | None:
        return self.model.place(self.view.currentIndex())

    @property
    def group(self) -> GroupView | None:
        """The one that the current row belongs to."""
        return self.model.groups.get(self.place.group) if self.place else None

    @property
    def open_groups(self) -> set[str]:
        """Those whose members are to be seen, or may be at once."""
        tops = (self.model.index(row, 0) for row in range(self.model.rowCount()))
        opened = {
            place.group for top in tops if self.view.isExpanded(top) and (place := self.model.place(top))
        }
        return opened | ({self.place.group} if self.place else set())

    def choose(self, group: str) -> None:
        """Now, or once it is listed."""
        self._wanted = group
        self.settle()

    def reveal(self, place: Place) -> None:
        """Makes it current, its group opened, where it is listed; else its group."""
        item = self.model.item_of(place)
        if item is None:
            self.choose(place.group)
        else:
            self.view.setCurrentIndex(item.index())
        self.view.setFocus()

    def settle(self) -> None:
        """After the list changed: the wanted group becomes current, or the first where none is."""
        item = self.model.item_of(Place(self._wanted)) if self._wanted else None
        if item is not None:
            self._wanted = ""
        elif self.place is None:
            item = self.model.item(0)
        if item is not None:
            self.view.selectionModel().setCurrentIndex(
                item.index(), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        self.moved.emit()

    def group_at(self, at: QPoint) -> GroupView | None:
        """The group whose rows are under this point of the view's inside."""
        place = self.model.place(self.view.indexAt(at))
        return self.model.groups.get(place.group) if place else None

    def possible(self, me: str | None) -> set[str]:
        """Names of the acts that make sense for the current row."""
        place, group = self.place, self.group
        if place is None or group is None:
            return set()
        if group.mine == "pending":
            return {"withdraw"}
        acts = {"invite", "leave", "share_files", "share_folder", "limit_group"}
        if group.mine == "owner" and place.kind == "request":
            acts |= {"accept", "reject"}
        if group.mine == "owner" and place.kind == "member" and place.user != me:
            acts |= {"remove_member", "transfer"}
        if group.mine == "owner" and place.kind != "member" and group.members > 1:
            acts.add("transfer")
        return acts

    def _menu(self, at: QPoint) -> None:
        if self.view.indexAt(at).isValid():
            self._menus.popup(_MENU, self.view.viewport().mapToGlobal(at))

    def _activate(self, index: QModelIndex) -> None:
        place = self.model.place(index)
        if place and place.kind == "request":
            self.opened.emit(place)
        elif self.model.hasChildren(index):
            self.view.setExpanded(index, not self.view.isExpanded(index))
