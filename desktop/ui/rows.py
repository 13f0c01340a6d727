"""The one way in which every list draws its rows: fixed height, icon, count at the end, bar, faded text."""

import itertools
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTreeView,
    QWidget,
)

from desktop.ui import amounts
from desktop.ui.amounts import number
from desktop.ui.icons import icon
from desktop.ui.theme import colours, row_px

Index = QModelIndex | QPersistentModelIndex
PLACE = Qt.ItemDataRole.UserRole
"""For the model's own use."""
ICON = Qt.ItemDataRole.UserRole + 1
"""(shape, name of a colour): drawn as the theme has them, so that no model hears of a change of theme."""
FADED = Qt.ItemDataRole.UserRole + 2
COUNT = Qt.ItemDataRole.UserRole + 3
"""What stands at the end of the row."""
ALERT = Qt.ItemDataRole.UserRole + 4
"""Whether the count is one that somebody should act on."""
MILLE = Qt.ItemDataRole.UserRole + 5
"""Progress in thousandths, for the bar."""
TINT = Qt.ItemDataRole.UserRole + 6
"""Name of the bar's colour in the theme."""
ORDER = Qt.ItemDataRole.UserRole + 7
"""Which of its parent's rows it is, where rows are sorted by it."""
AT_THE_END = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
"""Where numbers stand in a column, and its title."""
GAP = "\u00a0\u00a0"
"""After either: the next column may begin at once."""
_ICON_PX = 18
_BAR_PX = 6


def column_px(digits: int, of: QFontMetrics) -> int:
    """Of a column with room for so many digits, or, for 0, for sizes in the language in use."""
    widest = "0" * digits if digits else amounts.widest(of) + GAP
    return of.horizontalAdvance(widest) + 16


def draw_ring(view: QWidget, painter: QPainter, row: QRect) -> None:
    """Around the row that the keys are at."""
    painter.setPen(QColor(colours(view.palette()).accent))
    painter.drawRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -0.5))


class RowDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), row_px())

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        self.dress(option, index.data(ICON), is_faded=index.data(FADED) is True)

    def dress(self, option: QStyleOptionViewItem, drawn: tuple[str, str] | None, *, is_faded: bool) -> None:
        """`drawn`: as of ICON. The option has its text, and where that stands."""
        if isinstance(option.widget, RowsView | QTableView):
            option.state &= ~QStyle.StateFlag.State_HasFocus  # the view rings the whole row
        theme = colours(option.palette)
        if drawn:
            shape, colour = drawn
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = icon(shape, getattr(theme, colour))
            option.decorationSize = QSize(_ICON_PX, _ICON_PX)
        if option.displayAlignment == AT_THE_END:
            option.text += GAP
        if is_faded:
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(role, QColor(theme.muted))


class CountDelegate(RowDelegate):
    """Also a count at the end of the row; one that somebody should act on stands in a pill."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        count = index.data(COUNT)
        if count is None:
            super().paint(painter, option, index)
            return
        text = number(count) if isinstance(count, int) else str(count)
        alert = bool(index.data(ALERT))
        metrics = option.fontMetrics
        width = max(metrics.horizontalAdvance(text) + 14, 22)
        whole = QRect(option.rect)
        end = QRect(whole.right() - width - 6, whole.center().y() - 9, width, 19)
        spot = QStyle.visualRect(option.direction, whole, end)
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        drawn.text = metrics.elidedText(
            drawn.text,
            Qt.TextElideMode.ElideRight,
            max(whole.width() - _ICON_PX - width - 24, 0),
        )
        view = option.widget
        view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, drawn, painter, view)
        theme = colours(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if alert:
            painter.setBrush(QColor(theme.accent))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(spot), 9.5, 9.5)
        painter.setPen(QColor(theme.on_accent if alert else theme.muted))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


class BarDelegate(RowDelegate):
    """A bar with its figure beside it, or the figure alone. Fills from the end where people read from the
    right."""

    def __init__(self, parent: QWidget, widest: str) -> None:
        """`widest`: a figure for which there is to be room."""
        super().__init__(parent)
        self._widest = widest

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        text, drawn.text = drawn.text, ""
        style = QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, drawn, painter, option.widget)
        theme = colours(option.palette)
        cell = option.rect.adjusted(8, 0, -8, 0)
        figure = min(option.fontMetrics.horizontalAdvance(self._widest) + 4, cell.width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        model = index.model()  # which is asked without the way through Qt, on which others take Python's lock
        if (mille := model.data(index, MILLE)) is not None:
            room = cell.width() - figure - 8
            groove = QRect(cell.left(), cell.center().y() - _BAR_PX // 2 + 1, room, _BAR_PX)
            done = QRect(groove)
            done.setWidth(room * mille // 1000)
            painter.setPen(Qt.PenStyle.NoPen)
            for rect, colour in ((groove, theme.line), (done, getattr(theme, model.data(index, TINT)))):
                if rect.width() > 0:
                    painter.setBrush(QColor(colour))
                    spot = QStyle.visualRect(option.direction, cell, rect)
                    painter.drawRoundedRect(QRectF(spot), _BAR_PX / 2, _BAR_PX / 2)
        painter.setPen(drawn.palette.color(QPalette.ColorRole.Text))
        place = QStyle.visualRect(
            option.direction,
            cell,
            QRect(cell.right() - figure, cell.top(), figure, cell.height()),
        )
        painter.drawText(place, AT_THE_END, text)
        painter.restore()


def chooses(view: QAbstractItemView, event: QKeyEvent) -> bool:
    """Whether that was all: of a list in which nothing is chosen the first step chooses where one stands."""
    current, chosen = view.currentIndex(), view.selectionModel()
    is_step = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not event.modifiers().value
    if not (is_step and current.isValid()) or chosen.hasSelection():
        return False
    flags = QItemSelectionModel.SelectionFlag
    chosen.select(current, flags.ClearAndSelect | flags.Rows)
    return True


def runs_of(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of those that follow each other, of `rows` that ascend: Qt compares range with range."""
    for _, run in itertools.groupby(enumerate(rows), lambda at: at[1] - at[0]):
        lines = [row for _, row in run]
        yield lines[0], lines[-1]


class RowsView(QTreeView):
    """A list or tree of rows. Columns that it cannot show well at its width are left out."""

    def __init__(self, name: str, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow: dict[int, int] = {}
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.setUniformRowHeights(True)
        self.setItemDelegate(RowDelegate(self))
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIndentation(18)
        self.setExpandsOnDoubleClick(False)

    def rows_chosen(self) -> list[QModelIndex]:
        """In the first column, of whole ranges: selectedRows() asks of each cell whether it can be chosen."""
        model, ranges = self.model(), self.selectionModel().selection().toList()
        return [
            model.index(row, 0, one.parent()) for one in ranges for row in range(one.top(), one.bottom() + 1)
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not chooses(self, event):
            super().keyPressEvent(event)

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        """With a ring around the one that the keys are at."""
        super().drawRow(painter, options, index)
        current = self.currentIndex()
        if self.hasFocus() and (index.row(), index.parent()) == (current.row(), current.parent()):
            draw_ring(self, painter, options.rect)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()  # of the ring, too, which is around more than one cell

    def set_columns(self, chars: list[int], narrow: dict[int, int]) -> None:
        """Widths as of column_px() for all columns but the first, which takes the rest; `narrow` names those
        that go when the view is less wide than so many pixels."""
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(40)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, header.ResizeMode.Stretch)
        for column, count in enumerate(chars, start=1):
            header.setSectionResizeMode(column, header.ResizeMode.Interactive)
            header.resizeSection(column, column_px(count, self.fontMetrics()))
        self._narrow = narrow

    def resizeEvent(self, event: QResizeEvent) -> None:
        for column, width in self._narrow.items():
            self.setColumnHidden(column, self.width() < width)
        super().resizeEvent(event)
