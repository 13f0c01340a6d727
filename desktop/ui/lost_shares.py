"""Shared files that are not where they were: told of together where many go at once, as with their folder."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from desktop.engine.events import Event, ShareFound, ShareMoved, ShareWithdrawn
from desktop.ui import amounts
from desktop.ui.desk import Desk, Refusals, listed
from desktop.ui.dialogs import ask_paths
from desktop.ui.words import mark, tr, tr_n
from desktop.wording import WITHDRAWN
from shared.errors import BadPath

GATHER_MS = 500
"""What comes closer together is one message."""
Lost = ShareMoved | ShareFound | ShareWithdrawn


class LostShares(QObject):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._heard: dict[tuple[type[Lost], str], dict[tuple[str, str], Lost]] = {}
        """By what became of them: by group and name."""
        self._gather = QTimer(self, interval=GATHER_MS, singleShot=True)
        self._gather.timeout.connect(self._tell)

    def hear(self, event: Event) -> None:
        if not isinstance(event, Lost):
            return
        reason = event.reason if isinstance(event, ShareWithdrawn) else ""
        self._heard.setdefault((type(event), reason), {})[event.group, event.name] = event
        self._gather.start()

    def stop(self) -> None:
        """Tells at once what it has."""
        self._gather.stop()
        self._tell()

    def _tell(self) -> None:
        heard, self._heard = self._heard, {}
        for same in heard.values():
            events = list(same.values())
            if len(events) == 1:
                self._tell_of_one(events[0])
            else:
                self._tell_of_many(events)

    def _tell_of_one(self, event: Lost) -> None:
        file, group = amounts.short_name(event.name), amounts.name(event.group)
        notices = self._desk.notices
        match event:
            case ShareMoved():
                folder = amounts.name(str(Path(event.path).parent))
                notices.tell(tr("{name} was moved; it is shared from {folder} now", name=file, folder=folder))
            case ShareFound():
                text = tr("{name}, which was lost, is here again. Share it in {group} as before?", name=file,
                          group=group)  # fmt: skip
                notices.ask(text, (mark("Share again"), partial(self._relink, [event])))
            case ShareWithdrawn(reason="missing"):
                text = tr("{name} is no longer shared in {group}: it is not where it was on disk", name=file,
                          group=group)  # fmt: skip
                notices.ask(text, (mark("Find it"), partial(self._find, [event])))
            case ShareWithdrawn():
                why = tr(WITHDRAWN.get(event.reason, event.reason))
                text = tr("{name} is no longer shared in {group}: {why}", name=file, group=group, why=why)
                notices.warn(text)

    def _tell_of_many(self, events: Sequence[Lost]) -> None:
        """All of one kind."""
        count, names = len(events), [amounts.name(event.name) for event in events]
        notices = self._desk.notices
        match events[0]:
            case ShareMoved():
                moved = tr_n("%n files were moved; they are shared from where they are now", count,
                             one="%n file was moved; it is shared from where it is now")  # fmt: skip
                notices.tell(listed(moved, names))
            case ShareFound():
                here = tr_n("%n files, which were lost, are here again. Share them as before?", count,
                            one="%n file, which was lost, is here again. Share it as before?")  # fmt: skip
                found = [event for event in events if isinstance(event, ShareFound)]
                notices.ask(listed(here, names), (mark("Share again"), partial(self._relink, found)))
            case ShareWithdrawn(reason="missing"):
                lost = tr_n("%n files are no longer shared: they are not where they were on disk", count,
                            one="%n file is no longer shared: it is not where it was on disk")  # fmt: skip
                notices.ask(listed(lost, names), (mark("Find them"), partial(self._find, events)))
            case ShareWithdrawn():
                changed = tr_n("%n files are no longer shared: they were changed on disk", count,
                               one="%n file is no longer shared: it was changed on disk")  # fmt: skip
                notices.warn(listed(changed, names), stays=True)

    def _find(self, lost: Sequence[Lost]) -> None:
        """Asks for the one file, or for the folder that many are in."""
        title = tr("Where is {name} now?", name=amounts.short_name(lost[0].name))
        mode = QFileDialog.FileMode.ExistingFile
        if len(lost) > 1:
            title, mode = tr("In which folder are they now?"), QFileDialog.FileMode.Directory

        def found(paths: list[Path]) -> None:
            self._relink([ShareFound(group=one.group, name=one.name, path=str(paths[0])) for one in lost])

        ask_paths(self._desk.notices.window, title, mode, found)

    def _relink(self, found: Sequence[ShareFound]) -> None:
        why = tr("That is another file, or it cannot be read")
        if len(found) > 1:
            why = tr("It is not there, or cannot be read")

        async def all_of_them() -> str:
            refused = Refusals("")
            for one in found:
                with refused.of(one.name):
                    try:
                        await self._desk.engine.relink(one.group, one.name, Path(one.path))
                    except BadPath:
                        refused.told.append((one.name, why))
            head = tr_n(
                "%n files could not be shared again", len(refused), one="%n file could not be shared again"
            )
            self._desk.refuse(head, refused)
            again = len(found) - len(refused)
            if len(found) == 1:
                return tr("{name} is shared again", name=amounts.short_name(found[0].name)) if again else ""
            return tr_n("%n files are shared again", again, one="%n file is shared again") if again else ""

        self._desk.run(all_of_them(), str, "relink")
