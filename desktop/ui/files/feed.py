"""Brings the pane of files what it shows: a tree where they are few, else their order and what is seen."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer

from desktop.engine.file_views import FileRow, FilesAsked, FilesFound
from desktop.engine.views import GroupView
from desktop.ui.desk import Desk
from desktop.ui.files.pane import FilesPane, parent_of
from desktop.ui.runner import Asked, keep_what_is_shown
from shared.errors import NotFound, ShoalError

TREE_FILES_MAX = 2000
"""A tree costs its view 7 us for each row whenever it is laid out."""
TYPED_MS = 60
"""As much of what is typed in a row is searched for at once."""


class FilesFeed:
    def __init__(self, desk: Desk, pane: FilesPane) -> None:
        self._engine, self._runner = desk.engine, desk.runner
        self._pane = pane
        self._files = Asked(desk.runner, self._ask)
        self._shown: FilesAsked | None = None
        """What is on show was asked for so."""
        self._typed = QTimer(pane, singleShot=True, interval=TYPED_MS)
        self._typed.timeout.connect(self._files.now)
        pane.asked.connect(self._ask_anew)
        pane.flat.wanted.connect(self._ask_rows)
        pane.appeared.connect(self._files.stale)

    def stop(self) -> None:
        self._typed.stop()
        self._files.stop()

    def open(self, group: GroupView | None) -> None:
        """Its files come, unless they are there; and who of its people is online."""
        before = self._pane.group
        self._pane.open(group)
        if group is not None and (before is None or (before.name, before.mine) != (group.name, group.mine)):
            self._files.now()
            self.look_who_is_online()

    def now(self) -> None:
        self._files.now()

    def stale(self, group: str) -> None:
        """The files of a group are others, or all groups' are."""
        on_show = self._pane.group
        if not self._pane.isVisible():
            return  # it is asked for when it is seen again
        if group == "" or self._pane.words or (on_show and on_show.name == group):
            self._files.stale()

    def sharers_stale(self, group: str) -> None:
        """Where a list of any length has the same order still, what is seen of it is asked for again."""
        if self._pane.is_flat and self._pane.column not in ("people", "state"):
            self._pane.flat.all_changed()
        else:
            self.stale(group)

    def look_who_is_online(self) -> None:
        """No tracker tells who came or went."""
        group = self._pane.group
        if group is not None and group.mine != "pending" and self._engine.user:
            self._runner.run(self._engine.look_who_is_online(group.name), self._seen, keep_what_is_shown)

    def _seen(self, _: None) -> None:
        if self._pane.is_flat:
            self._pane.flat.all_changed()
        else:
            self._files.stale()

    def _ask_anew(self) -> None:
        self._typed.start()

    def _ask(self) -> None:
        group = self._pane.group
        if self._engine.user is None or group is None:
            return
        asked = self._question(group)
        if asked:
            self._files.run(
                self._engine.find_files(asked), lambda found: self._found(asked, found), keep_what_is_shown
            )
        elif group.mine != "pending":
            folder = self._pane.folder
            self._files.run(
                self._engine.tree_files(group.name, folder),
                lambda files: self._listed(group.name, folder, files),
                keep_what_is_shown,
            )

    def _question(self, group: GroupView) -> FilesAsked | None:
        """None where there are so few that they are a tree."""
        pane = self._pane
        order = {"column": pane.column, "down": pane.down}
        if pane.words:
            return FilesAsked(search=pane.words, **order)  # type: ignore[arg-type]
        if group.mine == "pending":
            return None
        if pane.as_list:
            return FilesAsked(group=group.name, all_below=True, **order)  # type: ignore[arg-type]
        if self._below(group.name) <= TREE_FILES_MAX:
            return None
        return FilesAsked(group=group.name, folder=pane.folder, **order)  # type: ignore[arg-type]

    def _below(self, group: str) -> int:
        """Files in the folder that is shown; one that is no more is left."""
        try:
            return self._engine.files_below(group, self._pane.folder)
        except NotFound:
            if not self._pane.folder:
                return 0  # this device does not know the group yet
        self._pane.folder = parent_of(self._pane.folder)
        return self._below(group)

    def _found(self, asked: FilesAsked, found: FilesFound) -> None:
        anew, self._shown = asked != self._shown or not self._pane.is_flat, asked
        self._pane.show_found(found, asked.search, anew=anew)

    def _listed(self, group: str, folder: str, files: Sequence[FileRow]) -> None:
        if self._pane.group and self._pane.group.name == group and self._pane.folder == folder:
            self._pane.show_tree(files)

    def _ask_rows(self, ids: list[int]) -> None:
        flat = self._pane.flat

        def failed(_: ShoalError) -> None:
            flat.no_answer()

        self._runner.run(self._engine.file_rows(ids), lambda rows: flat.tell(ids, rows), failed)
