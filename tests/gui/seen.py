"""What a window shows and what may be wrong there: words past `tr`, no name for a thing, no room for text."""

import re
from collections.abc import Iterator

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTranslator,
)
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMainWindow,
    QMenu,
    QMenuBar,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QSplitter,
    QSplitterHandle,
    QStyle,
    QStyleOptionComboBox,
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
LAYOUTS_DEEP = 8
COMBO, COMBO_TEXT = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
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
    wrong = []
    for _ in range(LAYOUTS_DEEP):  # each may ask the one around it for more
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    for one in widgets(root):
        where = f"{type(one).__name__} {one.objectName()}"
        wrong += [
            f"{where} {text!r}: {_size(given)} of {_size(needed)}"
            for text, needed, given in _measured(one)
            if needed.width() > given.width() or needed.height() > given.height()
        ]
        if isinstance(one, QLabel | QAbstractButton | QLineEdit | QAbstractSpinBox) and (cut := _cut_by(one)):
            wrong.append(f"{where} is cut off by {cut}")
    return wrong


def _measured(one: QWidget) -> Iterator[tuple[str, QSize, QSize]]:  # noqa: C901  one case a kind of widget
    """Texts, the room that each needs, and has."""
    line = one.fontMetrics().size
    match one:
        case Elided():
            pass
        case QLabel() if one.wordWrap():
            words = re.split(r"[\s\u200b]+", one.text())
            widest = max((line(0, word).width() for word in words), default=0)
            yield one.text(), QSize(widest, one.heightForWidth(one.width())), one.size()
        case QLabel() | QPushButton() | QToolButton() | QCheckBox() | QRadioButton() if one.text():
            yield one.text(), one.sizeHint(), one.size()
        case QAbstractSpinBox():
            yield one.text(), one.minimumSizeHint(), one.size()
        case QLineEdit():
            yield (
                one.placeholderText(),
                line(0, one.placeholderText()),
                one.rect().adjusted(9, 4, -9, -4).size(),
            )
        case QComboBox():
            field = QStyleOptionComboBox()
            one.initStyleOption(field)
            inside = one.style().subControlRect(COMBO, field, COMBO_TEXT, one).size()
            yield from ((one.itemText(at), line(0, one.itemText(at)), inside) for at in range(one.count()))
        case QGroupBox():
            yield one.title(), line(0, one.title()), one.size()
        case QTabBar():
            for at in range(one.count()):
                yield (
                    one.tabText(at),
                    line(0, one.tabText(at)),
                    one.rect().intersected(one.tabRect(at)).size(),
                )
        case QHeaderView() if one.orientation() is Qt.Orientation.Horizontal:
            for at in (at for at in range(one.count()) if not one.isSectionHidden(at)):
                text = str(one.model().headerData(at, Qt.Orientation.Horizontal) or "")
                yield text, line(0, text), QSize(one.sectionSize(at) - 6, one.height())
        case QMenuBar() | QMenu():
            for act in one.actions():
                if act.isVisible() and not act.isSeparator():
                    text = f"{act.text().replace('&', '')} {act.shortcut().toString()}".strip()
                    yield text, line(0, text), one.rect().intersected(one.actionGeometry(act)).size()
        case QListView() if one.objectName() == "preferencePages":
            for row in range(one.model().rowCount()):
                index = one.model().index(row, 0)
                yield str(index.data()), one.sizeHintForIndex(index), one.visualRect(index).size()
        case _:
            pass


def _cut_by(one: QWidget) -> str:
    """What it is in and is too small for it, and does not scroll."""
    within = one.parentWidget()
    while within and not one.isWindow() and not isinstance(within.parentWidget(), QAbstractScrollArea):
        if not within.rect().contains(QRect(one.mapTo(within, QPoint()), one.size())):
            return f"{type(within).__name__} {within.objectName()}"
        if within.isWindow():
            break
        within = within.parentWidget()
    return ""


def _size(size: QSize) -> str:
    return f"{size.width()}x{size.height()}"
