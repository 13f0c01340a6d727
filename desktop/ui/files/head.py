"""Above the list of files: whose they are and how many, a field to search in, what can be done first."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui import parts
from desktop.ui.icons import icon_for
from desktop.ui.menus import Menus
from desktop.ui.words import tr

_BUTTON_PX = 760
_SEARCH_PX = (164, 250)


class FilesHead(QWidget):
    def __init__(self, menus: Menus) -> None:
        super().__init__()
        self._title = parts.Elided("groupTitle", bold=True, scale=1.3)
        self._about = parts.Elided("groupAbout", kind="muted")
        titles = parts.column(spacing=1)
        titles.addWidget(self._title)
        titles.addWidget(self._about)
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setAccessibleName(tr("Search the files of all groups"))
        self.search.setPlaceholderText(tr("Search all groups"))
        self.search.setMinimumWidth(_SEARCH_PX[0])
        self.search.setMaximumWidth(_SEARCH_PX[1])
        self._glass = self.search.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = self.search.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setToolTip(tr("Empty the search"))
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.search.clear)
        self.search.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
        self._draw()
        line = parts.row(self, spacing=8, margins=(16, 10, 12, 10))
        line.addLayout(titles, stretch=1)
        line.addWidget(self.search, stretch=1)
        self._toggle = menus.button("as_list", plain=True)
        self._toggle.setCheckable(True)
        line.addWidget(self._toggle)
        line.addWidget(menus.button("invite", plain=True))
        buttons = {name: menus.button(name) for name in ("share_files", "share_folder", "download")}
        for button in buttons.values():
            line.addWidget(button)
        self._second = buttons.pop("share_folder")
        self._second.setText(f" {self._second.text()}")
        self._buttons = {button: button.text() for button in buttons.values()}

    def say(self, title: str, about: str, *, as_list: bool) -> None:
        self._title.setText(title)
        self._about.setText(about or " ")  # the row keeps its height
        self._toggle.setChecked(as_list)

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_wide = self.width() >= _BUTTON_PX
        self._second.setVisible(is_wide)  # a narrow window has it in the menus
        for button, text in self._buttons.items():
            button.setText(f" {text}" if is_wide else "")  # else it touches its icon
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self._glass.setIcon(icon_for(self, "search", "muted"))
        self._clear.setIcon(icon_for(self, "cancel", "muted"))
