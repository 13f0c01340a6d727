"""Caps of rates in the window: over all with the hours of the week, and of one group."""

import re
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLayout, QWidget

from desktop.engine.limits.rules import Cap, Direction
from desktop.engine.limits.schedule import DAYS, Week, listed
from desktop.engine.views import GroupLimitView, GroupView, LimitsView
from desktop.ui import parts
from desktop.ui.amounts import isolated, name
from desktop.ui.desk import Desk
from desktop.ui.dialogs import Dialog
from desktop.ui.week_grid import WeekGrid
from desktop.ui.words import joined, mark, tr
from shared.limits import CAP_KIB_PER_S_MAX

_DIRECTIONS: tuple[tuple[Direction, str], ...] = (
    ("down", mark("Limit downloads")),
    ("up", mark("Limit uploads")),
)
_SUGGESTED_KB = 1000
_BETWEEN_PX = 8
"""Between the columns of hours, besides what is between all fields."""
Change = Callable[[], Coroutine[Any, Any, None]]


def shown_kb(kib: int) -> int:
    """A cap, which is kept in KiB a second, as speeds are shown."""
    return round(kib * 1.024)


def kept_kib(kb: int) -> int:
    """One that was typed: within half a KiB."""
    return round(kb / 1.024)


class CapField:
    """One cap: whether there is one, and of how much."""

    def __init__(self, what: str, when: str, cap: Cap) -> None:
        """`what` is marked; `when` is what a head above it says to those who see it."""
        said = list(filter(None, (tr(what), when)))
        self.was = cap
        self.is_set = QCheckBox(tr(what))
        self.is_set.setAccessibleName(joined(said))
        self.is_set.setChecked(cap is not None)
        self.rate = parts.spin_box(shown_kb(CAP_KIB_PER_S_MAX), suffix=" " + tr("kB/s"), step=100)
        self.rate.setSpecialValueText(tr("Stopped"))
        self.rate.setAccessibleName(joined([*said, tr("kB per second")]))
        self.rate.setValue(_SUGGESTED_KB if cap is None else shown_kb(cap))
        self.rate.setEnabled(cap is not None)
        self.is_set.toggled.connect(self.rate.setEnabled)

    @property
    def is_changed(self) -> bool:
        return self.cap != self.was

    @property
    def cap(self) -> Cap:
        if not self.is_set.isChecked():
            return None
        kb = self.rate.value()
        is_as_it_was = self.was is not None and kb == shown_kb(self.was)
        return self.was if is_as_it_was else kept_kib(kb)


class _CapsBox(QWidget):
    """Fields below each other, in one column for normal hours or two."""

    def __init__(self, heads: list[str]) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*parts.NONE)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        for column, head in enumerate(heads):
            self._grid.addWidget(parts.label(head, bold=True), 0, 3 * column, 1, 2)
        self._grid.setColumnMinimumWidth(2, _BETWEEN_PX)
        self._grid.setColumnStretch(3 * max(len(heads), 1), 1)

    def add(self, row: int, column: int, field: CapField) -> CapField:
        self._grid.addWidget(field.is_set, row + 1, 3 * column)
        field.rate.setMinimumWidth(field.rate.fontMetrics().horizontalAdvance("0000000 kB/s") + 40)
        field.rate.setObjectName(f"cap{row}{column}")
        self._grid.addWidget(field.rate, row + 1, 3 * column + 1)
        return field


class LimitsDialog(Dialog):
    def __init__(self, desk: Desk, limits: LimitsView) -> None:
        self._engine, self._was = desk.engine, limits
        box = _CapsBox([tr("Normal hours"), tr("Alternative hours")])
        self.normal: dict[Direction, CapField] = {}
        self.alternative: dict[Direction, CapField] = {}
        for row, (direction, label) in enumerate(_DIRECTIONS):
            usual, other = getattr(limits, direction), getattr(limits, f"alternative_{direction}")
            self.normal[direction] = box.add(row, 0, CapField(label, "", usual))
            self.alternative[direction] = box.add(row, 1, CapField(label, tr("alternative hours"), other))
        hint = parts.label(tr("Drag over the hours in which the alternative limits hold:"), kind="muted")
        self.grid = WeekGrid(limits.schedule)
        self.hours = parts.label(name="hours", kind="muted")
        self.grid.changed.connect(self._tell_hours)
        self.lan = QCheckBox(tr("Do not limit my own network"))
        self.lan.setChecked(limits.lan_exempt)
        act = (
            mark("Set limits"),
            lambda: desk.run(_one_by_one([*self._changes()]), tr("Limits set"), "limit"),
        )
        said = (parts.head(tr("Limits")), box, hint, self.grid, self.hours, self.lan)
        super().__init__(desk.window, "limits", tr("Limits"), [act], *said)
        if layout := self.layout():
            layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self._tell_hours()

    def _tell_hours(self) -> None:
        self.hours.setText(tr("Alternative hours: {hours}", hours=_in_words(self.grid.week)))

    def _changes(self) -> Iterator[Change]:
        """What is set otherwise than it was, and no more."""
        for direction, _ in _DIRECTIONS:
            if (field := self.normal[direction]).is_changed:
                yield partial(self._engine.limit, direction, field.cap)
            if (field := self.alternative[direction]).is_changed:
                yield partial(self._engine.limit_alternative, direction, field.cap)
        if self.grid.week != self._was.schedule:
            yield partial(self._engine.limit_schedule, self.grid.week)
        if self.lan.isChecked() != self._was.lan_exempt:
            yield partial(self._engine.limit_lan, exempt=self.lan.isChecked())


class GroupLimitsDialog(Dialog):
    def __init__(self, desk: Desk, limits: GroupLimitView) -> None:
        self._engine, self._group = desk.engine, limits.group
        box = _CapsBox([])
        self.fields: dict[Direction, CapField] = {
            direction: box.add(row, 0, CapField(label, "", getattr(limits, direction)))
            for row, (direction, label) in enumerate(_DIRECTIONS)
        }
        text = parts.label(tr("On top of the limits over all groups."), kind="muted")
        act = (mark("Set limits"), lambda: self._set(desk))
        head = parts.head(tr("Limits within {group}", group=name(limits.group)))
        super().__init__(desk.window, "groupLimits", tr("Limits"), [act], head, text, box)

    def _set(self, desk: Desk) -> None:
        desk.run(_one_by_one([*self._changes()]), tr("Limits set"), "limit", group=self._group)

    def _changes(self) -> Iterator[Change]:
        for direction, field in self.fields.items():
            if field.is_changed:
                yield partial(self._engine.limit, direction, field.cap, self._group)


def _in_words(week: Week) -> str:
    """As the prompt lists the hours, with the days of the language."""
    if not any("a" in day for day in week):
        return tr("none")
    days = {code: QLocale().dayName(day, QLocale.FormatType.ShortFormat) for day, code in enumerate(DAYS, 1)}
    return isolated(re.sub("[a-z]+", lambda found: days.get(found[0]) or tr("daily"), listed(week)))


async def _one_by_one(changes: list[Change]) -> None:
    """They were made while their dialog was there, which is gone when this runs."""
    for change in changes:
        await change()


@dataclass(frozen=True)
class LimitActs:
    desk: Desk

    def change(self) -> None:
        LimitsDialog(self.desk, self.desk.engine.limits()).open()

    def change_in(self, group: GroupView) -> None:
        found = (one for one in self.desk.engine.limits().groups if one.group == group.name)
        none = GroupLimitView(group=group.name, up=None, down=None)
        GroupLimitsDialog(self.desk, next(found, none)).open()
