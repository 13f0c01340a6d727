"""Where nobody is logged in: three ways to begin, and the account that each of them ends with."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QFrame, QRadioButton, QStackedWidget, QWidget

from desktop.ui import parts
from desktop.ui.amounts import name
from desktop.ui.desk import Desk
from desktop.ui.groups.acts import GroupActs
from desktop.ui.invites.link_entry import LinkDrops, LinkFacts, invitation
from desktop.ui.welcome.choosing import ChoosingPage
from desktop.ui.welcome.login_page import LoginPage, Purpose
from desktop.ui.welcome.steps import FileStep, LinkStep
from desktop.ui.words import tr

_INDENT_PX = 24
"""Of what belongs to a round button: as wide as that."""


class WelcomePage(QFrame):
    left = Signal()
    """Nothing is begun any more, as no link is shown."""

    def __init__(self, desk: Desk, groups: GroupActs) -> None:
        super().__init__()
        self.setObjectName("welcomePage")
        self._desk = desk
        self._groups = groups
        self.login = LoginPage(desk)
        self._choosing = ChoosingPage()
        self._link = LinkStep(desk)
        self._file = FileStep(desk)
        self._facts = LinkFacts(desk.engine)
        self._reach = ReachQuestion()
        self._pages = QStackedWidget()
        for page in (self._choosing, self._link, self._file, self.login):
            self._pages.addWidget(page)
        parts.column(self).addWidget(self._pages)
        self._choosing.start_wanted.connect(self._start)
        self._choosing.link_wanted.connect(self.use_link)
        self._choosing.file_wanted.connect(self._open_file)
        self._choosing.given.connect(self._take)
        LinkDrops(self, self._take, _invitation)
        self._link.read.connect(self.use_link)
        self._file.chosen.connect(self._use_file)
        for page in (self._link, self._file, self.login):
            page.back.connect(self.choose)

    def begin(self) -> None:
        settings = self._desk.settings
        if settings.welcomed or settings.tracker_info:
            about = tr("Share files directly with the people of your groups.")
            self._log_in(Purpose(tr("Welcome to Shoal"), about), new=not settings.welcomed)
        else:
            self.choose()

    def choose(self) -> None:
        self._pages.setCurrentWidget(self._choosing)
        self._choosing.first.setFocus()
        self.left.emit()

    @property
    def shown_link(self) -> str | None:
        is_shown = self._pages.currentWidget() is self.login and not self._facts.isHidden()
        return self._facts.text if is_shown else None

    def log_in_again(self, user: str, reason: str) -> None:
        """`reason` is a sentence."""
        self.login.user.setText(user)
        self._log_in(Purpose(tr("Log in again")), new=False, reason=reason)

    def use_link(
        self, link: str, *, new: bool | None = None, back: Callable[[], object] = lambda: None
    ) -> None:
        """Shows what it says; without one, asks for it. `new`: as for the login; else as the link says.
        `back`: as a Purpose has it."""
        self._facts.read(link)
        if self._facts.view is None:
            self._pages.setCurrentWidget(self._link)
            self._link.open(link)
            return
        engine, group = self._desk.engine, self._facts.view.group
        purpose = Purpose(
            tr("You are invited"),
            more=self._facts,
            create=tr("Create account and join"),
            first=lambda: engine.join_link(link),
            back=back,
            then=lambda _new: self._groups.made(group),
        )
        self._log_in(purpose, new=self._facts.view.network != "known" if new is None else new)

    def _take(self, data: QMimeData) -> None:
        """As it was pasted or dropped."""
        if file := _tracker_file(data):
            self._open_file()
            self._file.look_at(file)
        else:
            self._pages.setCurrentWidget(self._link)
            self._link.take(data)

    def _log_in(self, purpose: Purpose, *, new: bool, reason: str = "") -> None:
        self._pages.setCurrentWidget(self.login)
        self.login.open_for(purpose, new=new, reason=reason)

    def _start(self) -> None:
        def then(new: bool) -> None:
            if new:
                self._groups.create_first()

        purpose = Purpose(
            tr("Start here"),
            tr("Others see your name. A forgotten password cannot be reset."),
            known=tr("Log in"),
            more=self._reach,
            first=self._go_home,
            then=then,
        )
        self._log_in(purpose, new=not self._desk.settings.welcomed)

    async def _go_home(self) -> None:
        engine = self._desk.engine
        if self._desk.settings.tracker_info is not None:
            await engine.use_network(None)
        if self._reach.is_wanted:
            await engine.host_on_network(on=True)

    def _open_file(self) -> None:
        self._pages.setCurrentWidget(self._file)
        self._file.first.setFocus()

    def _use_file(self, path: Path) -> None:
        def used(_: None) -> None:
            if self._desk.engine.user is None:
                about = tr("Your account in the network of {file}", file=name(path.name))
                self._log_in(Purpose(tr("Welcome to Shoal"), about), new=True)

        self._desk.runner.run(self._desk.engine.use_network(path), used, self._file.fail)


def _tracker_file(data: QMimeData) -> Path | None:
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix.lower() == ".txt"), None)


def _invitation(data: QMimeData) -> str:
    return tr("Use a tracker file") if _tracker_file(data) else invitation(data)


class ReachQuestion(QWidget):
    """Whether others may come to the tracker that runs on this computer."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reachQuestion")
        head = tr("Who may come in, if you invite them?")
        self._others = QRadioButton(tr("People at other computers too"))
        self._others.setObjectName("reachOthers")
        self._nobody = QRadioButton(tr("Only people at this computer"))
        self._nobody.setObjectName("reachNobody")
        note = tr("Your system may ask whether Shoal may use the network.")
        self._others.setChecked(True)
        column = parts.column(self, spacing=5, margins=(0, 4, 0, 6))
        column.addWidget(parts.label(head, bold=True))
        column.addWidget(self._others)
        below = parts.row()
        below.addSpacing(_INDENT_PX)
        below.addWidget(parts.label(note, kind="muted"), stretch=1)
        column.addLayout(below)
        column.addWidget(self._nobody)
        for button in (self._others, self._nobody):
            button.setAccessibleName(f"{head} {button.text()}")

    @property
    def is_wanted(self) -> bool:
        return self._others.isChecked()
