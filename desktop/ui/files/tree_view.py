"""The tree of a group's files, on show: what is open, chosen and on top stays so when the files change."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt

from desktop.engine.file_views import FileRow
from desktop.ui.files.drag_picture import drag
from desktop.ui.files.drags import Chosen
from desktop.ui.files.texts import AVAILABILITY, WIDEST
from desktop.ui.files.tree_model import FilesModel, Node
from desktop.ui.rows import BarDelegate, RowsView
from desktop.ui.words import tr

_CHARS = [9, 15, 12, 13, 14]
_NARROW = {3: 620, 4: 720, 5: 470}


class TreeView(RowsView):
    def __init__(self, model: FilesModel) -> None:
        super().__init__("files", tr("Files"))
        self._model = model
        self.setModel(model)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.set_columns(_CHARS, _NARROW)
        self.setItemDelegateForColumn(AVAILABILITY, BarDelegate(self, WIDEST))
        self._kept: tuple[set[str], list[str], str, int] = (set(), [], "", 0)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._find_again)

    def startDrag(self, actions: Qt.DropAction) -> None:
        drag(self, self.selectionModel().selectedRows(), actions)

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
        return [self._model.node(index) for index in self.selectionModel().selectedRows()]

    def _keep(self) -> None:
        """Before a reset: what is expanded, selected and on top, by path."""
        paths = self._model.folders()
        expanded = {path for path in paths if self.isExpanded(self._model.index_of(path))}
        selected = [node.path for node in self._nodes()]
        current = self._model.node(self.currentIndex()).path
        self._kept = (expanded, selected, current, self.verticalScrollBar().value())

    def _find_again(self) -> None:
        expanded, selected, current, scrolled = self._kept
        for path in expanded:
            self.expand(self._model.index_of(path))
        found = QItemSelection()
        for path in selected:
            index = self._model.index_of(path)
            if index.isValid():
                found.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        selection = self.selectionModel()
        selection.setCurrentIndex(self._model.index_of(current), flags.NoUpdate)
        selection.select(found, flags.ClearAndSelect | flags.Rows)
        self.verticalScrollBar().setValue(scrolled)
