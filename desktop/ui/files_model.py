"""The files of one group as a tree of folders. Shows what the engine listed, and asks it nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.engine.views import FileView
from desktop.ui import amounts
from desktop.ui.rows import FADED, ICON
from desktop.ui.words import mark, tr, tr_n
from shared.names import fold

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (mark("Name"), mark("Size"), mark("Peers"), mark("Shared by"), mark("Added"), mark("State"))


class Node:
    """A file, or a folder with what is in it."""

    __slots__ = ("children", "file", "files", "folded", "name", "parent", "path", "row", "size", "texts")

    def __init__(self, path: str, parent: "Node | None", file: FileView | None = None) -> None:
        self.path = path
        """As download_file and stop_share take it; a folder's ends in a slash."""
        self.name = path.rstrip("/").rpartition("/")[2]
        self.folded = fold(self.name)
        self.parent = parent
        self.file = file
        self.row = 0
        self.size = file.size if file else 0
        self.files = 1 if file else 0
        self.children: list[Node] = []
        self.texts: tuple[str, ...] = ()
        """One a column; made when the row is first seen after a change."""

    def above(self) -> Iterator["Node"]:
        if self.parent:
            yield self.parent
            yield from self.parent.above()

    def all_files(self) -> Iterator[FileView]:
        if self.file:
            yield self.file
        for child in self.children:
            yield from child.all_files()


class FilesModel(QAbstractItemModel):
    def __init__(self) -> None:
        super().__init__()
        self._root = Node("", None)
        self._by_path: dict[str, Node] = {}
        self._column, self._order = 0, Qt.SortOrder.AscendingOrder
        self._states: Mapping[str, str] = {}

    @property
    def totals(self) -> tuple[int, int]:
        """Files, bytes."""
        return self._root.files, self._root.size

    def show(self, files: Iterable[FileView], states: Mapping[str, str]) -> None:
        """`states`: what the transfers say of some of them, by name. 2,000 files take some 5 ms.

        The same names as before are changed in place; else the model is reset, and the view finds its
        expanded and selected rows again by their paths.
        """
        listed = {file.name: file for file in files}
        known = {path for path, node in self._by_path.items() if node.file}
        self._states = states
        if listed.keys() == known:
            for name, file in listed.items():
                node = self._by_path[name]
                node.file, node.size = file, file.size
            self._measure(self._root)
            self._tell_all(self._root)
            return
        self.beginResetModel()
        self._root, self._by_path = Node("", None), {}
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
            self.show([node.file for node in self._by_path.values() if node.file], states)

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
        if not path:
            return self._root
        key = path + "/"
        node = self._by_path.get(key)
        if node is None:
            parent = self._folder(path.rpartition("/")[0])
            node = self._by_path[key] = Node(key, parent)
            parent.children.append(node)
        return node

    def _measure(self, node: Node) -> None:
        node.texts = ()
        if node.file is None:
            for child in node.children:
                self._measure(child)
            node.size = sum(child.size for child in node.children)
            node.files = sum(child.files for child in node.children)

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
        online, by, at = (file.online, fold(file.by), file.at) if file else (0, "", 0)
        return (node.folded, node.size, online, by, at, self._state(file))[self._column]

    def _state(self, file: FileView | None) -> str:
        if file is None:
            return ""
        return self._states.get(file.name) or (tr("you share it") if file.mine else "")

    def _worded(self, node: Node) -> tuple[str, ...]:
        file, name, size = node.file, amounts.name(node.name), amounts.size(node.size)
        if file is None:
            return (name, size, "", "", "", amounts.isolated(tr_n("%n files", node.files, one="%n file")))
        peers = amounts.isolated(
            tr_n(
                "{online} of %n online",
                file.sharers,
                one="{online} of %n online",
                online=amounts.number(file.online),
            )
        )
        by = amounts.name(file.by) if file.by else ""
        return (name, size, peers, by, amounts.day(file.at), self._state(file))

    def _tell_all(self, node: Node) -> None:
        if node.children:
            first, last = node.children[0], node.children[-1]
            self.dataChanged.emit(
                self.createIndex(0, 0, first), self.createIndex(last.row, len(COLUMNS) - 1, last)
            )
            for child in node.children:
                self._tell_all(child)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        self._column, self._order = max(column, 0), order
        self._arrange(self._root)
        self.endResetModel()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        children = self.node(parent).children
        return self.createIndex(row, column, children[row]) if 0 <= row < len(children) else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject.parent() is another
        parent = self.node(index).parent
        return self.createIndex(parent.row, 0, parent) if parent and parent.parent else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return len(self.node(parent).children) if parent.column() <= 0 else 0

    def columnCount(self, _: Index = QModelIndex()) -> int:
        return len(COLUMNS)

    def headerData(self, section: int, _: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return tr(COLUMNS[section]) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        read = _READ.get(role)
        if read is None:
            return None
        node = self.node(index)
        node.texts = node.texts or self._worded(node)
        return read(node, index.column())


def _icon(node: Node, column: int) -> tuple[str, str] | None:
    if column:
        return None
    return ("file", "muted") if node.file else ("folder", "accent")


def _said(node: Node, column: int) -> str:
    if column:
        return node.texts[column]
    kind = tr("file") if node.file else tr("folder")
    return ", ".join([f"{node.texts[0]} ({kind})", *(text for text in node.texts[1:] if text)])


_READ: dict[int, Callable[[Node, int], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda node, column: node.texts[column],
    Qt.ItemDataRole.ToolTipRole: lambda node, _: amounts.name(node.path),
    Qt.ItemDataRole.AccessibleTextRole: _said,
    ICON: _icon,
    FADED: lambda node, _: node.file is not None and not node.file.online,
}
