"""Which groups have files that nobody has looked at here."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desktop.engine.engine import Engine
from desktop.ui.groups.pane import GroupsPane


class Unread:
    def __init__(self, window: QWidget, engine: Engine, groups: GroupsPane) -> None:
        self._window, self._engine, self._groups = window, engine, groups

    @property
    def _looked_at(self) -> str | None:
        """The group whose files are on show, where somebody looks at the window."""
        place = self._groups.place
        return place.group if place and self._window.isVisible() and self._window.isActiveWindow() else None

    def look(self) -> None:
        """Somebody may look at another group than before."""
        if group := self._looked_at:
            self._groups.model.came(group, 0)

    def count(self, added: Mapping[tuple[str, str], int]) -> None:
        """How many files came, by group and user: those of others count, in groups that are not looked at."""
        looked_at = self._looked_at
        for (group, user), files in added.items():
            if user != self._engine.user and group != looked_at:
                self._groups.model.came(group, files)
