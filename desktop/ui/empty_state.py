"""What stands where nothing is yet: one sentence, and the acts that change it. Also where a drop will go."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget

from desktop.ui import parts
from desktop.ui.icons import icon_for
from desktop.ui.theme import colours


class EmptyState(QWidget):
    """Covers a view as long as its model has no rows."""

    def __init__(self, view: QAbstractItemView, shape: str, name: str) -> None:
        super().__init__(view.viewport())
        self.setObjectName(name)
        self._view = view
        self._shape = shape
        self._said: tuple[object, ...] = ()
        self._picture = parts.label(centred=True)
        self._title = parts.label(bold=True, scale=1.15, centred=True)
        self._title.setWordWrap(True)
        self._text = parts.label(kind="muted", centred=True)
        self._buttons = parts.row(spacing=8)
        self._buttons.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = parts.column(self, spacing=8, margins=(16, 8, 16, 8))
        column.addStretch(2)
        for widget in (self._picture, self._title, self._text):
            column.addWidget(widget)
        column.addLayout(self._buttons)
        column.addStretch(3)
        view.viewport().installEventFilter(self)
        model = view.model()
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._appear)
        self._appear()

    def say(self, title: str, text: str, actions: Sequence[QAction] = (), shape: str = "") -> None:
        """What is said already stays as it is: one may stand on its buttons. The first of several acts is
        what one mostly wants. `shape`: another picture from now on."""
        self._shape = shape or self._shape
        said = (title, text, self._shape, *actions)
        if said == self._said:
            return
        self._said = said
        self._title.setText(title)
        self._fit()
        self._text.setText(text)
        self._text.setVisible(bool(text))
        for old in self.findChildren(QPushButton):
            self._buttons.removeWidget(old)
            old.deleteLater()
        for action in actions:
            name, is_first = f"{self.objectName()}_{action.objectName()}", action is actions[0]
            button = parts.push_button(name, action.iconText(), primary=is_first and len(actions) > 1)
            button.clicked.connect(action.trigger)
            self._buttons.addWidget(button)
        self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _appear(self) -> None:
        self.setVisible(self._view.model().rowCount() == 0)
        self._fit()

    def _fit(self) -> None:
        room = self._view.viewport().rect()
        self.setGeometry(room)
        self._picture.setVisible(room.height() > 190 and bool(self._title.text()))

    def _draw(self) -> None:
        self._picture.setPixmap(icon_for(self, self._shape, "muted").pixmap(48, 48))


class DropOverlay(QWidget):
    """Lies over the files while something is dragged in: where it will go, or why it may not."""

    def __init__(self, window: QWidget, over: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._over = over
        self.setObjectName("dropOverlay")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = self._more = ""
        self._welcome = True
        self._shape = "share"
        self.hide()

    def say(
        self,
        text: str,
        *,
        welcome: bool = True,
        more: str = "",
        over: QWidget | None = None,
        shape: str = "share",
    ) -> None:
        """`more` stands below it, smaller. `over`: only this widget. `shape`: its picture, where welcome."""
        self._text, self._more, self._welcome = text, more, welcome
        self._shape = shape if welcome else "stop"
        self.setAccessibleName("\n".join(filter(None, [text, more])))
        widget = over or self._over
        self.setGeometry(QRect(widget.mapTo(self._window, QPoint()), widget.size()))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        theme = colours(self.palette())
        colour = QColor(theme.accent if self._welcome else theme.bad)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(theme.base)
        veil.setAlpha(242)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(colour, 2, Qt.PenStyle.DashLine))
        colour.setAlpha(18)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(14, 14, -14, -14), 12, 12)
        shape = icon_for(self, self._shape, "accent" if self._welcome else "bad")
        middle = self.rect().center()
        painter.drawPixmap(middle.x() - 24, middle.y() - 56, shape.pixmap(48, 48))
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        room = self.rect().adjusted(30, middle.y() + 6, -30, 0)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        drawn = painter.boundingRect(room, flags, self._text)
        painter.drawText(room, flags, self._text)
        painter.setFont(self.font())
        painter.setPen(QColor(theme.muted))
        painter.drawText(room.adjusted(0, drawn.height() + 8, 0, 0), flags, self._more)
