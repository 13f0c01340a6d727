"""Has everyone got it? Each member with how much of a file or a folder they have."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.engine.transfer_views import Holder
from desktop.ui import amounts, parts
from desktop.ui.rows import ICON
from desktop.ui.two_lines import LINES, Lines, TwoLineModel, TwoLineView
from desktop.ui.words import joined, tr, tr_n


def summary(holders: list[Holder]) -> str:
    """The answer, in a sentence."""
    whole = sum(one.done >= one.size for one in holders)
    if whole == len(holders):
        return tr("Everyone has all of it")
    return tr_n(
        "%n of {all} people have all of it",
        whole,
        one="%n of {all} people has all of it",
        all=amounts.number(len(holders)),
    )


def does(one: Holder) -> str:
    if one.done >= one.size:
        parts_ = [tr("has all of it")]
    elif one.fetches:
        parts_ = [tr("downloads it now")]
    else:
        parts_ = [tr("has some of it") if one.done else tr("has nothing of it")]
    if one.me:
        parts_.append(tr("this is you"))
    elif one.online:
        parts_.append(tr("online"))
    elif one.ago_s:
        parts_.append(tr("was here {time} ago", time=amounts.span(one.ago_s)))
    return "  ·  ".join(parts_)


def _percent(one: Holder) -> str:
    return amounts.percent(amounts.per_mille(one.done, one.size))


def _lines(one: Holder) -> Lines:
    done, whole = amounts.size(one.done), amounts.size(one.size)
    left = "" if one.done in (0, one.size) else tr("{done} of {whole}", done=done, whole=whole)
    return amounts.name(one.user), _percent(one), does(one), left


def _icon(one: Holder) -> tuple[str, str]:
    if one.done >= one.size:
        return "good", "good"
    return ("download", "accent") if one.fetches else ("offline", "muted")


def _said(one: Holder) -> str:
    return joined([amounts.name(one.user), _percent(one), *does(one).split("  ·  ")])


class EveryoneModel(TwoLineModel):
    def __init__(self) -> None:
        super().__init__(lambda one: one.user, _READ)


class EveryonePage(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.model = EveryoneModel()
        self.summary = parts.label(name="everyoneSummary", bold=True)
        self.summary.setContentsMargins(16, 12, 16, 8)
        view = TwoLineView("everyone", tr("Who has it"))
        view.setModel(self.model)
        column = parts.column(self)
        column.addWidget(self.summary)
        column.addWidget(view, stretch=1)

    def clear(self) -> None:
        self.summary.setText(tr("Asking who has it…"))
        self.model.show_rows([])

    def show_holders(self, holders: list[Holder]) -> None:
        self.summary.setText(summary(holders))
        self.model.show_rows(holders)


_READ: dict[int, Callable[[Holder], Any]] = {
    Qt.ItemDataRole.AccessibleTextRole: _said,
    LINES: _lines,
    ICON: _icon,
}
