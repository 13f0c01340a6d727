"""The chosen group's files by folder, with what may be done to those that are selected."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.engine.views import FileView, GroupView
from desktop.ui import amounts, parts
from desktop.ui.empty_state import EmptyState
from desktop.ui.files_model import FilesModel, Node
from desktop.ui.menus import Menus
from desktop.ui.rows import RowsView
from desktop.ui.words import tr, tr_n

_MENU = ("download", "download_to", "", "share_files", "share_folder", "", "stop_sharing")
_NARROW = {3: 620, 4: 720, 5: 470}
_BUTTON_PX = 620


class FilesPane(QFrame):
    moved = Signal()
    """Another selection."""

    def __init__(self, menus: Menus, strip: QWidget) -> None:
        super().__init__()
        self.setObjectName("filesPane")
        self._menus = menus
        self._group: str | None = None
        self._listed = False
        self.model = FilesModel()
        self._title = parts.Elided("groupTitle", bold=True, scale=1.3)
        self._about = parts.Elided("groupAbout", kind="muted")
        titles = parts.column(spacing=1)
        titles.addWidget(self._title)
        titles.addWidget(self._about)
        self._head = QWidget()
        head = parts.row(self._head, spacing=8, margins=(16, 10, 12, 10))
        head.addLayout(titles, stretch=1)
        buttons = {name: menus.button(name) for name in ("share_files", "share_folder", "download")}
        for button in buttons.values():
            head.addWidget(button)
        self._second = buttons["share_folder"]
        self.view = RowsView("files", tr("Files"))
        self.view.setModel(self.model)
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.view.set_columns([9, 13, 12, 13, 14], _NARROW)
        self.view.customContextMenuRequested.connect(self._menu)
        self.view.activated.connect(self._activate)
        self.view.selectionModel().selectionChanged.connect(self.moved)
        column = parts.column(self)
        column.addWidget(self._head)
        column.addWidget(strip)
        rows = parts.row(margins=(12, 0, 0, 0))
        rows.addWidget(self.view)
        column.addLayout(rows)
        self._empty = EmptyState(self.view, "share", "filesEmpty")
        self._kept: tuple[set[str], list[str], str, int] = (set(), [], "", 0)
        self.model.modelAboutToBeReset.connect(self._keep)
        self.model.modelReset.connect(self._find_again)

    def open(self, group: GroupView | None) -> None:
        """Shows the head of `group` at once; its files come by show()."""
        name = group.name if group else None
        if name != self._group:
            self._listed = False
            self.model.show([], {})
            self.view.collapseAll()
        self._group = name
        self._describe(group)

    def _describe(self, group: GroupView | None) -> None:
        self._title.setText(amounts.name(group.name) if group else "")
        self._head.setVisible(group is not None)
        actions = [self._menus.action(act) for act in ("share_files", "share_folder", "invite")]
        if group is None:
            self._empty.say(tr("No group chosen"), tr("Create a group or join one; its files appear here."))
        elif group.mine == "pending":
            owner = amounts.name(group.owner)
            text = tr("{user} owns this group and was asked.", user=owner)
            self._empty.say(tr("Waiting to be let in"), text)
        elif self._listed:
            text = tr("Files and folders that you drop are shared here.")
            self._empty.say(tr("Drop files here"), text, actions)
        else:
            self._empty.say("", "")
        files, size = self.model.totals
        self.view.setHeaderHidden(not files)
        count = tr_n("%n files", files, one="%n file")
        self._about.setText(amounts.isolated(f"{count}, {amounts.size(size)}") if files else "")

    def show_files(self, group: GroupView, files: Iterable[FileView], states: Mapping[str, str]) -> None:
        self.open(group)
        self._listed = True
        self.model.show(files, states)
        self._describe(group)

    def show_states(self, states: Mapping[str, str]) -> None:
        if self._listed:
            self.model.show_states(states)

    @property
    def names(self) -> list[str]:
        """Files and folders that are selected, without those inside a selected folder."""
        nodes = self._nodes()
        paths = {node.path for node in nodes}
        return sorted(node.path for node in nodes if not any(above.path in paths for above in node.above()))

    def _nodes(self) -> list[Node]:
        return [self.model.node(index) for index in self.view.selectionModel().selectedRows()]

    def possible(self) -> set[str]:
        nodes = self._nodes()
        acts = {"download", "download_to"} if nodes else set()
        if any(file.mine for node in nodes for file in node.all_files()):
            acts.add("stop_sharing")
        return acts

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._second.setVisible(self.width() >= _BUTTON_PX)  # a narrow window has it in the menus
        super().resizeEvent(event)

    def _menu(self, at: QPoint) -> None:
        self._menus.popup(_MENU, self.view.viewport().mapToGlobal(at))

    def _activate(self, index: QModelIndex) -> None:
        if self.model.node(index).file is None:
            first = index.siblingAtColumn(0)
            self.view.setExpanded(first, not self.view.isExpanded(first))
        else:
            self._menus.action("download").trigger()

    def _keep(self) -> None:
        """Before a reset: what is expanded, selected and on top, by path."""
        paths = self.model.folders()
        expanded = {path for path in paths if self.view.isExpanded(self.model.index_of(path))}
        selected = [node.path for node in self._nodes()]
        current = self.model.node(self.view.currentIndex()).path
        self._kept = (expanded, selected, current, self.view.verticalScrollBar().value())

    def _find_again(self) -> None:
        expanded, selected, current, scrolled = self._kept
        for path in expanded:
            self.view.expand(self.model.index_of(path))
        found = QItemSelection()
        for path in selected:
            index = self.model.index_of(path)
            if index.isValid():
                found.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        selection = self.view.selectionModel()
        selection.setCurrentIndex(self.model.index_of(current), flags.NoUpdate)
        selection.select(found, flags.ClearAndSelect | flags.Rows)
        self.view.verticalScrollBar().setValue(scrolled)
