"""The small dialogs: a name, a yes or no, two passwords, a choice. All open, none blocks."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from desktop.ui import parts
from desktop.ui.rows import RowDelegate
from shared.limits import NAME_BYTES_MAX, PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN
from shared.names import fold


class Form(QDialog):
    """A sentence, labelled lines and two buttons. `then` gets what was typed; all lines must be filled."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        fields: Iterable[tuple[str, bool]],
        button: str,
        then: Callable[..., object],
    ) -> None:
        """`fields`: label, and whether it is a password."""
        super().__init__(parent)
        self.setObjectName("form")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(380)
        column = parts.column(self, spacing=14, margins=(20, 18, 20, 16))
        if text:
            column.addWidget(parts.label(text))
        lines = QFormLayout(verticalSpacing=10, horizontalSpacing=12)
        self._edits: list[QLineEdit] = []
        for said, secret in fields:
            edit = line_edit(said, secret=secret)
            edit.textChanged.connect(self._check)
            lines.addRow(said, edit)
            self._edits.append(edit)
        column.addLayout(lines)
        self._buttons = _buttons(self, button)
        column.addWidget(self._buttons)
        self.accepted.connect(lambda: then(*(edit.text() for edit in self._edits)))
        self._check()

    def _check(self) -> None:
        filled = all(edit.text().strip() for edit in self._edits)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(filled)


class Choice(QDialog):
    """One of many, found by typing a part of it. `then` gets the key of what was chosen."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        rows: Iterable[tuple[str, str]],
        button: str,
        then: Callable[[str], object],
    ) -> None:
        """`rows`: key, text."""
        super().__init__(parent)
        self.setObjectName("choice")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(460, 420)
        column = parts.column(self, spacing=12, margins=(20, 18, 20, 16))
        column.addWidget(parts.label(text))
        self._part = line_edit("Search")
        self._part.setPlaceholderText("Search")
        self._list = QListWidget()
        self._list.setObjectName("choices")
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName(title)
        self._list.setItemDelegate(RowDelegate(self._list))
        for key, row in rows:
            item = QListWidgetItem(row, self._list)
            item.setData(Qt.ItemDataRole.UserRole, key)
        column.addWidget(self._part)
        column.addWidget(self._list)
        self._buttons = _buttons(self, button)
        column.addWidget(self._buttons)
        self._part.textChanged.connect(self._filter)
        self._list.currentItemChanged.connect(self._check)
        self._list.itemActivated.connect(self.accept)
        self.accepted.connect(lambda: then(self._list.currentItem().data(Qt.ItemDataRole.UserRole)))
        self._list.setCurrentRow(0)
        self._check()

    def _filter(self, part: str) -> None:
        wanted = fold(part)
        items = [self._list.item(row) for row in range(self._list.count())]
        for item in items:
            item.setHidden(wanted not in fold(item.text()))
        left = [row for row, item in enumerate(items) if not item.isHidden()]
        if self._list.currentRow() not in left:
            self._list.setCurrentRow(left[0] if left else -1)
        self._check()

    def _check(self) -> None:
        chosen = self._list.currentRow() >= 0
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(chosen)


class Confirm(QDialog):
    """What is about to happen, and whether it shall. The first of `acts` is the default."""

    def __init__(
        self, parent: QWidget, title: str, text: str, *acts: tuple[str, Callable[[], object]]
    ) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self.setWindowTitle("Shoal")
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        column = parts.column(self, spacing=10, margins=(20, 18, 20, 16))
        head = parts.label(title, bold=True, scale=1.15)
        head.setWordWrap(True)
        column.addWidget(head)
        column.addWidget(parts.label(text))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        for at, (said, act) in enumerate(acts):
            button = parts.push_button(said, said, primary=not at)
            button.setDefault(not at)
            button.clicked.connect(self.accept)
            button.clicked.connect(act)
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        column.addSpacing(6)
        column.addWidget(buttons)


def ask_name(parent: QWidget, title: str, said: str, button: str, then: Callable[[str], object]) -> None:
    Form(parent, title, "", [(said, False)], button, lambda text: then(text.strip())).open()


def line_edit(said: str, *, secret: bool = False) -> QLineEdit:
    edit = QLineEdit()
    edit.setObjectName(said.lower().replace(" ", "_"))
    edit.setAccessibleName(said)
    edit.setMaxLength(PASSWORD_CHARS_MAX if secret else NAME_BYTES_MAX)
    if secret:
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        edit.setToolTip(f"At least {PASSWORD_CHARS_MIN} characters")
    return edit


def _buttons(dialog: QDialog, button: str) -> QDialogButtonBox:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    ok = box.button(QDialogButtonBox.StandardButton.Ok)
    ok.setText(button)
    ok.setProperty("kind", "primary")
    ok.setDefault(True)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box
