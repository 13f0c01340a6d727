"""Where the details stand: at the end of the window, as wide as they were left; in a narrow one, alone."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSplitter, QWidget

WIDTH_PX = 340
NARROW_PX = 1060
"""Of the whole; where it is less there is no room beside what stands there."""


class Beside(QObject):
    def __init__(self, whole: QSplitter, covered: QWidget, details: QWidget) -> None:
        """`details` becomes the last of `whole`, whose other parts keep their places."""
        super().__init__(whole)
        self._whole, self._covered, self._details = whole, covered, details
        self._width = WIDTH_PX
        self._first = whole.sizes()[0]
        whole.addWidget(details)
        whole.installEventFilter(self)
        whole.splitterMoved.connect(self._moved)
        details.hide()

    @property
    def is_open(self) -> bool:
        return not self._details.isHidden()

    @property
    def first(self) -> int:
        """The width of the first part of the whole, where there is room for it beside the details."""
        return self._first if self.is_open else self._whole.sizes()[0]

    @property
    def width(self) -> int:
        """For the next start: 0 is closed."""
        return self._width if self.is_open else 0

    def restore(self, first: int, width: int) -> None:
        self._first, self._width = first, width or WIDTH_PX
        self.set_open(width > 0)

    def toggle(self) -> None:
        self.set_open(not self.is_open)

    def set_open(self, is_open: bool) -> None:
        if is_open and not self.is_open and self._whole.isVisible():
            self._first = self._whole.sizes()[0]  # as it is seen, which it was not at the start
        self._details.setVisible(is_open)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _moved(self) -> None:
        self._first = self._whole.sizes()[0]
        if self.is_open and not self._covered.isHidden():
            self._width = self._details.width()

    def _fit(self) -> None:
        covers = self.is_open and self._whole.width() < NARROW_PX
        self._covered.setVisible(not covers)
        if self.is_open:
            rest = max(self._whole.width() - self._first, 0)
            wide = rest if covers else min(self._width, rest)
            self._whole.setSizes([self._first, rest - wide, wide])
