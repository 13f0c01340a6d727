"""The first page of all: three ways to begin."""

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from desktop.ui import parts
from desktop.ui.icons import icon_for
from desktop.ui.invites.link_entry import clipboard, link_text, may_hold_link
from desktop.ui.words import tr

CARD_PX = 224
_ICON_PX = 32


class Card(QPushButton):
    """A large button with a picture, a title and what it does."""

    def __init__(self, name: str, shape: str, title: str, text: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setProperty("kind", "card")
        self.setAutoDefault(True)
        self.setFixedWidth(CARD_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._shape = shape
        self._picture = QLabel()
        column = parts.column(self, spacing=8, margins=(18, 18, 18, 18))
        head = parts.label(title, bold=True, scale=1.1)
        head.setWordWrap(True)
        for widget in (self._picture, head, parts.label(text, kind="muted")):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(widget)
        column.addStretch()
        self._draw()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return QSize(CARD_PX, layout.totalHeightForWidth(CARD_PX))

    minimumSizeHint = sizeHint

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self._picture.setPixmap(icon_for(self, self._shape, "accent").pixmap(_ICON_PX, _ICON_PX))


class ChoosingPage(QFrame):
    start_wanted = Signal()
    link_wanted = Signal(str)
    """A link, or none yet."""
    file_wanted = Signal()
    given = Signal(QMimeData)
    """Is pasted, and may hold a link."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("choosingPage")
        self._picture = parts.label(centred=True)
        start = Card(
            "startHere",
            "plus",
            tr("Start here"),
            tr("Make a place for your people on this computer, and send them a link to it."),
        )
        link = Card(
            "haveInvite",
            "link",
            tr("I have an invite"),
            tr("Somebody sent you a link, or shows you a QR code. It leads you straight into their group."),
        )
        file = Card(
            "haveFile",
            "tracker",
            tr("I have a tracker file"),
            tr("Your people run trackers already, and gave you their tracker_info.txt."),
        )
        start.clicked.connect(self.start_wanted)
        link.clicked.connect(lambda: self.link_wanted.emit(link_text(clipboard())))
        file.clicked.connect(self.file_wanted)
        cards = parts.row(spacing=12)
        cards.addStretch()
        for card in (start, link, file):
            cards.addWidget(card)
        cards.addStretch()
        column = parts.column(self, spacing=8, margins=(20, 16, 20, 16))
        column.addStretch(2)
        title = parts.label(tr("Welcome to Shoal"), bold=True, scale=1.6, centred=True)
        about = tr("Share files directly with the people of your groups.")
        for widget in (self._picture, title, parts.label(about, kind="muted", centred=True)):
            column.addWidget(widget)
        column.addSpacing(16)
        column.addLayout(cards)
        column.addStretch(3)
        self.first: QWidget = start
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.activated.connect(self._paste)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _paste(self) -> None:
        if may_hold_link(clipboard()):
            self.given.emit(clipboard())

    def _draw(self) -> None:
        self._picture.setPixmap(icon_for(self, "shoal", "accent").pixmap(48, 48))
