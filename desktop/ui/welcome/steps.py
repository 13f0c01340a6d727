"""The pages between the first one and the account: a link is pasted, a tracker file is looked at."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QPushButton, QWidget

from desktop.engine.views import TrackerView
from desktop.ui import parts
from desktop.ui.amounts import name
from desktop.ui.desk import Desk, worded
from desktop.ui.dialogs import ask_paths
from desktop.ui.invites.link_entry import LinkEntry
from desktop.ui.runner import Running
from desktop.ui.tracker_rows import FRAME_PX, TrackersView
from desktop.ui.words import tr
from shared.errors import BadArgument, ShoalError

CARD_PX = 520


def back_button(button: str, page: QWidget) -> QPushButton:
    """Escape on `page` presses it, too."""
    # bidi text mirrors the mark
    made = parts.push_button(button, "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK} " + tr("Back"))
    made.setProperty("kind", "back")
    made.setAccessibleName(tr("Back"))
    escape = QShortcut(Qt.Key.Key_Escape, page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
    escape.activated.connect(made.click)
    return made


class Step(QFrame):
    """A card in the middle, with the way back above its title."""

    back = Signal()

    def __init__(self, page: str, title: str, about: str) -> None:
        super().__init__()
        self.setObjectName(page)
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(CARD_PX)
        self.column = parts.column(card, spacing=12, margins=(28, 20, 28, 26))
        back = back_button(f"{page}Back", self)
        back.clicked.connect(self.back)
        self.column.addWidget(back, alignment=Qt.AlignmentFlag.AlignLeading)
        self.column.addWidget(parts.label(title, bold=True, scale=1.4))
        self.column.addWidget(parts.label(about, kind="muted"))
        QGridLayout(self).addWidget(card, 0, 0, Qt.AlignmentFlag.AlignCenter)


class LinkStep(Step):
    read = Signal(str)
    """A link that can be used was pasted."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            "linkStep",
            tr("Paste your invite link"),
            tr("Or a picture of its QR code, a photo or a screenshot: choose it, paste it, or drop it here."),
        )
        self._entry = LinkEntry(desk)
        self._entry.facts.changed.connect(self._look)
        self.column.addWidget(self._entry)

    def open(self, link: str) -> None:
        """With one that is of no use it says why."""
        self._entry.put(link)
        self._entry.field.setFocus()

    def take(self, data: QMimeData) -> None:
        """As it was pasted or dropped."""
        self._entry.take(data)
        self._entry.field.setFocus()

    def _look(self) -> None:
        if self._entry.facts.view is not None:
            self.read.emit(self._entry.facts.text)


class FileStep(Step):
    chosen = Signal(Path)
    """Its trackers are to be used."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            "fileStep",
            tr("Use a tracker file"),
            tr("It has one line for each tracker. Whether they can be reached is tried at once."),
        )
        self._desk = desk
        self._path = Path()
        self._checking: Running | None = None
        self._named = parts.Elided("trackerFile", kind="muted")
        choose = parts.push_button("chooseFile", tr("Choose file…"))
        choose.clicked.connect(self._choose)
        line = parts.row(spacing=12)
        line.addWidget(choose)
        line.addWidget(self._named, stretch=1)
        self._lines = TrackersView(
            "trackerLines", tr("Trackers of the file"), frame_px=FRAME_PX, are_asked=True
        )
        self._trackers: dict[int | None, TrackerView] = {}
        self._error = parts.label(name="fileError", kind="bad")
        self._use = parts.push_button("useFile", tr("Use these trackers"), primary=True)
        self._use.clicked.connect(lambda: self.chosen.emit(self._path))
        self.column.addLayout(line)
        for widget in (self._lines, self._error, self._use):
            self.column.addWidget(widget)
        self._reset()
        self.first: QWidget = choose

    def look_at(self, path: Path) -> None:
        """Lists its lines, and asks each tracker."""
        self._reset()
        self._path = path
        self._named.setText(name(path.name))
        self._named.setToolTip(name(str(path)))
        checking = self._desk.engine.check_trackers(path, partial(self._tell, path))
        self._checking = self._desk.runner.run(checking, failed=self.fail)

    def fail(self, error: ShoalError) -> None:
        """Why they cannot be used. What exactly is wrong in a line is for whoever writes such files."""
        why = worded(error)
        self._error.setToolTip(why)
        if isinstance(error, BadArgument) and (line := error.detail.get("line")):
            why = tr("Line {line} names no tracker. Is this the file that you were given?", line=line)
        self._error.setText(why)
        self._error.show()

    def _reset(self) -> None:
        if self._checking:
            self._checking.cancel()
        self._trackers.clear()
        self._lines.hide()
        self._error.hide()
        self._use.setEnabled(False)

    def _choose(self) -> None:
        one = QFileDialog.FileMode.ExistingFile
        ask_paths(self, tr("Use a tracker file"), one, lambda paths: self.look_at(paths[0]))

    def _tell(self, path: Path, tracker: TrackerView) -> None:
        if path != self._path:
            return  # another file was chosen meanwhile
        self._trackers[tracker.number] = tracker
        self._lines.show_trackers([*self._trackers.values()])
        self._lines.show()
        self._use.setEnabled(True)
