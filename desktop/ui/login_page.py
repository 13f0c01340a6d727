"""Where nobody is logged in: name, password, and whether they are new here."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from desktop.ui import parts
from desktop.ui.desk import Desk, worded
from desktop.ui.dialogs import line_edit
from desktop.ui.icons import icon_for
from desktop.ui.words import mark, tr, tr_n
from shared.errors import ShoalError
from shared.limits import PASSWORD_CHARS_MIN

CARD_PX = 380


class LoginPage(QFrame):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("loginPage")
        self._desk = desk
        self._picture = parts.label(centred=True)
        title = parts.label(tr("Welcome to Shoal"), bold=True, scale=1.5, centred=True)
        about = parts.label(
            tr("Share files directly with the people of your groups."), kind="muted", centred=True
        )
        self.user = line_edit(mark("Name"))
        self.user.setPlaceholderText(tr("Name"))
        self.password = line_edit(mark("Password"), secret=True)
        least = tr_n(
            "Password, %n characters or more", PASSWORD_CHARS_MIN, one="Password, %n character or more"
        )
        self.password.setPlaceholderText(least)
        self._error = parts.label(name="loginError", kind="bad")
        self._error.hide()
        self.log_in = parts.push_button("logIn", tr("Log in"), primary=True)
        self.sign_up = parts.push_button("createAccount", tr("Create account"))
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(CARD_PX)
        column = parts.column(card, spacing=12, margins=(28, 24, 28, 26))
        for widget in (self._picture, title, about, self.user, self.password, self._error):
            column.addWidget(widget)
        buttons = parts.row(spacing=10)
        buttons.addWidget(self.sign_up, stretch=1)
        buttons.addWidget(self.log_in, stretch=1)
        column.addLayout(buttons)
        QGridLayout(self).addWidget(card, 0, 0, Qt.AlignmentFlag.AlignCenter)
        self.user.textChanged.connect(self._check)
        self.password.textChanged.connect(self._check)
        self.user.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self.log_in.click)
        self.log_in.clicked.connect(lambda: self._run(new=False))
        self.sign_up.clicked.connect(lambda: self._run(new=True))
        self._check()
        self._draw()

    def open_for(self, user: str = "", reason: str = "") -> None:
        self.user.setText(user or self.user.text())
        self.password.clear()
        self._say(reason)
        (self.password if self.user.text() else self.user).setFocus()

    @property
    def error(self) -> str:
        return self._error.text()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _run(self, *, new: bool) -> None:
        user, password = self.user.text().strip(), self.password.text()

        async def run() -> None:
            if new:
                await self._desk.engine.create_user(user, password)
            await self._desk.engine.login(user, password)

        def failed(error: ShoalError) -> None:
            self._check()
            self._say(worded(error, "create_user" if new else "login", user=user))
            self.password.setFocus()

        self._say("")
        for button in (self.log_in, self.sign_up):
            button.setEnabled(False)
        self._desk.runner.run(run(), lambda _: self.password.clear(), failed)

    def _check(self) -> None:
        filled = bool(self.user.text().strip()) and len(self.password.text()) >= 1
        for button in (self.log_in, self.sign_up):
            button.setEnabled(filled)

    def _say(self, text: str) -> None:
        self._error.setText(text)
        self._error.setVisible(bool(text))

    def _draw(self) -> None:
        self._picture.setPixmap(icon_for(self, "shoal", "accent").pixmap(48, 48))
