"""What is known of all transfers, and which of them are to be on show. No Qt."""

from collections.abc import Iterable, Iterator

import msgspec

from desktop.engine.events import DownloadProgress
from desktop.engine.transfer_views import SharedItem, Taken
from desktop.engine.views import DownloadView
from desktop.ui.transfers import rows
from desktop.ui.transfers.rows import ALL, SHARING, STATES, Row
from desktop.ui.words import tr

Top = DownloadView | SharedItem
"""What has a row that is in no other."""


class Known:
    def __init__(self) -> None:
        self.filter = ALL
        """One of FILTERS."""
        self.items: list[SharedItem] = []
        self._views: dict[int, DownloadView] = {}
        """All of them, in the order in which they were started."""
        self._why: dict[int, str] = {}
        self._untold = ""
        """Why nobody is known who has anything, while no tracker answers."""
        self._stopped: frozenset[str] = frozenset()
        """Groups of which the person's own limits let nothing come."""
        self._taken: dict[object, Taken] = {}
        """By key_of() what they are of."""

    @property
    def views(self) -> list[DownloadView]:
        """The newest first."""
        return list(self._views.values())[::-1]

    def download(self, id_: int) -> DownloadView:
        return self._views[id_]

    def latest(self, view: Top) -> Top:
        return self._views.get(view.id, view) if isinstance(view, DownloadView) else view

    def count(self, filter_: str) -> int:
        if filter_ == SHARING:
            return len(self.items)
        return sum(view.state in STATES[filter_] for view in self._views.values())

    def wanted(self) -> Iterator[Top]:
        """What is to be on show, from the top."""
        if self.filter == SHARING:
            yield from self.items
        else:
            yield from (view for view in self.views if view.state in STATES[self.filter])

    def row(self, view: Top) -> Row:
        taken = self._taken.get(key_of(view))
        if isinstance(view, SharedItem):
            return rows.shared(view, taken)
        return rows.download(view, taken, self.why(view.id))

    def why(self, id_: int) -> str:
        """Why it brings nothing now, where there is more to say than its view says."""
        view = self._views.get(id_)
        if view is None or view.state != "D" or view.rate >= 1:
            return ""
        if view.sources:
            return tr("stopped by your limits") if view.group in self._stopped else ""
        return self._untold or self._why.get(id_, "") if rows.stands_still(view) else ""

    def states(self) -> dict[str, dict[str, str]]:
        """What the files of each group are doing, by their names."""
        found: dict[str, dict[str, str]] = {}
        for view in self._views.values():
            found.setdefault(view.group, {})[view.name] = rows.state_word(view)
        return found

    # --- what is told ----------------------------------------------------------------------------

    def learn(self, views: Iterable[DownloadView]) -> None:
        """All downloads, in the order in which they were started."""
        self._views = {view.id: view for view in views}
        self._why = {id_: why for id_, why in self._why.items() if id_ in self._views}

    def learn_taken(self, taken: Iterable[Taken]) -> set[object]:
        """All that others fetch now. The keys of what that is news for."""
        before = self._taken
        self._taken = {one.download or (one.group, one.name): one for one in taken}
        return {key for key in {*before, *self._taken} if before.get(key) != self._taken.get(key)}

    def learn_why(self, id_: int, why: str) -> bool:
        """Whether that is news."""
        is_news = self._why.get(id_, "") != why
        self._why[id_] = why
        return is_news

    def learn_untold(self, why: str) -> bool:
        """Whether that is news."""
        before, self._untold = self._untold, why
        return before != why

    def learn_stopped(self, groups: frozenset[str]) -> bool:
        """Whether that is news."""
        before, self._stopped = self._stopped, groups
        return before != groups

    def moves(self, event: DownloadProgress) -> bool:
        """Whether it is of a download that runs."""
        view = self._views.get(event.id)
        if view is None or view.state != "D":
            return False
        self._views[event.id] = msgspec.structs.replace(
            view, done=event.done, size=event.size, files=event.files, files_done=event.files_done,
            rate=event.rate, sources=event.sources,
        )  # fmt: skip
        return True


def key_of(view: Top) -> object:
    return view.id if isinstance(view, DownloadView) else (view.group, view.name)
