"""F1: every key of the window, from the same table as the menus."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from desktop.ui import parts
from desktop.ui.amounts import isolated
from desktop.ui.menus import ENTRIES, plain
from desktop.ui.words import mark, tr

OTHERS = (
    ("Return", mark("Open, download, or pause and go on")),
    ("Shift+Return", mark("Download &to…")),
    ("Delete", mark("Stop sharing, or cancel a download")),
    ("Backspace", mark("To the folder above")),
    ("Esc", mark("Back from a search, close what is open")),
    ("Down", mark("From the search to what was found")),
    ("Up", mark("An earlier command, in the command bar")),
    ("Right Left Space", mark("Choose and mark hours of the week")),
    ("Shift+Right Shift+Down", mark("Mark all hours on the way, as the last")),
    ("Ctrl+V", mark("Use an invite link, on the first page")),
    ("Shift+F10", mark("What may be done here")),
    ("Tab", mark("To the next part of the window")),
)
"""What no menu has; of several keys each is one."""
_COLUMNS = 2


class KeysHelp(QDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = parts.column(self, spacing=16, margins=(24, 20, 24, 16))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        column.addWidget(parts.head(self.windowTitle()))
        column.addLayout(grid)
        keys = [(entry.keys, plain(tr(entry.text))) for entry in ENTRIES if entry.keys]
        keys += [(key, plain(tr(text))) for key, text in OTHERS]
        rows = -(-len(keys) // _COLUMNS)
        for at, (key, text) in enumerate(keys):
            shown = parts.label(isolated(_native(key)), kind="muted", bold=True)
            grid.addWidget(shown, at % rows, 2 * (at // rows))
            what = parts.label(text)
            what.setWordWrap(False)
            grid.addWidget(what, at % rows, 2 * (at // rows) + 1)
        close = parts.push_button("keysClose", tr("Close"))
        close.clicked.connect(self.reject)
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignTrailing)


def _native(keys: str) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return " / ".join(QKeySequence(key).toString(native) for key in keys.split())
