"""What a person does to files: download, share, stop sharing, see who has them, show them on disk."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from desktop.engine.file_views import FileRow
from desktop.engine.views import DownloadStarted, MemberView, StatusView
from desktop.ui import amounts
from desktop.ui.desk import Desk, Refusals
from desktop.ui.dialogs import Choice, People, ask_paths
from desktop.ui.files.drags import CHOSEN_MAX, Chosen
from desktop.ui.files.flat_view import FlatView
from desktop.ui.files.tree_view import TreeView
from desktop.ui.transfers.rows import untold
from desktop.ui.words import mark, tr, tr_n
from shared.errors import Exists, NotShared

PAGE_MAX = 512
"""Of file_rows()."""
UNDO_MS = 10_000


class Shared(Protocol):
    """What others may fetch, in whatever list it stands."""

    @property
    def group(self) -> str: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class _Stopped:
    item: Shared
    files: list[str]
    """What share_again() needs."""


@dataclass(frozen=True)
class FileActs:
    desk: Desk

    def with_names(self, view: TreeView | FlatView, act: Callable[[list[Chosen]], object]) -> None:
        """Does `act` with what is selected; lines that were never seen are asked for by their number."""
        if view.chosen_count > CHOSEN_MAX:
            most = amounts.number(CHOSEN_MAX)
            self.desk.notices.warn(tr("At most {most} at once; a folder can be chosen as a whole", most=most))
            return
        known, unknown = view.chosen(), view.chosen_unknown()

        async def named() -> list[Chosen]:
            pages = [unknown[at : at + PAGE_MAX] for at in range(0, len(unknown), PAGE_MAX)]
            rows = [row for page in pages for row in await self.desk.engine.file_rows(page)]
            return known + [Chosen(row.id, row.group, row.name) for row in rows]

        def done(chosen: list[Chosen]) -> None:
            if chosen:  # else they are gone meanwhile
                act(chosen)

        if unknown:
            self.desk.runner.run(named(), done)
        else:
            done(known)

    def download(self, chosen: Sequence[Chosen]) -> None:
        """To where downloads go, or asks, as the settings have it."""
        self._where(lambda folder: self._download(chosen, folder))

    def open(self, chosen: Chosen) -> None:
        """What is here is not fetched once more, but by the act of that name."""
        self.show(chosen.id, lambda: self.download([chosen]))

    def show(self, id_: int, otherwise: Callable[[], object] = lambda: None) -> None:
        """Where it lies on this computer; `otherwise` if it does not."""
        found = self.desk.engine.local_file(id_)
        self.desk.runner.run(found, lambda path: self.reveal(str(path)) if path else otherwise())

    def dragged(self, others_get_any: bool) -> None:
        if not others_get_any:
            text = tr("Drop it on Transfers to download it; other programs take what is on this computer")
            self.desk.notices.tell(text)

    def download_to(self, chosen: Sequence[Chosen]) -> None:
        self._ask_where(lambda folder: self._download(chosen, folder))

    def preview(self, chosen: Sequence[Chosen]) -> None:
        """From its first piece to its last, so that it can be looked at while it comes."""
        self._where(lambda folder: self._download(chosen, folder, first_to_last=True))

    def _where(self, then: Callable[[Path], object]) -> None:
        if self.desk.settings.ask_where:
            self._ask_where(then)
        else:
            then(self.desk.settings.download_dir)

    def _ask_where(self, then: Callable[[Path], object]) -> None:
        folder, now = QFileDialog.FileMode.Directory, self.desk.settings.download_dir
        ask_paths(self.desk.window, tr("Download to"), folder, lambda paths: then(paths[0]), now)

    def _download(self, chosen: Sequence[Chosen], folder: Path, *, first_to_last: bool = False) -> None:
        """All that can be; those that cannot are told of together."""
        engine = self.desk.engine

        async def download() -> str:
            started, taken, refused = list[DownloadStarted](), list[Chosen](), Refusals("download_file")
            for one in chosen:
                with refused.of(one.name, name=one.name, group=one.group):
                    try:
                        started.append(await engine.download_file(one.group, one.name, f"{folder}/"))
                    except Exists:
                        taken.append(one)
                        raise
                    if first_to_last:
                        await engine.order(started[-1].id, "first")
            head = tr_n("%n downloads were not started", len(refused), one="%n download was not started")
            elsewhere = (mark("Download to"), lambda: self.download_to(taken))
            self.desk.refuse(head, refused, *[elsewhere] * bool(taken))
            return self._waits(started, await engine.status())

        self.desk.run(download(), str, "download_file")

    def _waits(self, started: Sequence[DownloadStarted], status: StatusView) -> str:
        """Why none of these begins at once, if so; who is linked needs no tracker to bring it."""
        ids = {one.id for one in started}
        views = [view for view in self.desk.engine.downloads() if view.id in ids]
        begin = any(one.online for one in started) or any(view.sources or view.state != "D" for view in views)
        if begin or not views:
            return ""
        if status.tracker is None:
            said = untold(status.offline)
            return said[:1].upper() + said[1:]
        return tr("Nobody online has it; it starts by itself")

    def choose(self, group: str, share: Callable[[list[Path], str], None], *, folder: bool) -> None:
        """Asks for files or for a folder, and hands them to `share`."""
        title = tr("Share in {group}", group=amounts.name(group))
        mode = QFileDialog.FileMode.Directory if folder else QFileDialog.FileMode.ExistingFiles
        ask_paths(self.desk.window, title, mode, lambda paths: share(paths, group))

    def stop_sharing(self, chosen: Sequence[Shared]) -> None:
        """At once, and for some seconds it can be taken back."""
        engine = self.desk.engine

        async def stop() -> list[_Stopped]:
            stopped, refused = list[_Stopped](), Refusals("stop_share")
            for one in chosen:
                # Of many, some may be others' alone.
                with refused.of(one.name, name=one.name, group=one.group), suppress(NotShared):
                    stopped.append(_Stopped(one, await engine.stop_share(one.group, one.name)))
            head = tr_n("%n items are still shared", len(refused), one="%n item is still shared")
            self.desk.refuse(head, refused)
            if not stopped and not refused:
                raise NotShared
            return stopped

        def said(stopped: list[_Stopped]) -> str:
            if stopped:
                what = _named([one.item.name for one in stopped])
                text = tr("{name} no longer shared; it stays on this computer", name=what)
                self.desk.notices.offer(text, (mark("Undo"), partial(self._share_again, stopped)), UNDO_MS)
            return ""

        self.desk.run(stop(), said, "stop_share", name=chosen[0].name, group=chosen[0].group)

    def _share_again(self, stopped: Sequence[_Stopped]) -> None:
        async def again() -> None:
            for one in stopped:
                await self.desk.engine.share_again(one.item.group, one.files)

        said = tr("{name} is shared again", name=amounts.short_name(stopped[0].item.name))
        if len(stopped) > 1:
            said = tr_n("%n items are shared again", len(stopped), one="%n item is shared again")
        self.desk.run(again(), said, "upload_file", group=stopped[0].item.group)

    def who_has(self, chosen: Chosen) -> None:
        def show(people: list[MemberView]) -> None:
            People(self.desk.window, amounts.short_name(chosen.name), people).open()

        self.desk.runner.run(self.desk.engine.who_has(chosen.group, chosen.name), show)

    def older(self, chosen: Chosen) -> None:
        """What was shared by this name before, as long as somebody still has it."""

        def show(files: list[FileRow]) -> None:
            by_name = {file.name: Chosen(file.id, file.group, file.name) for file in files}
            rows = [
                (file.name, f"{amounts.day(file.at)}   {amounts.size(file.size)}   {amounts.name(file.by)}")
                for file in files
            ]
            text = tr("These were shared by this name before. Each can be downloaded while somebody has it.")
            title = tr("Older versions of {name}", name=amounts.short_name(chosen.name))
            take = lambda name: self.download([by_name[name]])  # noqa: E731
            Choice(self.desk.window, title, text, rows, mark("Download"), take).open()

        self.desk.runner.run(self.desk.engine.older_versions(chosen.group, chosen.name), show)

    def reveal(self, path: str) -> None:
        """Opens the folder, never the file: that came from somebody else."""
        folder = Path(path).parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            lies = amounts.name(str(folder))
            self.desk.notices.warn(tr("No program here opens folders; it lies in {folder}", folder=lies))


def _named(names: Sequence[str]) -> str:
    return amounts.short_name(names[0]) if len(names) == 1 else tr_n("%n items", len(names), one="%n item")
