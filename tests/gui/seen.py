"""What a window shows and what may be wrong there: words past `tr`, no name for a thing, no room for text."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QSize, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPushButton,
    QSpinBox,
    QSplitter,
    QSplitterHandle,
    QTabBar,
    QToolButton,
    QTreeView,
    QWidget,
)

from desktop.ui.languages import LANGUAGES
from desktop.ui.parts import Elided

OWN_NAMES = {"Shoal", *LANGUAGES.values()}
"""The same in every language."""
ROWS_MAX = 60
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


class Marking(QTranslator):
    """A language in which every word stands in brackets, also Qt's own."""

    def translate(self, context: str, source: str, comment: str | None = None, n: int = -1) -> str:
        return f"\u27e6{source}\u27e7" if source else ""


def unmarked(text: str) -> str:
    """What of `text` passed no `tr` and is no name from outside, which stands in isolates."""
    left = text
    for pattern in (r"\u2068[^\u2068\u2069]*\u2069", r"\u27e6[^\u27e6\u27e7]*\u27e7"):
        while left != (left := re.sub(pattern, "", left)):
            pass
    left = "" if text in OWN_NAMES else re.sub(r"Shoal|(shoal:)?//\S+|\b[0-9a-f]{40,}", "", left)
    return "".join(re.findall(r"[^\W\d_]{2,}", left))


def widgets(root: QWidget) -> Iterator[QWidget]:
    """All that are to be seen, but for what Qt makes inside of its own."""
    for one in [root, *root.findChildren(QWidget)]:
        inside = one.window()
        is_qts = isinstance(inside, QFileDialog) or one.objectName().startswith("qt_")
        if one.isVisible() and not is_qts:
            yield one


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Where, and what stands there or is read out."""
    for one in widgets(root):
        where = f"{type(one).__name__} {one.objectName()}"
        for text in (one.accessibleName(), one.toolTip(), one.accessibleDescription(), *_own_texts(one)):
            yield where, text
    for action in root.findChildren(QAction):
        for text in (action.text(), action.iconText(), action.toolTip()):
            yield f"QAction {action.objectName()}", text


def _own_texts(one: QWidget) -> Iterator[str]:
    match one:
        case QMainWindow() | QDialog():
            yield one.windowTitle()
        case QLabel() | QAbstractButton():
            yield one.text()
        case QLineEdit():
            yield one.placeholderText()
        case QGroupBox() | QMenu():
            yield one.title()
        case QSpinBox():
            yield from (one.prefix(), one.suffix(), one.specialValueText())
        case QComboBox():
            yield from (one.itemText(at) for at in range(one.count()))
        case QTabBar():
            yield from (one.tabText(at) for at in range(one.count()))
        case QAbstractItemView() if one.model() is not None and not isinstance(one, QHeaderView):
            yield from _cells(one.model(), QModelIndex())
            if isinstance(one, QTreeView) and not one.isHeaderHidden():
                for at in range(one.model().columnCount()):
                    yield str(one.model().headerData(at, Qt.Orientation.Horizontal) or "")
        case _:
            pass


def _cells(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(min(model.rowCount(parent), ROWS_MAX)):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield from (said for role in _ROLES if isinstance(said := index.data(role), str))
        yield from _cells(model, model.index(row, 0, parent))


def unnamed(root: QWidget) -> list[str]:
    """What one can stand on with the keyboard but has no name for those who hear the window."""
    return [
        f"{type(one).__name__} {one.objectName()!r} in {type(one.parentWidget()).__name__}"
        for one in widgets(root)
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not isinstance(one, QSplitter | QSplitterHandle | QTabBar)
        and not (one.objectName() and one.accessibleName())
        and not (isinstance(one, QAbstractButton) and one.text())
    ]


def clipped(root: QWidget) -> list[str]:
    """Text that has less room than it needs. What elides by itself says so by its dots, and has a minimum."""
    return [
        f"{type(one).__name__} {one.objectName()} {text!r}: {_size(one.size())} of {_size(needed)}"
        for one in widgets(root)
        if (text := _clippable(one))
        and ((needed := _needed(one)).width() > one.width() or needed.height() > one.height())
    ]


def _clippable(one: QWidget) -> str:
    if isinstance(one, Elided):
        return ""
    if isinstance(one, QLabel | QPushButton | QToolButton | QCheckBox):
        return one.text()
    return one.text() if isinstance(one, QAbstractSpinBox) else ""


def _needed(one: QWidget) -> QSize:
    if isinstance(one, QLabel) and one.wordWrap():
        widest = max((one.fontMetrics().horizontalAdvance(word) for word in one.text().split()), default=0)
        return QSize(widest, one.heightForWidth(one.width()))
    if isinstance(one, QAbstractSpinBox):
        return one.minimumSizeHint()
    return one.sizeHint()


def _size(size: QSize) -> str:
    return f"{size.width()}x{size.height()}"
