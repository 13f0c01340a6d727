"""Short messages at the window's corner: what worked, what did not, who waits for an answer."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QWidget

from desktop.ui import parts
from desktop.ui.icons import icon_for
from desktop.ui.parts import Act
from desktop.ui.words import tr

SHOWN_MAX = 3
ASKING_MAX = 2
"""Of those, so that there is room for what is only told; more that want an answer wait for their turn."""
WAITING_MAX = 64
SHOWN_MS = 5000
WIDTH_PX = 360
_MARGIN_PX = 14
_LONG = re.compile(r"\S{30,}")
_BREAKS = re.compile(r"[/._-]|[^/._-]{24}")


@dataclass(frozen=True)
class Notice:
    text: str
    icon: tuple[str, str]
    acts: Sequence[Act]
    ms: int
    """0 leaves it until it is closed."""
    about: object = None

    @property
    def asks(self) -> bool:
        """It is there until somebody answers."""
        return bool(self.acts) and not self.ms

    @property
    def weight(self) -> int:
        """What weighs least makes room for others first: what goes soonest by itself, whatever it offers."""
        return 2 * bool(self.acts and self.ms != SHOWN_MS) + (not self.ms)


class Toast(QFrame):
    ended = Signal()

    def __init__(self, parent: QWidget, notice: Notice) -> None:
        super().__init__(parent)
        self.notice = notice
        text, acts, ms = notice.text, notice.acts, notice.ms
        self.setObjectName("toast")
        self.setAccessibleName(text)
        self.setFixedWidth(WIDTH_PX)
        self._picture = picture = QLabel()
        said = parts.label(_breakable(text), name="toastText")
        self._close = close = QToolButton()
        close.setObjectName("toastClose")
        close.setProperty("kind", "plain")
        close.setAccessibleName(tr("Close this message"))
        close.clicked.connect(self.end)
        said.setMinimumHeight(20)
        is_brief = not notice.weight  # then its act stands beside it
        line = parts.row(spacing=10)
        buttons = line if is_brief else parts.row(spacing=8)
        beside = Qt.AlignmentFlag.AlignVCenter if is_brief else Qt.AlignmentFlag.AlignTop
        line.addWidget(picture, alignment=beside)
        line.addWidget(said, stretch=1)
        if not is_brief:
            buttons.addStretch()
        for at, (word, act) in enumerate(acts):
            button = parts.push_button(f"toast{word}", tr(word), primary=not (at or is_brief))
            button.setAccessibleName(f"{tr(word)}: {text}")
            button.clicked.connect(self.end)
            button.clicked.connect(act)
            buttons.addWidget(button)
        line.addWidget(close, alignment=beside)
        column = self._column = parts.column(self, spacing=6, margins=(14, 10, 8, 10))
        column.addLayout(line)
        if acts and not is_brief:
            column.addLayout(buttons)
        self._draw()
        self._timer = QTimer(self, interval=ms, singleShot=True)
        self._timer.timeout.connect(self._fade)
        if ms:
            self._timer.start()

    def _draw(self) -> None:
        self._picture.setPixmap(icon_for(self, *self.notice.icon).pixmap(20, 20))
        self._close.setIcon(icon_for(self, "cancel", "muted"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_close"):
            self._draw()
        super().changeEvent(event)

    def fit(self) -> None:
        """No layout keeps room by itself for lines that wrap."""
        self._column.activate()
        self.resize(WIDTH_PX, self._column.totalHeightForWidth(WIDTH_PX))

    def end(self) -> None:
        self.ended.emit()
        self.hide()
        self.deleteLater()

    @property
    def is_held(self) -> bool:
        """Somebody's keys are on its buttons."""
        return self.window().focusWidget() in self.findChildren(QWidget)

    @property
    def gives_way(self) -> bool:
        """To what went wrong: it stands elsewhere, too."""
        return bool(self.notice.about) and not self.is_held

    def _fade(self) -> None:
        if self.is_held:
            self._timer.start()
        else:
            self.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if self._timer.interval():
            self._timer.start()
        super().leaveEvent(event)


def _breakable(text: str) -> str:
    """Lines may end within its long words, as paths are: best where one of their parts does."""
    return _LONG.sub(lambda word: _BREAKS.sub("\\g<0>\u200b", word[0]), text)


class Notices(QObject):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._toasts: list[Toast] = []
        self._waiting: deque[Notice] = deque()
        self._heir: Notices | None = None
        window.installEventFilter(self)

    def tell(self, text: str) -> None:
        self.add(Notice(text, ("good", "good"), (), SHOWN_MS))

    def warn(self, text: str, *, stays: bool = False) -> None:
        self.add(Notice(text, ("failed", "warn"), (), 0 if stays else 2 * SHOWN_MS))

    def fail(self, text: str, *acts: Act) -> None:
        self.add(Notice(text, ("failed", "bad"), acts, 0))

    def ask(self, text: str, *acts: Act, about: object = None) -> None:
        """Stays until it is answered or closed, or `about` is settled elsewhere."""
        self.add(Notice(text, ("requests", "accent"), acts, 0, about))

    def settle(self, about: object) -> None:
        self._waiting = deque(kept for kept in self._waiting if kept.about != about)
        for toast in [toast for toast in self._toasts if toast.notice.about == about]:
            toast.end()

    def offer(self, text: str, act: Act, ms: int) -> None:
        """Told, and for a while something can be done about it."""
        self.add(Notice(text, ("good", "good"), (act,), ms))

    def go_on_in(self, heir: "Notices") -> None:
        """What is not only told is shown there from now on, and so is all that is still to come here, also
        when this window is no more."""
        self._heir = heir
        for notice in [*(toast.notice for toast in self._toasts if toast.notice.weight), *self._waiting]:
            heir.add(notice)

    @property
    def window(self) -> QWidget:
        """Where dialogs belong that come of a notice."""
        return self._heir.window if self._heir else self._window

    def texts(self) -> list[str]:
        return [toast.accessibleName() for toast in self._toasts]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def add(self, notice: Notice) -> None:
        if self._heir:
            self._heir.add(notice)
            return
        self._waiting = deque(kept for kept in self._waiting if kept.text != notice.text)
        for same in [toast for toast in self._toasts if toast.notice.text == notice.text]:
            same.end()
        asking = [toast for toast in self._toasts if toast.notice.asks]
        if not notice.asks or len(asking) < ASKING_MAX:
            self._show(notice)
        elif not notice.about and (request := next((one for one in reversed(asking) if one.gives_way), None)):
            self._waiting.appendleft(notice)
            request.end()  # what waits first takes its place
            self._waiting.appendleft(request.notice)
        elif len(self._waiting) < WAITING_MAX:
            self._waiting.append(notice)

    def _show(self, notice: Notice) -> None:
        toast = Toast(self._window, notice)
        toast.ended.connect(lambda: self._forget(toast))
        self._toasts.append(toast)
        others = sorted(
            (one for one in self._toasts[:-1] if not one.is_held), key=lambda one: one.notice.weight
        )
        for old in others[: max(len(self._toasts) - SHOWN_MAX, 0)]:
            old.end()
        self._place()  # before it is seen: a pointer at its first place would hold it for good
        toast.show()
        parts.announce(self._window, notice.text)

    def _forget(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
            if toast.notice.asks and self._waiting:
                self._show(self._waiting.popleft())
        self._place()

    def _place(self) -> None:
        bottom = self._window.height() - _MARGIN_PX - 42  # the status line stays readable
        left_to_right = self._window.layoutDirection() is Qt.LayoutDirection.LeftToRight
        x = self._window.width() - WIDTH_PX - _MARGIN_PX if left_to_right else _MARGIN_PX
        for toast in reversed(self._toasts):
            toast.fit()
            bottom -= toast.height()
            toast.move(x, bottom)
            toast.raise_()
            bottom -= 8
