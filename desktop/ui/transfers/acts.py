"""What a person does to transfers: pause, go on, put before others, check, cancel."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.engine.views import DownloadView
from desktop.ui import amounts
from desktop.ui.desk import Desk, Refusals
from desktop.ui.dialogs import Confirm
from desktop.ui.parts import Act
from desktop.ui.words import mark, tr, tr_n
from shared.errors import Altered


@dataclass(frozen=True)
class TransferActs:
    desk: Desk
    show_again: Callable[[], object]
    """After what no event tells of."""

    def pause(self, views: Sequence[DownloadView]) -> None:
        self._each(self.desk.engine.pause, [view for view in views if view.state == "D"], "pause")

    def resume(self, views: Sequence[DownloadView]) -> None:
        self._each(self.desk.engine.resume, [view for view in views if view.state in "PF"], "resume")

    def pause_all(self) -> None:
        self.pause(self.desk.engine.downloads())

    def resume_all(self) -> None:
        """Those that a person paused; what failed is looked at one by one."""
        self.resume([view for view in self.desk.engine.downloads() if view.state == "P"])

    def retry(self, ids: Sequence[int]) -> None:
        self.resume([view for view in self.desk.engine.downloads() if view.id in ids])

    def order(self, views: Sequence[DownloadView], order: str) -> None:
        self._each(lambda id_: self.desk.engine.order(id_, order), _unfinished(views), "order")

    def priority(self, views: Sequence[DownloadView], priority: str) -> None:
        self._each(lambda id_: self.desk.engine.priority(id_, priority), _unfinished(views), "priority")

    def verify(self, views: Sequence[DownloadView]) -> None:
        """What is not what was shared any more can be fetched again at once."""
        done = [view for view in views if view.state == "C"]
        altered: list[int] = []

        async def verify(id_: int) -> None:
            try:
                await self.desk.engine.verify(id_)
            except Altered:
                altered.append(id_)
                raise

        def again() -> tuple[Act, ...]:
            return ((mark("Fetch again"), lambda: self.retry(altered)),) if altered else ()

        said = tr("It is what was shared, byte for byte")
        self._each(verify, done, "verify", said, again)

    def cancel(self, views: Sequence[DownloadView]) -> None:
        """Ends what runs, and takes what ended off the list."""
        running = [view for view in views if view.state != "C"]
        if not running:
            self._each(self.desk.engine.cancel, views, "cancel")
            return
        what = amounts.short_name(running[0].name)
        if len(running) > 1:
            what = tr_n("%n downloads", len(running), one="%n download")
        Confirm(
            self.desk.window,
            tr("Cancel {name}?", name=what),
            tr("What was downloaded of it so far is deleted."),
            (mark("Cancel download"), lambda: self._each(self.desk.engine.cancel, views, "cancel")),
        ).grave(stay=mark("Keep downloading")).open()

    def _each(
        self,
        act: Callable[[int], Coroutine[Any, Any, None]],
        views: Sequence[DownloadView],
        command: str,
        said: str = "",
        offered: Callable[[], tuple[Act, ...]] = tuple,
    ) -> None:
        """With all of them, whichever are refused; those are told of together, and what is `offered`."""

        async def all_of_them() -> str:
            refused = Refusals(command)
            for view in views:
                with refused.of(view.name):
                    await act(view.id)
            acts = offered()
            head = tr_n("%n downloads are as they were", len(refused), one="%n download is as it was")
            if acts:
                head = tr_n("%n downloads are not what they were", len(refused), one="%n is not what it was")
            self.desk.refuse(head, refused, *acts)
            self.show_again()
            return "" if refused else said

        self.desk.run(all_of_them(), str, command)


def _unfinished(views: Sequence[DownloadView]) -> list[DownloadView]:
    return [view for view in views if view.state in "DP"]
