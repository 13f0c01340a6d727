"""The small dialogs: lines to fill in, one of many, a yes or no. All are opened, none blocks."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Self

from PySide6.QtCore import QDir, QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from desktop.engine.views import MemberView
from desktop.ui import amounts, parts
from desktop.ui.empty_state import EmptyState
from desktop.ui.parts import Act
from desktop.ui.rows import ICON, RowDelegate
from desktop.ui.theme import row_px
from desktop.ui.words import mark, tr
from shared.limits import NAME_BYTES_MAX, PASSWORD_CHARS_MAX
from shared.names import fold

_CHOICE_PX, _ROWS_MIN, _ROWS_MAX = 460, 4, 9
"""So many of a choice are to be seen at once."""


class Dialog(QDialog):
    """What `body` has, then a button for each of `acts`, the first the default one, and Cancel."""

    def __init__(self, parent: QWidget, name: str, title: str, acts: Sequence[Act], *body: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        column = parts.column(self, spacing=14, margins=(20, 18, 20, 16))
        for widget in body:
            column.addWidget(widget)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        self._pushed = [parts.push_button(word, tr(word), primary=word == acts[0][0]) for word, _ in acts]
        for button, (_, act) in zip(self._pushed, acts, strict=True):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
            button.clicked.connect(self.accept)
            button.clicked.connect(act)
        column.addWidget(buttons)
        self._pushed[0].setDefault(True)  # not before: it must be in the dialog
        self._cancel.setAutoDefault(False)

    def grave(self, stay: str = "") -> Self:
        """The first act takes something away, and looks like it. `stay`: marked, instead of Cancel where that
        could be taken for the act."""
        self._pushed[0].setProperty("kind", "grave")
        if stay:
            self._cancel.setText(tr(stay))
        return self

    def showEvent(self, event: QShowEvent) -> None:
        self.resize(self.width(), 0)
        self._fit()
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # it says something else, or in another style
            self._fit()
        return done

    def _fit(self) -> None:
        """As high as what it says needs: a layout guesses lines that wrap at another width."""
        if layout := self.layout():
            needed = layout.minimumHeightForWidth(self.width())
            self.resize(self.width(), max(needed, self.height()))

    def allow(self, possible: bool, word: str = "") -> None:
        """The first act; `word`: marked, what it is called now."""
        button = self._pushed[0]
        button.setEnabled(possible)
        if word:
            button.setText(tr(word))
            button.setAccessibleName(button.text())


class Confirm(Dialog):
    """What is about to happen, and whether it shall."""

    def __init__(self, parent: QWidget, title: str, text: str, *acts: Act) -> None:
        super().__init__(parent, "confirm", "Shoal", acts, parts.head(title), parts.label(text))


class Form(Dialog):
    """Labelled lines, all to be filled; `then` gets what was typed."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        fields: Iterable[tuple[str, bool]],
        button: str,
        then: Callable[..., object],
        text: str = "",
        fault: Callable[..., str] | None = None,
    ) -> None:
        """`fields`: a marked label, and whether it is a password. `button`: a marked word. `text` is said
        above them, after the title. `fault` says what is wrong with what was typed, once all is filled in."""
        self._edits = edits = [line_edit(label, secret=secret) for label, secret in fields]
        self._fault, self._wrong = fault, parts.label(name="formFault", kind="bad")
        acts = [(button, lambda: then(*(edit.text() for edit in edits)))]
        body = QWidget()
        above = [parts.head(title), *([parts.label(text)] if text else [])]
        super().__init__(parent, "form", title, acts, *above, body, *([self._wrong] if fault else []))
        lines = QFormLayout(body)
        lines.setContentsMargins(*parts.NONE)
        lines.setVerticalSpacing(8)
        lines.setHorizontalSpacing(12)
        for edit in edits:
            label = parts.label(edit.accessibleName())
            label.setWordWrap(False)
            label.setMinimumHeight(edit.sizeHint().height())
            lines.addRow(label, edit)
            edit.textChanged.connect(self._check)
        edits[0].setFocus()
        self.allow(False)

    def _check(self) -> None:
        typed = [edit.text() for edit in self._edits]
        filled = all(text.strip() for text in typed)
        wrong = self._fault(*typed) if self._fault and filled else ""
        self._wrong.setText(wrong)
        self.allow(filled and not wrong)


class Choice(Dialog):
    """One of many, found by typing a part of it; `then` gets its key."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        rows: Iterable[tuple[str, str]],
        button: str,
        then: Callable[[str], object],
    ) -> None:
        """`rows`: key, text. `button`: a marked word."""
        search = line_edit(mark("Search"))
        self._list = QListWidget()
        acts = [(button, lambda: then(self._key()))]
        super().__init__(
            parent, "choice", title, acts, parts.head(title), parts.label(text), search, self._list
        )
        search.setPlaceholderText(tr("Search"))
        search.textChanged.connect(self._filter)
        self._list.setObjectName("choices")
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName(title)
        self._list.setItemDelegate(RowDelegate(self._list))
        for key, row in rows:
            QListWidgetItem(row, self._list).setData(Qt.ItemDataRole.UserRole, key)
        self._list.currentRowChanged.connect(lambda row: self.allow(row >= 0))
        rows_px = min(max(self._list.count(), _ROWS_MIN), _ROWS_MAX) * row_px()
        self._list.setMinimumHeight(rows_px + 10)
        self._list.setCurrentRow(0)
        self.allow(self._list.count() > 0)
        EmptyState(self._list, "search", "choicesEmpty").say(tr("There is nothing to choose from"), "")
        search.setFocus()
        self.resize(_CHOICE_PX, 0)

    def _key(self) -> str:
        return str(self._list.currentItem().data(Qt.ItemDataRole.UserRole))

    def _filter(self, part: str) -> None:
        left = []
        for row in range(self._list.count()):
            item = self._list.item(row)
            item.setHidden(fold(part) not in fold(item.text()))
            left += [] if item.isHidden() else [row]
        if self._list.currentRow() not in left:
            self._list.setCurrentRow(left[0] if left else -1)


def ask_paths(
    parent: QWidget,
    title: str,
    mode: QFileDialog.FileMode,
    then: Callable[[list[Path]], object],
    start: Path | None = None,
    kinds: str = "",
) -> None:
    """From `start`, or where one was last, or home. `kinds`: a filter as Qt has them, in force at first."""
    dialog = QFileDialog(parent, title, str(start or ""))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if not start and dialog.directory() == QDir.current():  # Qt remembers none
        dialog.setDirectory(QDir.home())
    dialog.setFileMode(mode)
    if kinds:
        dialog.setNameFilters([_in_order(kinds), tr("All files ({kinds})", kinds="*")])
    dialog.filesSelected.connect(lambda paths: then([Path(path) for path in paths]))
    dialog.open()


def _in_order(kinds: str) -> str:
    """With its patterns from left to right, as they are read everywhere."""
    said, _, patterns = kinds.rpartition("(")
    return f"{said}\u2066({patterns}"  # it is over where the text is: Qt wants the bracket at its end


class People(QDialog):
    """Names, those who are online first and with a dot."""

    def __init__(self, parent: QWidget, what: str, people: Iterable[MemberView]) -> None:
        super().__init__(parent)
        self.setObjectName("people")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Who has {name}", name=what))
        self.resize(360, 320)
        names = QListWidget()
        names.setObjectName("choices")
        names.setAccessibleName(self.windowTitle())
        names.setUniformItemSizes(True)
        names.setItemDelegate(RowDelegate(names))
        for one in people:
            user = amounts.name(one.user)
            item = QListWidgetItem(user, names)
            item.setData(ICON, ("online", "good") if one.online else ("offline", "muted"))
            said = tr("{user}, online", user=user) if one.online else tr("{user}, offline", user=user)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        column = parts.column(self, spacing=14, margins=(20, 18, 20, 16))
        column.addWidget(parts.head(self.windowTitle()))
        column.addWidget(names)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)


def line_edit(label: str, *, secret: bool = False) -> QLineEdit:
    """`label` is a marked word, or one marked later; its name comes of it."""
    edit = QLineEdit()
    edit.setObjectName(label.lower().replace(" ", "_"))
    edit.setAccessibleName(tr(label))
    edit.setMaxLength(PASSWORD_CHARS_MAX if secret else NAME_BYTES_MAX)
    if secret:
        edit.setEchoMode(QLineEdit.EchoMode.Password)
    return edit
