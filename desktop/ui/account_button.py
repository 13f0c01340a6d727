"""Who is logged in, at the end of the menu bar, with the menu of the account."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QMenu, QToolButton

from desktop.ui import amounts
from desktop.ui.icons import icon_for
from desktop.ui.words import tr


class AccountButton(QToolButton):
    def __init__(self, menu: QMenu) -> None:
        super().__init__()
        self.setObjectName("account")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setProperty("kind", "plain")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setMenu(menu)

    def show_user(self, user: str | None) -> None:
        self.setVisible(user is not None)
        self._draw()
        named = amounts.name(user or "")
        self.setText(" " + named.replace("&", "&&"))  # else it touches its icon
        self.setAccessibleName(tr("Account of {user}", user=named))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self.setIcon(icon_for(self.window(), "account"))  # its own palette is that of no page
