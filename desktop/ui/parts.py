"""What the window is put together from: rows and columns, buttons, and labels of plain text only."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QStyledItemDelegate,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

Margins = tuple[int, int, int, int]
"""Where lines begin, top, where they end, bottom, in pixels."""
NONE: Margins = (0, 0, 0, 0)
_AT_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
"""Where one reads from there: by itself a label begins where its text does, a Latin name at the left."""
Act = tuple[str, Callable[[], object]]
"""A marked word, and what is done."""


def row(parent: QWidget | None = None, spacing: int = 0, margins: Margins = NONE) -> QHBoxLayout:
    made = QHBoxLayout(parent) if parent else QHBoxLayout()
    made.setSpacing(spacing)
    made.setContentsMargins(*_as_one_reads(margins))
    return made


def column(parent: QWidget | None = None, spacing: int = 0, margins: Margins = NONE) -> QVBoxLayout:
    made = QVBoxLayout(parent) if parent else QVBoxLayout()
    made.setSpacing(spacing)
    made.setContentsMargins(*_as_one_reads(margins))
    return made


def _as_one_reads(margins: Margins) -> Margins:
    """Layouts mirror what is in them, but not what is around it."""
    begin, top, end, bottom = margins
    return (
        margins
        if QApplication.layoutDirection() is Qt.LayoutDirection.LeftToRight
        else (end, top, begin, bottom)
    )


def announce(widget: QWidget, text: str) -> None:
    """Says it to who hears the window, wherever in it they are."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def spin_box(most: int, *, suffix: str = "", step: int = 1) -> QSpinBox:
    made = QSpinBox(maximum=most, suffix=suffix, singleStep=step)
    made.lineEdit().setTextMargins(6, 0, 0, 0)  # no style sheet reaches what is inside of it
    return made


def combo_box(name: str, said: str) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(said)
    made.setItemDelegate(QStyledItemDelegate(made))  # its own hears no style sheet
    return made


def push_button(name: str, text: str, *, primary: bool = False) -> QPushButton:
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAccessibleName(text)
    made.setProperty("kind", "primary" if primary else "")
    made.setAutoDefault(True)  # Return presses it outside of dialogs, too
    return made


def label(
    text: str = "",
    *,
    name: str = "",
    bold: bool = False,
    scale: float = 1,
    kind: str = "",
    centred: bool = False,
) -> QLabel:
    """Wraps, unless it is bold. `kind`: muted or bad, as the style sheet has them."""
    made = QLabel(text)
    made.setWordWrap(not bold)
    made.setObjectName(name)
    return _dressed(made, bold, scale, kind, centred)


def head(title: str) -> QLabel:
    """Of a dialog, also where the window has its title above it: not every system shows that."""
    made = label(title, bold=True, scale=1.15)
    made.setWordWrap(True)
    return made


class Elided(QLabel):
    """Takes the room that is there, and says by an ellipsis that it is not enough."""

    def __init__(
        self,
        name: str,
        *,
        bold: bool = False,
        scale: float = 1,
        kind: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__()
        self._mode = mode
        self.setObjectName(name)
        _dressed(self, bold, scale, kind, centred=False)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        QPainter(self).drawText(self.rect(), self.alignment(), self.shown)

    @property
    def shown(self) -> str:
        return self.fontMetrics().elidedText(self.text(), self._mode, self.width())

    def event(self, event: QEvent) -> bool:
        """What the ellipsis stands for is told where nothing else is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and not self.toolTip():
            QToolTip.showText(event.globalPos(), self.text() if self.shown != self.text() else "", self)
            return True
        return super().event(event)


def _dressed(made: QLabel, bold: bool, scale: float, kind: str, centred: bool) -> QLabel:
    made.setTextFormat(Qt.TextFormat.PlainText)
    font = made.font()
    font.setBold(bold)
    font.setPointSizeF(font.pointSizeF() * scale)
    made.setFont(font)
    made.setProperty("kind", kind)
    if centred:
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    elif QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        made.setAlignment(_AT_THE_RIGHT)
    return made
