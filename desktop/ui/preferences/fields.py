"""What pages of preferences are made of: heads, notes, and fields that are a setting, in force at once."""

from collections.abc import Mapping

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QLabel, QRadioButton, QWidget

from desktop.ui import parts
from desktop.ui.desk import Desk
from desktop.ui.words import tr

GAP_PX = 20
FIELD_PX = 30


class Page(QFrame):
    """Sections below each other."""

    def __init__(self, name: str, desk: Desk) -> None:
        super().__init__()
        self.setObjectName(name)
        self.desk = desk
        self._column = parts.column(self, spacing=8, margins=(24, 20, 24, 20))
        self._column.addStretch()

    def section(self, head: str, *rows: QWidget) -> None:
        if self._column.count() > 1:
            self._column.insertSpacing(self._column.count() - 1, GAP_PX - 8)
        for widget in (parts.label(head, bold=True), *rows):
            self._column.insertWidget(self._column.count() - 1, widget)

    def refresh(self) -> None:
        """Before it is seen, and after a setting changed."""


class Tick(QCheckBox):
    """A setting that is on or off."""

    def __init__(self, desk: Desk, setting: str, text: str) -> None:
        super().__init__(text)
        self._desk, self._setting = desk, setting
        self.setObjectName(setting)
        self.setAccessibleName(text)
        self.refresh()
        self.clicked.connect(lambda on: desk.change(**{setting: on}))
        desk.kept.on_change(self.refresh)

    def refresh(self) -> None:
        self.setChecked(getattr(self._desk.settings, self._setting))


class OneOf(QWidget):
    """A setting that is one of a few words."""

    def __init__(self, desk: Desk, setting: str, said: str, options: Mapping[str, str]) -> None:
        """`options`: value, marked text."""
        super().__init__()
        self._desk, self._setting = desk, setting
        self.buttons: dict[str, QRadioButton] = {}
        group = QButtonGroup(self)
        column = parts.column(self, spacing=6)
        for value, text in options.items():
            button = QRadioButton(tr(text))
            button.setObjectName(f"{setting}_{value}")
            button.setAccessibleName(f"{said}: {tr(text)}")
            button.clicked.connect(lambda _=False, value=value: desk.change(**{setting: value}))
            group.addButton(button)
            column.addWidget(button)
            self.buttons[value] = button
        self.refresh()
        desk.kept.on_change(self.refresh)

    def refresh(self) -> None:
        self.buttons[getattr(self._desk.settings, self._setting)].setChecked(True)


def note(text: str = "", name: str = "") -> QLabel:
    """What a field means, below it."""
    return parts.label(text, name=name, kind="muted")
