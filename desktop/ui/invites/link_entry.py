"""Where an invite link is given, as text or in a picture of its QR code, and what the link says."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent, QGuiApplication, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from desktop.engine.engine import Engine
from desktop.engine.views import InviteLinkView
from desktop.ui import parts
from desktop.ui.amounts import isolated, name
from desktop.ui.desk import Desk, worded
from desktop.ui.dialogs import ask_paths
from desktop.ui.empty_state import DropOverlay
from desktop.ui.invites.picture import Picture, link_in, may_be_picture, picture_in
from desktop.ui.runner import Running
from desktop.ui.words import joined, tr, tr_n
from shared.errors import BadArgument, ShoalError
from shared.invite_link import SCHEME, is_link
from shared.limits import INVITE_LINK_CHARS_MAX

_ADDRESSES_NAMED_MAX = 2
_FILES = "*.png *.jpg *.jpeg *.webp *.bmp"


class LinkFacts(QWidget):
    """What the link says, or why it is of no use."""

    changed = Signal()

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.view: InviteLinkView | None = None
        """Of a link that can be used."""
        self.text = ""
        self._engine = engine
        self._group = parts.label(name="linkGroup", bold=True, scale=1.25)
        self._group.setWordWrap(True)
        self._about = parts.label(name="linkAbout", kind="muted")
        self._error = parts.label(name="linkError", kind="bad")
        column = parts.column(self, spacing=6)
        for widget in (self._group, self._about, self._error):
            column.addWidget(widget)
        self.read("")

    def read(self, text: str) -> None:
        """Dials nothing."""
        self.text, self.view = text.strip(), None
        group = about = error = ""
        if self.text:
            try:
                view = self._engine.read_link(self.text)
            except BadArgument as refused:
                error = worded(refused)
            else:
                group, error = name(view.group), _fault(view)
                if not error:
                    self.view, about = view, f"{_door(view)}\n{_network(view)}"
        self._show(group, about, error)

    def say(self, about: str = "", error: str = "") -> None:
        """There is no link, but this."""
        self.text, self.view = "", None
        self._show("", about, error)

    def _show(self, *texts: str) -> None:
        for label, text in zip((self._group, self._about, self._error), texts, strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        self.changed.emit()


class LinkField(QLineEdit):
    given = Signal(QMimeData)
    """Is pasted, and no text for a line."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("link")
        self.setAccessibleName(tr("Invite link"))
        self.setMaxLength(2 * INVITE_LINK_CHARS_MAX)
        self.setPlaceholderText(f"{SCHEME}//join/…")
        self.setAcceptDrops(False)  # what it lies on takes them

    def keyPressEvent(self, event: QKeyEvent) -> None:
        data = clipboard()
        if event.matches(QKeySequence.StandardKey.Paste) and may_hold_link(data):
            self.given.emit(data)
        else:
            super().keyPressEvent(event)


class LinkEntry(QWidget):
    """A field with what its link says below, and a button for a picture."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._runner = desk.runner
        self._reading: Running | None = None
        self.field, self.facts = LinkField(), LinkFacts(desk.engine)
        choose = parts.push_button("linkPicture", tr("From a picture…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        line = parts.row(spacing=8)
        line.addWidget(self.field, stretch=1)
        line.addWidget(choose)
        column = parts.column(self, spacing=12)
        column.addLayout(line)
        column.addWidget(self.facts)
        self.field.textChanged.connect(self.facts.read)
        self.field.given.connect(self.take)

    def put(self, link: str) -> None:
        """In place of what is there."""
        self._stop()
        self.field.clear()
        self.facts.say()
        self.field.setText(link)

    def take(self, data: QMimeData) -> None:
        """What is pasted or dropped, where it may hold a link."""
        if link := link_text(data):
            self.put(link)
        elif picture := picture_in(data):
            self._read(picture)

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():  # not where the whole window is put by
            self._stop()
        super().hideEvent(event)

    def _choose(self) -> None:
        one = QFileDialog.FileMode.ExistingFile
        title, kinds = tr("A picture of the QR code"), tr("Pictures ({kinds})", kinds=_FILES)
        ask_paths(self, title, one, lambda paths: self._read(paths[0]), kinds=kinds)

    def _read(self, picture: Picture) -> None:
        self.put("")
        self.facts.say(tr("Looking for a QR code in the picture…"))
        reading = self._runner.aside(partial(link_in, picture))
        self._reading = self._runner.run(reading, self._found, self._fail)

    def _found(self, link: str) -> None:
        self._reading = None
        self.field.setText(link)

    def _fail(self, error: ShoalError) -> None:
        self._reading = None
        self.facts.say(error=worded(error))
        parts.announce(self, worded(error))

    def _stop(self) -> None:
        if self._reading:
            self._reading.cancel()
            self._reading = None
            self.facts.say()


def invitation(data: QMimeData) -> str:
    """What is said of it while it is dragged; nothing where it cannot hold a link."""
    return tr("Drop your invite here") if may_hold_link(data) else ""


class LinkDrops(QObject):
    """What may hold a link and is dropped anywhere on `area`."""

    def __init__(
        self,
        area: QWidget,
        take: Callable[[QMimeData], object],
        invite: Callable[[QMimeData], str] = invitation,
    ) -> None:
        super().__init__(area)
        self._take, self._invite = take, invite
        self._overlay = DropOverlay(area, area)
        area.setAcceptDrops(True)
        area.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            self._overlay.hide()
        text = self._invite(event.mimeData()) if isinstance(event, QDropEvent) else ""
        if not isinstance(event, QDropEvent) or not text:
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._take(event.mimeData())
        else:
            self._overlay.say(text, shape="link")
        return True


def clipboard() -> QMimeData:
    # None, whatever the types say, where nothing was ever copied
    return QGuiApplication.clipboard().mimeData() or QMimeData()  # type: ignore[truthy-bool]


def may_hold_link(data: QMimeData) -> bool:
    """Nothing is read for that but a text."""
    return bool(link_text(data)) or may_be_picture(data)


def link_text(data: QMimeData) -> str:
    text = data.text()
    return text.strip() if len(text) <= 2 * INVITE_LINK_CHARS_MAX and is_link(text) else ""


def _fault(view: InviteLinkView) -> str:
    if view.refused:
        return tr(
            "The link names another key for a tracker than the one that is known here. Do not "
            "use it; ask who sent it."
        )
    if view.expired and not view.member:
        return tr("The time of this invitation is over; ask for another one.")
    return ""


def _door(view: InviteLinkView) -> str:
    if view.member:
        return tr("You are a member of it already.")
    if view.preapproved:
        return tr("You are let in at once.")
    return tr("Its owner is asked to let you in.")


def _network(view: InviteLinkView) -> str:
    if view.network == "here":
        return tr("It is in the network that you use.")
    if view.network == "known":
        return tr("It is in another network, which this computer knows.")
    named = joined(isolated(one.address) for one in view.trackers[:_ADDRESSES_NAMED_MAX])
    return tr_n(
        "It is in a network that is new to this computer, with %n trackers: {addresses}",
        len({one.pin for one in view.trackers}),
        one="It is in a network that is new to this computer, with a tracker at {addresses}",
        addresses=named,
    )
