"""The chosen group's files: a tree of folders, or one list of any length; and what is found by searching."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QStackedWidget, QWidget

from desktop.engine.file_views import FileRow, FilesFound
from desktop.engine.views import GroupView
from desktop.ui import amounts, parts
from desktop.ui.empty_state import EmptyState
from desktop.ui.files.crumbs import Crumbs
from desktop.ui.files.drags import DRAGGED_MAX, Chosen, mime_of
from desktop.ui.files.flat import FlatModel, FlatView
from desktop.ui.files.texts import AVAILABILITY, KEYS, WIDEST, MembersOf, Sort, is_folder
from desktop.ui.files.tree import FilesModel, Node
from desktop.ui.icons import icon_for
from desktop.ui.menus import Menus
from desktop.ui.rows import BarDelegate, RowsView
from desktop.ui.words import joined, tr, tr_n

_MENU = ("download", "download_to", "preview", "", "who_has", "older", "show_file", "",
         "share_files", "share_folder", "", "stop_sharing")  # fmt: skip
_CHARS = [9, 15, 12, 13, 14]
_NARROW = {3: 620, 4: 720, 5: 470}
_FLAT_CHARS = [9, 15, 12, 13, 14, 18, 13]
_FLAT_DISPENSABLE = (4, 3, 5, 2, 1, 7, 6)
_BUTTON_PX = 760
_SEARCH_PX = (150, 250)
CHOSEN_MAX = 1000
"""Lines that one act is done with."""


class FilesPane(QFrame):
    moved = Signal()
    """Another selection."""
    shown = Signal(str)
    """The path of a file that was opened and is here already."""
    dragged = Signal(bool)
    """Files are dragged away; whether other programs get any of them."""
    appeared = Signal()
    """It is seen again; nothing was asked for it while it was not."""
    asked = Signal()
    """Something else is to be shown than before: another folder, order or search."""

    def __init__(
        self,
        menus: Menus,
        strip: QWidget,
        members_of: MembersOf = lambda _: 0,
        here: Callable[[list[int]], list[Path]] = lambda _: [],
    ) -> None:
        """`here`: where files lie that are on this computer, by their ids."""
        super().__init__()
        self.setObjectName("filesPane")
        self._menus = menus
        self._group: GroupView | None = None
        self._listed = False
        self.folder = ""
        self.as_list = False
        """All files of the group, without folders."""
        self.column, self.down = "name", False
        self._here = here
        self.model = FilesModel(members_of, self._mime)
        self.flat = FlatModel(self._state_of, members_of, self._mime)
        self._states: Mapping[str, Mapping[str, str]] = {}
        self._title = parts.Elided("groupTitle", bold=True, scale=1.3)
        self._about = parts.Elided("groupAbout", kind="muted")
        self._head = QWidget()
        self._make_head()
        self.crumbs = Crumbs()
        self.crumbs.chosen.connect(self.enter)
        self.view = RowsView("files", tr("Files"))
        self.view.setModel(self.model)
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.view.set_columns(_CHARS, _NARROW)
        self.view.setItemDelegateForColumn(AVAILABILITY, BarDelegate(self.view, WIDEST))
        self.flat_view = FlatView(self.flat)
        self.flat_view.set_columns(_FLAT_CHARS, _FLAT_DISPENSABLE)
        self.flat_view.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.flat_view.setSortingEnabled(True)
        self.flat.sort_wanted.connect(self._sort)
        self._views = QStackedWidget()
        for view in (self.view, self.flat_view):
            view.customContextMenuRequested.connect(self._menu)
            view.selectionModel().selectionChanged.connect(self.moved)
            view.installEventFilter(self)
            view.setDragEnabled(True)
            view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
            self._views.addWidget(view)
        self.view.activated.connect(self._activate)
        self.flat_view.activated.connect(self._activate_flat)
        column = parts.column(self)
        for widget in (self._head, strip, self.crumbs):
            column.addWidget(widget)
        rows = parts.row(margins=(12, 0, 0, 0))
        rows.addWidget(self._views)
        column.addLayout(rows)
        self._empty = EmptyState(self.view, "share", "filesEmpty")
        self._none_found = EmptyState(self.flat_view, "search", "foundEmpty")
        self._kept: tuple[set[str], list[str], str, int] = (set(), [], "", 0)
        self.model.modelAboutToBeReset.connect(self._keep)
        self.model.modelReset.connect(self._find_again)

    def _make_head(self) -> None:
        titles = parts.column(spacing=1)
        titles.addWidget(self._title)
        titles.addWidget(self._about)
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setAccessibleName(tr("Search the files of all groups"))
        self.search.setPlaceholderText(tr("Search all groups"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(_SEARCH_PX[0])
        self.search.setMaximumWidth(_SEARCH_PX[1])
        self._glass = self.search.addAction(
            icon_for(self, "search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.search.textChanged.connect(self.asked)
        self.search.installEventFilter(self)
        head = parts.row(self._head, spacing=8, margins=(16, 10, 12, 10))
        head.addLayout(titles, stretch=1)
        head.addWidget(self.search, stretch=1)
        self._toggle = self._menus.button("as_list", plain=True)
        self._toggle.setCheckable(True)
        head.addWidget(self._toggle)
        head.addWidget(self._menus.button("invite", plain=True))
        buttons = {name: self._menus.button(name) for name in ("share_files", "share_folder", "download")}
        for button in buttons.values():
            head.addWidget(button)
        self._second = buttons.pop("share_folder")
        self._second.setText(f" {self._second.text()}")
        self._buttons = {button: button.text() for button in buttons.values()}

    # --- what is shown -----------------------------------------------------------------------------

    @property
    def group(self) -> GroupView | None:
        return self._group

    @property
    def words(self) -> str:
        """What is searched for; empty for the files of the group."""
        return self.search.text().strip()

    @property
    def is_flat(self) -> bool:
        return self._views.currentWidget() is self.flat_view

    @property
    def on_show(self) -> QAbstractItemView:
        """The tree or the list, whichever is seen."""
        return self.flat_view if self.is_flat else self.view

    def open(self, group: GroupView | None) -> None:
        """Shows the head of `group` at once; its files come by show_tree() or show_found()."""
        if (group.name if group else None) != (self._group.name if self._group else None):
            self._listed = False
            self.folder = ""
            self.search.clear()
            self._views.setCurrentWidget(self.view)
            self.model.show([], {})
            self.view.collapseAll()
        self._group = group
        self._describe()

    def enter(self, folder: str) -> None:
        """A folder of the group; "" is the outermost."""
        self.folder = folder
        self.asked.emit()

    def toggle_list(self) -> None:
        self.as_list = not self.as_list
        self.search.clear()
        self.asked.emit()

    @property
    def sorts(self) -> tuple[Sort, Sort]:
        """Of the tree, of the list."""
        header = self.view.header()
        down = header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        return (header.sortIndicatorSection(), down), (KEYS.index(self.column), self.down)

    def restore(self, *, as_list: bool, tree: Sort, flat: Sort) -> None:
        self.as_list = as_list
        for view, (column, down) in ((self.view, tree), (self.flat_view, flat)):
            order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
            view.sortByColumn(column, order)
        self._describe()

    def start_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def show_tree(self, files: Iterable[FileRow]) -> None:
        self._listed = True
        self.model.show(files, self._states_here, self.folder)
        self._show(self.view)

    def show_found(self, found: FilesFound, *, anew: bool) -> None:
        self._listed = True
        self.flat_view.leave_out(set() if self.words else {7} if self.as_list else {6, 7})
        self.flat_view.show_found(found, anew=anew)
        self._show(self.flat_view)

    def show_states(self, states: Mapping[str, Mapping[str, str]]) -> None:
        """What the transfers say of the files of each group, by their names."""
        if states != self._states:
            self._states = states
            self.model.show_states(self._states_here)
            self.flat.states_changed()

    @property
    def _states_here(self) -> Mapping[str, str]:
        return self._states.get(self._group.name, {}) if self._group else {}

    def _state_of(self, group: str, name: str) -> str:
        return self._states.get(group, {}).get(name, "")

    def _show(self, view: QWidget) -> None:
        had_focus = self.on_show.hasFocus()
        self._views.setCurrentWidget(view)
        if had_focus:
            view.setFocus()
        self._describe()
        self.moved.emit()

    def _describe(self) -> None:
        group = self._group
        searching = bool(self.words)
        self._title.setText(
            amounts.isolated(tr("Found in all groups"))
            if searching
            else amounts.name(group.name)
            if group
            else ""
        )
        self._head.setVisible(group is not None)
        self.crumbs.show_path(group.name if group else "", "" if searching or self.as_list else self.folder)
        self._say_empty()
        files, size = self.flat.totals if self.is_flat else self.model.totals
        self.view.setHeaderHidden(not files)
        self.flat_view.horizontalHeader().setVisible(bool(files))
        count = tr_n("%n files", files, one="%n file")
        counted = amounts.isolated(joined([count, amounts.size(size)])) if files or searching else ""
        self._about.setText(counted or " ")  # the row keeps its height
        self._toggle.setChecked(self.as_list and not searching)

    def _say_empty(self) -> None:
        group = self._group
        actions = [self._menus.action(act) for act in ("share_files", "share_folder", "invite")]
        if group is None:
            first = [self._menus.action(act) for act in ("new_group", "join_link")]
            text = tr("Its files appear here. Somebody may have sent you an invite link.")
            self._empty.say(tr("Create a group or join one"), text, first)
        elif group.mine == "pending":
            owner = amounts.name(group.owner)
            text = tr("{user} owns this group and was asked.", user=owner)
            self._empty.say(tr("Waiting to be let in"), text, [self._menus.action("withdraw")])
        elif self._listed:
            text = tr("Files and folders that you drop are shared here.")
            self._empty.say(tr("Drop files here"), text, actions)
        else:
            self._empty.say("", "")
        if self.words:
            text = tr("No group of yours has a file whose name or folder has all of these words.")
            self._none_found.say(tr("Nothing found"), text)
        else:
            self._none_found.say(tr("Nothing here"), "")

    # --- what is chosen ----------------------------------------------------------------------------

    def chosen(self) -> list[Chosen]:
        """What is selected and known by name, without what is inside a selected folder."""
        if self.is_flat:
            lines = [self.flat.line_at(row) for row in self.flat_view.chosen_rows(CHOSEN_MAX)]
            return [Chosen(one.row.id, one.row.group, one.row.name) for one in lines if one]
        nodes = self._nodes()
        paths = {node.path for node in nodes}
        group = self._group.name if self._group else ""
        outer = [node for node in nodes if not any(above.path in paths for above in node.above())]
        return [Chosen(node.file.id if node.file else 0, group, node.path) for node in outer]

    def chosen_unknown(self) -> list[int]:
        """Ids of lines that are selected and were never seen."""
        if not self.is_flat:
            return []
        rows = self.flat_view.chosen_rows(CHOSEN_MAX)
        return [self.flat.id_at(row) for row in rows if self.flat.line_at(row) is None]

    @property
    def chosen_count(self) -> int:
        return self.flat_view.chosen_count if self.is_flat else len(self._nodes())

    def possible(self) -> set[str]:
        acts = {"find", "as_list"} if self._group and self._group.mine != "pending" else set()
        files = [one for one in self._rows() if not is_folder(one)]
        if self.chosen_count:
            acts |= {"download", "download_to", "preview"}
        if len(files) == 1 and self.chosen_count == 1:
            acts |= {"who_has"} | ({"older"} if files[0].older else set())
            acts |= {"show_file"} if files[0].mine else set()
        if any(file.mine for file in self._rows()) or self.chosen_unknown():
            acts.add("stop_sharing")
        return acts

    def show_chosen(self) -> None:
        """Where the one that is selected lies."""
        if paths := self._here([row.id for row in self._rows()]):
            self.shown.emit(str(paths[0]))

    def _rows(self) -> list[FileRow]:
        """Files that are selected, or are in a selected folder of the tree."""
        if self.is_flat:
            lines = [self.flat.line_at(row) for row in self.flat_view.chosen_rows(CHOSEN_MAX)]
            return [one.row for one in lines if one]
        return [file for node in self._nodes() for file in node.all_files()]

    def _nodes(self) -> list[Node]:
        return [self.model.node(index) for index in self.view.selectionModel().selectedRows()]

    def _mime(self, rows: Sequence[FileRow]) -> QMimeData:
        here = self._here([row.id for row in rows[:DRAGGED_MAX] if not is_folder(row)])
        self.dragged.emit(bool(here))
        return mime_of(rows[:DRAGGED_MAX], here)

    # --- inside --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_wide = self.width() >= _BUTTON_PX
        self._second.setVisible(is_wide)  # a narrow window has it in the menus
        for button, text in self._buttons.items():
            button.setText(f" {text}" if is_wide else "")  # else it touches its icon
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.appeared.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self._glass.setIcon(icon_for(self, "search", "muted"))
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            act = self._key_act(watched, event)
            if act:
                act()
                return True
        return super().eventFilter(watched, event)

    def _key_act(self, watched: QObject, event: QKeyEvent) -> Callable[[], object] | None:
        in_search = watched is self.search
        match event.key():
            case Qt.Key.Key_Escape if self.search.text():
                return self._leave_search
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter if in_search and self.flat.rowCount():
                return self._to_first
            case Qt.Key.Key_Delete if not in_search:
                return self._menus.action(
                    "stop_sharing"
                ).trigger  # only where it is possible does it do a thing
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if (
                event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            ):
                return self._menus.action("download_to").trigger
            case Qt.Key.Key_Backspace if not in_search and self.folder:
                return lambda: self.enter(parent_of(self.folder))
        return None

    def _leave_search(self) -> None:
        self.search.clear()
        self.on_show.setFocus()

    def _to_first(self) -> None:
        self.flat_view.setFocus()
        self.flat_view.selectRow(0)

    def _sort(self, column: int, down: bool) -> None:
        if (KEYS[column], down) != (self.column, self.down):
            self.column, self.down = KEYS[column], down
            self.asked.emit()

    def _menu(self, at: QPoint) -> None:
        self._menus.popup(_MENU, self.on_show.viewport().mapToGlobal(at))

    def _activate(self, index: QModelIndex) -> None:
        file = self.model.node(index).file
        if file is None:
            first = index.siblingAtColumn(0)
            self.view.setExpanded(first, not self.view.isExpanded(first))
        else:
            self._open(file.id)

    def _activate_flat(self, index: QModelIndex) -> None:
        known = self.flat.line_at(index.row())
        if known and is_folder(known.row):
            self.enter(known.row.name)
        elif known:
            self._open(known.row.id)

    def _open(self, id_: int) -> None:
        """What is here is not fetched once more, but by the act of that name."""
        if paths := self._here([id_]):
            self.shown.emit(str(paths[0]))
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


def parent_of(folder: str) -> str:
    above, slash, _ = folder[:-1].rpartition("/")
    return above + slash
