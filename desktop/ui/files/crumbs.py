"""Where in a group's folders one is, each part a button that leads back to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.ui import amounts, parts
from desktop.ui.words import tr

_CHARS_MAX = 28


class Crumbs(QWidget):
    """Hidden in the outermost folder."""

    chosen = Signal(str)
    """A folder's path; "" is the outermost."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("crumbs")
        self.setAccessibleName(tr("Location"))
        self._line = parts.row(self, spacing=2, margins=(4, 0, 12, 6))
        self._line.addStretch(1)
        self._shown = ("", "")
        self.hide()

    def show_path(self, group: str, folder: str) -> None:
        if (group, folder) != self._shown:
            self._shown = (group, folder)
            self._make(group, folder)
        self.setVisible(bool(folder))

    def _make(self, group: str, folder: str) -> None:
        while self._line.count() > 1:
            item = self._line.takeAt(0)
            old = item.widget() if item else None
            assert old is not None
            old.hide()
            old.deleteLater()
        path = ""
        for name in [group, *folder.split("/")[:-1]]:
            path = f"{path}{name}/" if self._line.count() > 1 else ""
            if path:
                self._line.insertWidget(self._line.count() - 1, parts.label("/", kind="muted", bold=True))
            self._line.insertWidget(self._line.count() - 1, self._crumb(name, path))

    def _crumb(self, name: str, path: str) -> QToolButton:
        made = QToolButton()
        made.setObjectName("crumb")
        made.setProperty("kind", "plain")
        cut = name if len(name) <= _CHARS_MAX else name[: _CHARS_MAX - 1] + "…"
        made.setText(amounts.name(cut).replace("&", "&&"))
        made.setAccessibleName(tr("Go to {folder}", folder=amounts.name(name)))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.chosen.emit(path))
        return made
