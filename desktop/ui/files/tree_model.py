"""The files of one group as a tree of folders. Shows what the engine listed, and asks it nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt

from desktop.engine.file_views import FileRow
from desktop.ui.files.drags import MimeOf
from desktop.ui.files.texts import DRAGGED, READ, Line, MembersOf, line, title
from shared.names import fold

Index = QModelIndex | QPersistentModelIndex
COLUMN_COUNT = 6
"""Of those of all lists: the folder and the group are seen anyway."""


class Node:
    """A file, or a folder with what is in it."""

    __slots__ = (
        "children",
        "file",
        "files",
        "folded",
        "here",
        "line",
        "name",
        "parent",
        "path",
        "row",
        "size",
    )

    def __init__(self, path: str, parent: "Node | None", file: FileRow | None = None) -> None:
        self.path = path
        """As download_file and stop_share take it; a folder's ends in a slash."""
        self.name = path.rstrip("/").rpartition("/")[2]
        self.folded = fold(self.name)
        self.parent = parent
        self.file = file
        self.row = 0
        self.size = file.size if file else 0
        self.files = 1 if file else 0
        self.here = 0
        """Of those: on this computer, and shared from it."""
        self.children: list[Node] = []
        self.line: Line | None = None
        """Made when the row is first seen after a change."""

    def above(self) -> Iterator["Node"]:
        if self.parent:
            yield self.parent
            yield from self.parent.above()

    def all_files(self) -> Iterator[FileRow]:
        if self.file:
            yield self.file
        for child in self.children:
            yield from child.all_files()


class FilesModel(QAbstractItemModel):
    def __init__(self, members_of: MembersOf = lambda _: 0, mime_of: MimeOf | None = None) -> None:
        super().__init__()
        self._mime_of = mime_of
        self._members_of = members_of
        self.group = ""
        self._root = Node("", None)
        self._by_path: dict[str, Node] = {}
        self._column, self._order = 0, Qt.SortOrder.AscendingOrder
        self._states: Mapping[str, str] = {}

    @property
    def totals(self) -> tuple[int, int]:
        """Files, bytes."""
        return self._root.files, self._root.size

    def show(self, files: Iterable[FileRow], states: Mapping[str, str], folder: str = "") -> None:
        """`states`: what the transfers say of some of them, by name. 2,000 files take some 5 ms.

        The same names as before are changed in place; else the model is reset, and the view finds its
        expanded and selected rows again by their paths. `folder`: the one they are all in.
        """
        listed = {file.name: file for file in files}
        known = {path for path, node in self._by_path.items() if node.file}
        self._states = states
        if listed.keys() == known and folder == self._root.path:
            for name, file in listed.items():
                node = self._by_path[name]
                node.file, node.size = file, file.size
            self._measure(self._root)
            self._tell_all(self._root)
            return
        self.beginResetModel()
        self._root, self._by_path = Node(folder, None), {}
        self.group = next((file.group for file in listed.values()), "")
        for file in listed.values():
            node = Node(file.name, self._folder(file.name.rpartition("/")[0]), file)
            self._by_path[file.name] = node
            assert node.parent is not None
            node.parent.children.append(node)
        self._measure(self._root)
        self._arrange(self._root)
        self.endResetModel()

    def show_states(self, states: Mapping[str, str]) -> None:
        if states != self._states:
            files = [node.file for node in self._by_path.values() if node.file]
            self.show(files, states, self._root.path)

    def node(self, index: Index) -> Node:
        found: Node = index.internalPointer() if index.isValid() else self._root
        return found

    def index_of(self, path: str) -> QModelIndex:
        node = self._by_path.get(path)
        return self.createIndex(node.row, 0, node) if node else QModelIndex()

    def folders(self) -> list[str]:
        return [path for path in self._by_path if path.endswith("/")]

    def _folder(self, path: str) -> Node:
        """Made with all above it if it is not there yet. A file of the same name stands beside it."""
        key = path + "/" if path else ""
        if key == self._root.path:
            return self._root
        node = self._by_path.get(key)
        if node is None:
            parent = self._folder(path.rpartition("/")[0])
            node = self._by_path[key] = Node(key, parent)
            parent.children.append(node)
        return node

    def _measure(self, node: Node) -> None:
        node.line = None
        if node.file:
            node.here = int(node.file.mine)
        else:
            for child in node.children:
                self._measure(child)
            node.size = sum(child.size for child in node.children)
            node.files = sum(child.files for child in node.children)
            node.here = sum(child.here for child in node.children)

    def _arrange(self, node: Node) -> None:
        backwards = self._order is not Qt.SortOrder.AscendingOrder
        node.children.sort(key=lambda child: (self._key(child), child.folded), reverse=backwards)
        node.children.sort(key=lambda child: child.file is not None)  # folders first, either way round
        for row, child in enumerate(node.children):
            child.row = row
            if child.children:
                self._arrange(child)

    def _key(self, node: Node) -> Any:
        """Of one type in each column."""
        file = node.file
        sharers, by, at = (file.sharers, fold(file.by), file.at) if file else (0, "", 0)
        state = self._line_of(node).texts[5] if file and self._column == 5 else ""
        return (node.folded, node.size, sharers, by, at, state)[self._column]

    def _state_of(self, _: str, name: str) -> str:
        return self._states.get(name, "")

    def _line_of(self, node: Node) -> Line:
        if node.line is None:
            row = node.file or FileRow(
                id=0,
                group=self.group,
                name=node.path,
                size=node.size,
                files=node.files,
                mine=node.here == node.files,
            )
            node.line = line(row, self._state_of, self._members_of)
        return node.line

    def _tell_all(self, node: Node) -> None:
        if node.children:
            first, last = node.children[0], node.children[-1]
            self.dataChanged.emit(
                self.createIndex(0, 0, first), self.createIndex(last.row, COLUMN_COUNT - 1, last)
            )
            for child in node.children:
                self._tell_all(child)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        self._column, self._order = max(column, 0), order
        self._arrange(self._root)
        self.endResetModel()

    def flags(self, index: Index) -> Qt.ItemFlag:
        return DRAGGED if index.isValid() else Qt.ItemFlag.NoItemFlags

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        nodes = [self.node(index) for index in indexes if index.column() == 0]
        rows = [self._line_of(node).row for node in nodes]
        return self._mime_of(rows) if self._mime_of else QMimeData()

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction  # what is shared stays where it is

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        children = self.node(parent).children
        return self.createIndex(row, column, children[row]) if 0 <= row < len(children) else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject.parent() is another
        parent = self.node(index).parent
        return self.createIndex(parent.row, 0, parent) if parent and parent.parent else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return len(self.node(parent).children) if parent.column() <= 0 else 0

    def columnCount(self, _: Index = QModelIndex()) -> int:
        return COLUMN_COUNT

    def headerData(self, section: int, _: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return title(section, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        read = READ.get(role)
        if read is None:
            return None
        return read(self._line_of(self.node(index)), index.column())
