"""The tree of my groups: each with its members, and for their owner the requests to join."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel

from desktop.engine.views import GroupView, MemberView, RequestView
from desktop.ui import amounts
from desktop.ui.rows import ALERT, COUNT, ICON, ORDER, PLACE
from desktop.ui.words import joined, mark, tr
from shared.names import fold

Index = QModelIndex | QPersistentModelIndex
_ROLE_ICONS = {"owner": ("owner", "warn"), "member": ("group", "accent"), "pending": ("pending", "muted")}
_ROLE_WORDS = {
    "owner": mark("you own it"),
    "member": mark("you are a member"),
    "pending": mark("request sent"),
}
_HEADS = {"members": mark("Members"), "requests": mark("Requests"), "activity": mark("Activity")}


@dataclass(frozen=True)
class Place:
    """What a row of the tree is. `user` is set for a member's or a request's own row."""

    group: str
    kind: str = "group"
    """group, activity, members, member, requests or request."""
    user: str = ""


class GroupsModel(QStandardItemModel):
    gone = Signal(object)
    """A Place that was listed, or told of."""

    def __init__(self) -> None:
        super().__init__()
        self.setSortRole(ORDER)
        self.rowsAboutToBeRemoved.connect(self._tell_gone)
        self.groups: dict[str, GroupView] = {}
        """Mine, by name: owned, joined and asked for."""
        self._unread: Counter[str] = Counter()
        self._told: set[Place] = set()
        """Requests that were told of, and are to be in the next list."""

    def show_groups(self, groups: Iterable[GroupView]) -> None:
        mine = sorted((group for group in groups if group.mine != "none"), key=lambda group: fold(group.name))
        self.groups = {group.name: group for group in mine}
        self._told = {place for place in self._told if place.group in self.groups}
        _sync(self.invisibleRootItem(), [Place(group.name) for group in mine])
        for row, group in enumerate(mine):
            item = self.item(row)
            said = joined([amounts.name(group.name), tr(_ROLE_WORDS[group.mine])])
            _dress(item, amounts.name(group.name), _ROLE_ICONS[group.mine], said)
            item.setToolTip(f"{said}\n" + tr("Owner: {user}", user=amounts.name(group.owner)))
            kinds = ["activity", "members"] if group.mine != "pending" else []
            if group.mine == "owner":
                kinds.append("requests")
            _sync(item, [Place(group.name, kind) for kind in kinds])
            if kinds:
                self._head(group.name, "activity", None)
                known = self.item_of(Place(group.name, "member", group.owner))
                self._head(group.name, "members", None if known else group.members)
            if "requests" in kinds:
                self._head(group.name, "requests", None)

    def show_members(self, group: str, members: Iterable[MemberView]) -> None:
        ordered = sorted(members, key=lambda member: (not member.online, fold(member.user)))
        there = sum(member.online for member in ordered)
        of_all = tr("{online} of {count}", online=amounts.number(there), count=amounts.number(len(ordered)))
        head = self._head(group, "members", of_all)
        if head is None:
            return
        _sync(head, [Place(group, "member", member.user) for member in ordered])
        for row, member in enumerate(ordered):
            text = amounts.name(member.user)
            state = [tr("online") if member.online else tr("offline")]
            state += [tr("owner")] if member.owner else []
            said = joined([text, *state])
            shape = ("online", "good") if member.online else ("offline", "muted")
            _dress(head.child(row), text, shape, said)
            head.child(row).setData(tr("owner") if member.owner else None, COUNT)

    def request_came(self, group: str, user: str) -> None:
        """A list that is asked for now has it, if it was not withdrawn meanwhile."""
        self._told.add(Place(group, "request", user))

    def show_requests(self, group: str, requests: Iterable[RequestView]) -> None:
        ordered = sorted(requests, key=lambda request: request.at)
        places = [Place(group, "request", request.user) for request in ordered]
        told = {place for place in self._told if place.group == group}
        self._told -= told
        for place in told.difference(places):
            self.gone.emit(place)
        head = self._head(group, "requests", len(ordered))
        if head is None:
            return
        _sync(head, places)
        for row, request in enumerate(ordered):
            text = amounts.name(request.user)
            _dress(head.child(row), text, ("account", "text"), tr("{user} asks to join", user=text))
            head.child(row).setData(amounts.day(request.at), COUNT)
        self._badge(group)

    def came(self, group: str, files: int) -> None:
        """So many that nobody has looked at here; 0 when somebody does."""
        self._unread[group] = self._unread[group] + files if files else 0
        self._head(group, "activity", self._unread[group])
        self._badge(group)

    def _tell_gone(self, parent: QModelIndex, first: int, last: int) -> None:
        above = self.itemFromIndex(parent) if parent.isValid() else self.invisibleRootItem()
        for row in range(first, last + 1):
            for item in _walk(above.child(row)):
                self.gone.emit(item.data(PLACE))

    def _badge(self, group: str) -> None:
        """Who waits for an answer goes before what is new."""
        top, asking = self.item_of(Place(group)), self.item_of(Place(group, "requests"))
        if top is not None:
            waiting = asking.data(COUNT) if asking else None
            _set(top, waiting or self._unread[group] or None, COUNT)
            _set(top, bool(waiting), ALERT)

    def requests(self) -> list[Place]:
        """All that are known to wait."""
        tops = (self.item(row) for row in range(self.rowCount()))
        places = [item.data(PLACE) for top in tops for item in _walk(top)]
        return [place for place in places if place.kind == "request"]

    def item_of(self, place: Place) -> QStandardItem | None:
        """Costs a walk over this group's rows."""
        for row in range(self.rowCount()):
            if self.item(row).data(PLACE).group == place.group:
                return next((item for item in _walk(self.item(row)) if item.data(PLACE) == place), None)
        return None

    def place(self, index: Index) -> Place | None:
        found: Place | None = index.data(PLACE)
        return found

    def _head(self, group: str, kind: str, count: int | str | None) -> QStandardItem | None:
        """The row above members, requests or what happened, dressed; a count of None stays as it is."""
        item = self.item_of(Place(group, kind))
        if item is None:
            return None
        count = item.data(COUNT) if count is None else count
        title, told = tr(_HEADS[kind]), count if isinstance(count, str) else amounts.number(count or 0)
        _dress(item, title, (kind, "muted"), f"{title}: {told}")
        _set(item, count or None, COUNT)
        _set(item, kind == "requests", ALERT)
        return item


def _walk(item: QStandardItem) -> Iterable[QStandardItem]:
    yield item
    for row in range(item.rowCount()):
        yield from _walk(item.child(row))


def _dress(item: QStandardItem, text: str, icon: tuple[str, str], said: str) -> None:
    _set(item, text, Qt.ItemDataRole.DisplayRole)
    _set(item, icon, ICON)
    _set(item, said, Qt.ItemDataRole.AccessibleTextRole)


def _set(item: QStandardItem, value: Any, role: int) -> None:
    if item.data(role) != value:
        item.setData(value, role)


def _sync(parent: QStandardItem, wanted: list[Place]) -> None:
    """Makes `wanted` the rows of `parent`, in this order; rows that stay keep selection and expansion.
    Those that move are sorted: what is taken out and put in elsewhere is another row to a view."""
    keep = set(wanted)
    for row in reversed(range(parent.rowCount())):
        if parent.child(row).data(PLACE) not in keep:
            parent.removeRow(row)
    here = [parent.child(row).data(PLACE) for row in range(parent.rowCount())]
    known = set(here)
    for place in (one for one in wanted if one not in known):
        here.append(place)
        item = QStandardItem()
        item.setEditable(False)
        item.setData(place, PLACE)
        parent.appendRow(item)
    if here != wanted:
        at = {place: row for row, place in enumerate(wanted)}
        for row, place in enumerate(here):
            _set(parent.child(row), at[place], ORDER)
        parent.sortChildren(0)
