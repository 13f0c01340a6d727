"""An account, new or of before: name, password, and what it is wanted for."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QPushButton, QScrollArea, QWidget

from desktop.ui import parts
from desktop.ui.desk import Desk, worded
from desktop.ui.dialogs import line_edit
from desktop.ui.icons import icon_for
from desktop.ui.welcome.steps import back_button
from desktop.ui.welcome.strength import StrengthMeter, least_password
from desktop.ui.words import mark, tr
from shared.errors import Exists, ShoalError

CARD_PX = 440


@dataclass(frozen=True)
class Purpose:
    title: str
    about: str = ""
    known: str = ""
    """The title for who has an account already, where `about` is for new ones only."""
    create: str = ""
    """What the button of a new account says; else it creates one."""
    more: QWidget | None = None
    """What else is to be read or said before."""
    first: Callable[[], Coroutine[Any, Any, object]] | None = None
    """Goes where the account is to be. Somebody may be logged in there by then."""
    back: Callable[[], object] = lambda: None
    """Goes back to where one came from, if that is elsewhere than the first page."""
    then: Callable[[bool], object] = lambda _new: None
    """Afterwards; whether the account is new."""


class LoginPage(QFrame):
    back = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("loginPage")
        self._desk = desk
        self._purpose = Purpose(tr("Log in"))
        self._is_new = True
        self._is_busy = False
        self._picture = parts.label()
        self._title = parts.label(bold=True, scale=1.4)
        self._title.setWordWrap(True)
        self._about = parts.label(kind="muted")
        self.user = line_edit(mark("Name"))
        self.user.setPlaceholderText(tr("Name"))
        self.password = line_edit(mark("Password"), secret=True)
        self._meter = StrengthMeter()
        self._error = parts.label(name="loginError", kind="bad")
        self._error.hide()
        self.log_in = parts.push_button("logIn", tr("Log in"), primary=True)
        self.sign_up = parts.push_button("createAccount", tr("Create account"), primary=True)
        self._other = parts.push_button("otherWay", "")
        self._other.setProperty("kind", "link")
        self._back = back_button("loginBack", self)
        self._card = QFrame()
        self._lay_out()
        for edit in (self.user, self.password):
            edit.textChanged.connect(self._check)
        self.user.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(lambda: self._button.click())
        self.log_in.clicked.connect(lambda: self._run(new=False))
        self.sign_up.clicked.connect(lambda: self._run(new=True))
        self._other.clicked.connect(lambda: self._turn(new=not self._is_new))
        self._turn(new=True)
        self._draw()

    def open_for(self, purpose: Purpose, *, new: bool, reason: str = "") -> None:
        """`new`: nobody has an account here, as far as is known."""
        if self._purpose.more:
            self._more.removeWidget(self._purpose.more)
            self._purpose.more.hide()
        self._purpose = purpose
        self._picture.setVisible(purpose.more is None)
        if purpose.more:
            self._more.addWidget(purpose.more)
            purpose.more.show()
            for before, after in pairwise(
                [self._back, *purpose.more.findChildren(QAbstractButton), self.user]
            ):
                QWidget.setTabOrder(before, after)
        self._about.setText(purpose.about)
        self.password.clear()
        self._turn(new=new)
        self._say(reason)
        self._fit()
        (self.password if self.user.text() else self.user).setFocus()

    @property
    def error(self) -> str:
        return self._error.text()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        card = self._card
        card.setObjectName("card")
        card.setFixedWidth(CARD_PX)
        column = self._column = parts.column(card, spacing=8, margins=(28, 14, 28, 14))
        self._back.clicked.connect(self._leave)
        column.addWidget(self._back, alignment=Qt.AlignmentFlag.AlignLeading)
        self._more = parts.column()
        for widget in (self._picture, self._title, self._about):
            column.addWidget(widget)
        column.addLayout(self._more)
        column.addWidget(self.user)
        column.addWidget(self.password)
        for below in (self._meter, self._error, self.sign_up, self.log_in):
            column.addWidget(below)
        column.addWidget(self._other, alignment=Qt.AlignmentFlag.AlignHCenter)
        inside = QWidget()
        inside.setObjectName("loginInside")
        QGridLayout(inside).addWidget(card, 0, 0, Qt.AlignmentFlag.AlignCenter)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        parts.column(self).addWidget(scroll)

    def _leave(self) -> None:
        self.back.emit()
        self._purpose.back()

    @property
    def _button(self) -> QPushButton:
        return self.sign_up if self._is_new else self.log_in

    def _turn(self, *, new: bool) -> None:
        self._is_new = new
        purpose = self._purpose
        is_known = not new and bool(purpose.known)
        self._title.setText(purpose.known if is_known else purpose.title)
        self._about.setVisible(bool(purpose.about) and not is_known)
        self.sign_up.setVisible(new)
        self.log_in.setVisible(not new)
        self._meter.setVisible(new)
        self.password.setPlaceholderText(least_password() if new else tr("Password"))
        self._other.setText(tr("I have an account already") if new else tr("I am new here"))
        self._other.setAccessibleName(self._other.text())
        self._say("")
        self._check()

    def _run(self, *, new: bool) -> None:
        user, password, purpose = self.user.text().strip(), self.password.text(), self._purpose
        engine = self._desk.engine

        async def run() -> None:
            if purpose.first:
                await purpose.first()
            if engine.user is None:
                if new:
                    await engine.create_user(user, password)
                await engine.login(user, password)

        def done(_: None) -> None:
            self._is_busy = False
            self.password.clear()
            purpose.then(new)

        def failed(error: ShoalError) -> None:
            self._is_busy = False
            self._check()
            self._say(worded(error, "create_user" if new else "login", user=user))
            wrong = self.user if isinstance(error, Exists) else self.password
            wrong.selectAll()
            wrong.setFocus()

        self._say("")
        self.password.setFocus()
        self._is_busy = True
        self._check()
        self._desk.runner.run(run(), done, failed)

    def _check(self) -> None:
        self._meter.show_for(self.password.text(), self.user.text().strip())
        filled = bool(self.user.text().strip()) and len(self.password.text()) >= 1
        create = self._purpose.create or tr("Create account")
        for button, text in ((self.log_in, tr("Log in")), (self.sign_up, create)):
            button.setText(tr("Connecting…") if self._is_busy else text)
            button.setAccessibleName(button.text())
            button.setEnabled(filled and not self._is_busy)
        for way in (self._back, self._other):
            way.setEnabled(not self._is_busy)

    def _say(self, text: str) -> None:
        self._error.setText(text)
        self._error.setVisible(bool(text))
        if text:
            parts.announce(self, text)
        self._fit()

    def _fit(self) -> None:
        """No layout keeps room by itself for lines that wrap: where the window is low, one scrolls."""
        self._column.activate()
        self._card.setFixedHeight(max(self._column.totalHeightForWidth(CARD_PX), 0))

    def _draw(self) -> None:
        self._picture.setPixmap(icon_for(self, "shoal", "accent").pixmap(48, 48))
