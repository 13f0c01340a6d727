"""What is seen under the mouse while files are dragged: what it is, and how much."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyle, QWidget

from desktop.ui import amounts
from desktop.ui.files.drags import Chosen, chosen_in, weight
from desktop.ui.icons import icon_for
from desktop.ui.theme import colours
from desktop.ui.words import tr_n

_WIDTH_MAX_PX, _HEIGHT_PX, _ICON_PX, _GAP_PX = 320, 48, 22, 10
_BESIDE = QPoint(-12, -8)
"""Of the mouse, so that it hides nothing of it."""


def drag(view: QAbstractItemView, indexes: Sequence[QModelIndex], actions: Qt.DropAction) -> None:
    """As views do it by themselves, which would show the rows as they are."""
    mime = view.model().mimeData(indexes)
    if chosen := chosen_in(mime):
        dragged = QDrag(view)
        dragged.setMimeData(mime)
        dragged.setPixmap(picture(view, chosen))
        dragged.setHotSpot(_BESIDE)
        dragged.exec(actions)


def named(chosen: Sequence[Chosen]) -> str:
    """The first, and how many more."""
    what, more = amounts.short_name(chosen[0].name), len(chosen) - 1
    return tr_n("{name} and %n more", more, one="{name} and %n more", name=what) if more else what


def picture(widget: QWidget, chosen: Sequence[Chosen]) -> QPixmap:
    """In the colours of `widget`."""
    theme, metrics, lines = colours(widget.palette()), widget.fontMetrics(), [named(chosen), weight(chosen)]
    wide = max(map(metrics.horizontalAdvance, lines)) + _ICON_PX + 3 * _GAP_PX
    whole = QRect(0, 0, min(wide, _WIDTH_MAX_PX), _HEIGHT_PX)
    ratio = widget.devicePixelRatioF()
    drawn = QPixmap((whole.size().toSizeF() * ratio).toSize())
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(widget.font())
    painter.setPen(QColor(theme.accent))
    painter.setBrush(QColor(theme.raised))
    painter.drawRoundedRect(QRectF(whole).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def place(rect: QRect) -> QRect:
        return QStyle.visualRect(widget.layoutDirection(), whole, rect)

    is_folder = len(chosen) == 1 and chosen[0].name.endswith("/")
    shape = icon_for(widget, "folder" if is_folder else "file", "accent")
    shape.paint(painter, place(QRect(_GAP_PX, 0, _ICON_PX, _HEIGHT_PX)))
    start, half = 2 * _GAP_PX + _ICON_PX, _HEIGHT_PX // 2 - 4
    leading = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
    for y, text, ink in ((4, lines[0], theme.text), (half + 4, lines[1], theme.muted)):
        room = QRect(start, y, whole.width() - start - _GAP_PX, half)
        painter.setPen(QColor(ink))
        said = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(place(room), leading, said)
    painter.end()
    return drawn
