"""The chosen group's files: a tree of folders, or one list of any length; and what is found by searching."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStackedWidget, QWidget

from desktop.engine.file_views import FileRow, FilesFound
from desktop.engine.views import GroupView
from desktop.ui import amounts, parts
from desktop.ui.files.crumbs import Crumbs
from desktop.ui.files.drags import DRAGGED_MAX, Chosen, mime_of
from desktop.ui.files.flat_model import FlatModel
from desktop.ui.files.flat_view import FlatView
from desktop.ui.files.head import FilesHead
from desktop.ui.files.nothing import NoFiles
from desktop.ui.files.texts import KEYS, MembersOf, Sort, is_folder
from desktop.ui.files.tree_model import FilesModel
from desktop.ui.files.tree_view import TreeView
from desktop.ui.menus import Menus
from desktop.ui.words import tr

_MENU = ("download", "download_to", "preview", "", "who_has", "older", "show_file", "",
         "share_files", "share_folder", "", "stop_sharing")  # fmt: skip


class FilesPane(QFrame):
    moved = Signal()
    """Another selection."""
    opened = Signal(Chosen)
    """A file that is to be seen, here or once it is fetched."""
    shown = Signal(int)
    """One whose folder is to be seen, by its id."""
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
        """`here`: where files lie that this computer shares, by their ids."""
        super().__init__()
        self.setObjectName("filesPane")
        self._menus = menus
        self._group: GroupView | None = None
        self._listed = False
        self._found_for, self._first_wanted = "", False
        self._entered: dict[str, tuple[int, int]] = {}
        """Folders of the list: their ids and rows."""
        self._back_to: tuple[int, int] | None = None
        self.folder = ""
        self.as_list = False
        """All files of the group, without folders."""
        self.column, self.down = "name", False
        self._here = here
        self.model = FilesModel(members_of, self._mime)
        self.flat = FlatModel(self._state_of, members_of, self._mime)
        self._states: Mapping[str, Mapping[str, str]] = {}
        self._head = FilesHead(menus)
        self.search = self._head.search
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.crumbs = Crumbs()
        self.crumbs.chosen.connect(self.enter)
        self.view = TreeView(self.model)
        self.flat_view = FlatView(self.flat)
        self.flat.sort_wanted.connect(self._sort)
        self.flat_view.typed.connect(self._type)
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
        self._nothing = NoFiles(menus, self.view, self.flat_view)

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
    def on_show(self) -> TreeView | FlatView:
        """The tree or the list, whichever is seen."""
        return self.flat_view if self.is_flat else self.view

    def open(self, group: GroupView | None) -> None:
        """Shows the head of `group` at once; its files come by show_tree() or show_found()."""
        if (group.name if group else None) != (self._group.name if self._group else None):
            self._listed = False
            self.folder = ""
            self._entered.clear()
            self.search.clear()
            self._views.setCurrentWidget(self.view)
            self.model.show([], {})
            self.view.collapseAll()
        self._group = group
        self._describe()

    def enter(self, folder: str) -> None:
        """A folder of the group; "" is the outermost. Who comes back from one is where it stands."""
        inside = self.folder.removeprefix(folder) if self.folder.startswith(folder) else ""
        self._back_to = self._entered.get(folder + inside.partition("/")[0] + "/")
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

    def show_found(self, found: FilesFound, words: str, *, anew: bool) -> None:
        """`words`: what was searched for."""
        self._listed = True
        self._found_for = words
        self.flat_view.leave_out(set() if self.words else {7} if self.as_list else {6, 7})
        self.flat_view.show_found(found, anew=anew)
        if anew and self._back_to:
            self.flat_view.stand_at(*self._back_to)
            self._back_to = None
        self._show(self.flat_view)
        if self._first_wanted and words == self.words and self.search.hasFocus():
            self._to_first()

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
        title = amounts.name(group.name) if group else ""
        if searching:
            title = amounts.isolated(tr("Found in all groups"))
        self._head.setVisible(group is not None)
        self.crumbs.show_path(group.name if group else "", "" if searching or self.as_list else self.folder)
        self._nothing.say(group, listed=self._listed, searching=searching)
        files, size = self.on_show.totals
        self.view.setHeaderHidden(not files)
        self.flat_view.horizontalHeader().setVisible(bool(files))
        counted = ""
        if files:
            counted = amounts.weight(files, size)
        elif searching:
            counted = tr("No files")
        elif group and group.mine != "pending" and self._listed:
            counted = tr("No files yet")
        self._head.say(title, amounts.isolated(counted), as_list=self.as_list and not searching)

    # --- what is chosen ----------------------------------------------------------------------------

    def possible(self) -> set[str]:
        acts = {"find", "as_list"} if self._group and self._group.mine != "pending" else set()
        view = self.on_show
        rows = view.chosen_files()
        files = [one for one in rows if not is_folder(one)]
        if view.chosen_count:
            acts |= {"download", "download_to", "preview"}
        if len(files) == 1 and view.chosen_count == 1:
            acts |= {"who_has"} | ({"older"} if files[0].older else set())
            acts |= {"show_file"} if files[0].mine else set()
        if any(one.mine for one in rows) or view.chosen_unknown():
            acts.add("stop_sharing")
        return acts

    def show_chosen(self) -> None:
        """Where the one that is selected lies."""
        if files := self.on_show.chosen_files():
            self.shown.emit(files[0].id)

    def _mime(self, rows: Sequence[FileRow]) -> QMimeData:
        here = self._here([row.id for row in rows[:DRAGGED_MAX] if not is_folder(row)])
        self.dragged.emit(bool(here))
        return mime_of(rows[:DRAGGED_MAX], here)

    # --- inside --------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.appeared.emit()

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
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter if in_search:
                return self._to_first
            case Qt.Key.Key_Delete if not in_search:  # does a thing only where it is possible
                return self._menus.action("stop_sharing").trigger
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if (
                event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            ):
                return self._menus.action("download_to").trigger
            case Qt.Key.Key_Backspace if not in_search and self.folder:
                return lambda: self.enter(parent_of(self.folder))
        return None

    def _search(self) -> None:
        self._first_wanted = False
        self.asked.emit()

    def _type(self, text: str) -> None:
        self.search.setFocus()
        self.search.insert(text)

    def _leave_search(self) -> None:
        self.search.clear()
        self.on_show.setFocus()

    def _to_first(self) -> None:
        """Of what was found; as soon as that is here, not of what is still on show."""
        self._first_wanted = bool(self.words) and self._found_for != self.words
        view = self.on_show
        if not self._first_wanted and view.model().rowCount():
            view.setFocus()
            view.setCurrentIndex(view.model().index(0, 0))

    def _sort(self, column: int, down: bool) -> None:
        if (KEYS[column], down) != (self.column, self.down):
            self.column, self.down = KEYS[column], down
            self.asked.emit()

    def _menu(self, at: QPoint) -> None:
        self._menus.popup(_MENU, self.on_show.viewport().mapToGlobal(at))

    def _activate(self, index: QModelIndex) -> None:
        file = self.model.node(index).file
        if file is None:
            self.view.fold(index)
        else:
            self.opened.emit(Chosen(file.id, file.group, file.name))

    def _activate_flat(self, index: QModelIndex) -> None:
        known = self.flat.line_at(index.row())
        if known and is_folder(known.row):
            self._entered[known.row.name] = known.row.id, index.row()
            self.enter(known.row.name)
        elif known:
            self.opened.emit(Chosen(known.row.id, known.row.group, known.row.name))


def parent_of(folder: str) -> str:
    above, slash, _ = folder[:-1].rpartition("/")
    return above + slash
