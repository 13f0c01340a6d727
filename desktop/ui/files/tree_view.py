"""The tree of a group's files, on show: what is open, chosen and on top stays so when the files change."""

from collections import defaultdict

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt

from desktop.engine.file_views import FileRow
from desktop.ui.files.drag_picture import drag
from desktop.ui.files.drags import Chosen
from desktop.ui.files.texts import AVAILABILITY, WIDEST
from desktop.ui.files.tree_model import FilesModel, Node
from desktop.ui.rows import BarDelegate, RowsView, runs_of
from desktop.ui.words import tr

_CHARS = [0, 15, 12, 13, 14]
_NARROW = {3: 620, 4: 720, 5: 470}


class TreeView(RowsView):
    def __init__(self, model: FilesModel) -> None:
        super().__init__("files", tr("Files"))
        self._model = model
        self._expanded, self._selected = list[str](), list[str]()
        self._current, self._top, self._scrolled = "", "", 0
        self._sort = (0, Qt.SortOrder.AscendingOrder)
        model.modelAboutToBeReset.connect(self._keep)  # before the view, which then knows no row any more
        self.setModel(model)
        model.modelReset.connect(self._find_again)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.set_columns(_CHARS, _NARROW)
        self.setItemDelegateForColumn(AVAILABILITY, BarDelegate(self, WIDEST))

    def startDrag(self, actions: Qt.DropAction) -> None:
        drag(self, self.rows_chosen(), actions)

    def chosen(self) -> list[Chosen]:
        """Without what is inside a selected folder."""
        nodes = self._nodes()
        paths = {node.path for node in nodes}
        outer = [node for node in nodes if not any(above.path in paths for above in node.above())]
        return [Chosen(node.file.id if node.file else 0, self._model.group, node.path) for node in outer]

    def chosen_files(self) -> list[FileRow]:
        """Those that are selected or in a selected folder."""
        return [file for node in self._nodes() for file in node.all_files()]

    def chosen_unknown(self) -> list[int]:
        return []

    @property
    def chosen_count(self) -> int:
        return len(self._nodes())

    @property
    def totals(self) -> tuple[int, int]:
        return self._model.totals

    def fold(self, index: QModelIndex) -> None:
        """Opens a folder, or closes it."""
        first = index.siblingAtColumn(0)
        self.setExpanded(first, not self.isExpanded(first))

    def _nodes(self) -> list[Node]:
        ranges = self.selectionModel().selection().toList()
        parts = [(self._model.node(one.parent()), one.top(), one.bottom()) for one in ranges]
        return [node for parent, first, last in parts for node in parent.children[first : last + 1]]

    def _keep(self) -> None:
        """Before a reset: what is expanded, selected and on top, by path."""
        paths = self._model.folders()
        self._expanded = [path for path in paths if self.isExpanded(self._model.index_of(path))]
        self._selected = [node.path for node in self._nodes()]
        self._current = self._model.node(self.currentIndex()).path
        self._scrolled = self.verticalScrollBar().value()
        self._top = self._model.node(self.indexAt(QPoint(0, 0))).path if self._scrolled else ""

    def _find_again(self) -> None:
        for path in self._expanded:
            self.expand(self._model.index_of(path))
        rows = defaultdict[Node, list[int]](list)
        for node in (self._model.node(self._model.index_of(path)) for path in self._selected):
            if node.parent:
                rows[node.parent].append(node.row)
        found = QItemSelection()
        for parent, inside in rows.items():
            for run in runs_of(sorted(inside)):
                found.select(*(self._model.index_of(parent.children[row].path) for row in run))
        flags = QItemSelectionModel.SelectionFlag
        selection = self.selectionModel()
        selection.setCurrentIndex(self._model.index_of(self._current), flags.NoUpdate)
        selection.select(found, flags.ClearAndSelect | flags.Rows)
        self.verticalScrollBar().setValue(self._scrolled)
        top, sort = self._model.index_of(self._top), self.header().sortIndicatorOrder()
        if top.isValid() and (self.header().sortIndicatorSection(), sort) == self._sort:
            self.scrollTo(top, self.ScrollHint.PositionAtTop)
        self._sort = self.header().sortIndicatorSection(), sort
