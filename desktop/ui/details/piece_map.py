"""A file in small squares, each in the colour of whom it came from, or hollow while it comes."""

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.engine.views import PieceMapView
from desktop.ui import amounts
from desktop.ui.details.people import HERE, MISSING, People
from desktop.ui.theme import Colours, colours
from desktop.ui.words import tr

_SIDES_PX = range(13, 3, -1)
"""Of a square with the gap behind it."""
_FAINT = 60


class PieceMap(QWidget):
    """From left to right in every language, as a file goes."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._height_max = 0
        self._view: PieceMapView | None = None
        self._people = People()
        self._cells: list[int] = []
        self._asked: dict[int, int] = {}
        self._only: int | None = None
        self._side = _SIDES_PX[0]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_map(self, view: PieceMapView, people: People, height_max: int) -> None:
        """`height_max` in pixels."""
        if view != self._view or people is not self._people:
            cells = people.cells(view)
            is_other = (len(cells), height_max) != (len(self._cells), self._height_max)
            self._view, self._people, self._height_max = view, people, height_max
            self._cells, self._asked = cells, people.asked(view)
            self.setAccessibleName(tr("Pieces of {name}", name=amounts.name(view.name)))
            if is_other:
                self._fit()
            self.update()

    def show_only(self, whose: int | None) -> None:
        """The others are faint; None shows all alike."""
        self._only = whose
        self.update()

    def said(self, cell: int) -> str:
        """Of one square, for its tool tip."""
        assert self._view
        first = cell * self._view.cell + 1
        last = first + self._view.cell - 1
        where = tr("Piece {number}", number=amounts.number(first))
        if last > first:
            where = tr("Pieces {first} to {last}", first=amounts.number(first), last=amounts.number(last))
        return f"{where}: {self._whose(cell)}"

    def _whose(self, cell: int) -> str:
        assert self._view
        at = 0
        if coming := dict(self._view.asked).get(cell):
            return tr("on its way from {user}", user=amounts.name(coming))
        for count, user in self._view.runs:
            at += count
            if cell < at:
                if user is None:
                    return tr("still to come")
                return tr("from {user}", user=amounts.name(user)) if user else tr("already here")
        return ""

    # --- how it looks ----------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(200, self._rows() * self._side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """The largest squares with which all find room."""
        for self._side in _SIDES_PX:
            if self._rows() * self._side <= self._height_max:
                break
        self.setFixedHeight(max(self._rows(), 1) * self._side)

    def _columns(self) -> int:
        return max(1, self.width() // self._side)

    def _rows(self) -> int:
        return -(-len(self._cells) // self._columns())

    def _square(self, cell: int) -> QRect:
        row, column = divmod(cell, self._columns())
        return QRect(column * self._side, row * self._side, self._side - 1, self._side - 1)

    def paintEvent(self, _: QPaintEvent) -> None:
        theme = colours(self.palette())
        painter = QPainter(self)
        brushes = {
            whose: _colour(theme, whose, self._only) for whose in {*self._cells, *self._asked.values()}
        }
        empty = QColor(theme.line)
        for cell, whose in enumerate(self._cells):
            square = self._square(cell)
            if whose == MISSING and cell in self._asked:
                painter.fillRect(square, brushes[self._asked[cell]])
                edge = 1 if self._side < 7 else 2
                painter.fillRect(square.adjusted(edge, edge, -edge, -edge), QColor(theme.base))
            else:
                painter.fillRect(square, empty if whose == MISSING else brushes[whose])

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            at = event.pos()
            column = at.x() // self._side
            cell = at.y() // self._side * self._columns() + column
            if column < self._columns() and cell < len(self._cells):
                QToolTip.showText(event.globalPos(), self.said(cell), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)


def person_colour(theme: Colours, whose: int) -> str:
    """HERE and all who share the last line of the legend are grey."""
    if whose == MISSING:
        return theme.line
    return theme.people[whose] if HERE != whose < len(theme.people) else theme.muted


def _colour(theme: Colours, whose: int, only: int | None) -> QColor:
    colour = QColor(person_colour(theme, whose))
    if only is not None and whose != only:
        colour.setAlpha(_FAINT)
    return colour
