"""Sharing what was dropped or chosen: a strip that shows how far it is, then what became of it."""

from pathlib import Path

from PySide6.QtWidgets import QFrame, QProgressBar

from desktop.engine.events import ShareProgress
from desktop.engine.views import ShareResult
from desktop.ui import amounts, parts
from desktop.ui.desk import Desk, listed, said_by_code, worded
from desktop.ui.share_queue import ShareQueue
from desktop.ui.words import joined, tr, tr_n
from shared.errors import BadPath, ShoalError


class Sharing(QFrame):
    """Hidden while there is nothing to do."""

    def __init__(self, desk: Desk, queue: ShareQueue) -> None:
        super().__init__()
        self.setObjectName("hashing")
        self._desk = desk
        self.queue = queue
        self._said = parts.Elided("hashingText")
        self._bar = QProgressBar()
        self._bar.setObjectName("hashingBar")
        self._bar.setTextVisible(False)
        self._bar.setMaximum(1000)
        self._bar.setAccessibleName(tr("Preparing files to share"))
        cancel = parts.push_button("hashingCancel", tr("Cancel"))
        cancel.setAccessibleName(tr("Stop preparing files to share"))
        cancel.clicked.connect(self.cancel)
        line = parts.row(self, spacing=14, margins=(16, 6, 12, 6))
        line.addWidget(self._said, stretch=3)
        line.addWidget(self._bar, stretch=2)
        line.addWidget(cancel)
        self.hide()
        queue.show_in(self)

    def share(self, paths: list[Path], group: str) -> None:
        self.queue.add(paths, group)

    def cancel(self) -> None:
        if self.queue.runs:
            self._desk.notices.warn(tr("Sharing stopped; what was shared by then stays shared"))
        self.queue.cancel()

    def begins(self, path: Path, group: str) -> None:
        self._say(tr("Preparing {name} for {group}", name=amounts.name(path.name), group=amounts.name(group)))
        self._bar.setValue(0)
        self.show()

    def fails(self, error: ShoalError) -> None:
        self._desk.notices.fail(worded(error, "upload_file"))

    def show_progress(self, progress: ShareProgress) -> None:
        if not self.queue.runs or progress.finished:
            return
        done, whole = amounts.size(progress.hashed), amounts.size(progress.size)
        how_far = tr("{done} of {whole}", done=done, whole=whole)
        if progress.files > 1:
            ready = amounts.number(progress.files_done)
            of_files = tr_n("{done} of %n files", progress.files, one="{done} of %n file", done=ready)
            how_far = joined([of_files, how_far])
        name = amounts.name(progress.name.split("/")[0])
        self._say(tr("Preparing {name}: {how_far}", name=name, how_far=how_far))
        self._bar.setValue(amounts.per_mille(progress.hashed, progress.size))

    def _say(self, said: str) -> None:
        more = tr_n("(+%n more)", self.queue.waiting, one="(+%n more)") if self.queue.waiting else ""
        self._said.setText(f"{said}  {more}".rstrip())

    def ends(self, results: list[ShareResult]) -> None:
        self.hide()
        files = [file for result in results for file in result.files]
        skipped = [file for result in results for file in result.skipped]
        already = sum(file.already for file in files)
        if files:
            said = tr_n("%n files shared", len(files) - already, one="%n file shared")
            if already:
                said = joined([said, tr_n("%n were already", already, one="%n was already")])
            self._desk.notices.tell(said)
        if skipped:
            named = [f"{amounts.name(Path(file.path).name)}: {_why_left_out(file.code)}" for file in skipped]
            count = tr_n("%n files were left out", len(skipped), one="%n file was left out")
            self._desk.notices.warn(listed(count, named))


def _why_left_out(code: str) -> str:
    """Of a file in a folder that is shared."""
    return (
        tr("it is a link, cannot be read, or is Shoal's own") if code == BadPath.code else said_by_code(code)
    )
