"""What a person has set about rates, and which caps follow from it at an hour."""

from collections.abc import Callable, Mapping
from typing import Annotated, Literal, NamedTuple, TypeAlias

import msgspec

from desktop.engine.limits.schedule import NORMAL_WEEK, Week
from shared.errors import BadArgument
from shared.facts.ids import GroupId
from shared.limits import CAP_KIB_PER_S_MAX, KIB

Direction: TypeAlias = Literal["up", "down"]
Cap: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=CAP_KIB_PER_S_MAX)] | None
"""KiB a second of pieces; 0: none pass; None: no cap."""


class GroupRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    gid: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
    user: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{32})?$")] = ""
    """Whose; of a file that does not say so, everybody's."""
    up: Cap = None
    down: Cap = None


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The profile's limits.toml. Whoever is logged in, the line to the outside is the same; but one account
    may leave a group that another is in. `user` below: who is logged in, as hex."""

    up: Cap = None
    """Over all groups together, as the next."""
    down: Cap = None
    alternative_up: Cap = None
    """In alternative hours, instead of `up`; groups keep theirs."""
    alternative_down: Cap = None
    lan_exempt: bool = False
    """What goes to or comes from this computer's own network is not capped, and not counted."""
    schedule: Week = msgspec.field(default_factory=lambda: list(NORMAL_WEEK))
    group: list[GroupRules] = []

    def capped(self, direction: Direction, cap: Cap, gid: GroupId | None = None, user: str = "") -> "Rules":
        """In this group, or over all; then in normal hours."""
        if gid is None:
            return msgspec.structs.replace(self, **{direction: cap})
        before = next((one for one in self.of(user) if one.gid == gid.hex()), GroupRules(gid=gid.hex()))
        changed = msgspec.structs.replace(before, user=user, **{direction: cap})
        others = [one for one in self.group if one != before]
        is_capped = changed.up is not None or changed.down is not None
        return msgspec.structs.replace(self, group=[*others, *([changed] if is_capped else [])])

    def without(self, is_left: Callable[[GroupId], bool], user: str = "") -> "Rules":
        """With no caps of groups that were left."""
        gone = [one for one in self.of(user) if is_left(GroupId(bytes.fromhex(one.gid)))]
        return msgspec.structs.replace(self, group=[one for one in self.group if one not in gone])

    def of(self, user: str) -> list[GroupRules]:
        return [one for one in self.group if one.user in ("", user)]

    def whole(self, direction: Direction, *, alternative: bool) -> Cap:
        """Over all groups, in such an hour."""
        cap: Cap = getattr(self, f"alternative_{direction}" if alternative else direction)
        return cap

    def in_force(self, direction: Direction, *, alternative: bool, user: str = "") -> "Caps":
        whole = self.whole(direction, alternative=alternative)
        of = {GroupId(bytes.fromhex(one.gid)): getattr(one, direction) for one in self.of(user)}
        return Caps(
            None if whole is None else whole * KIB,
            {gid: cap * KIB for gid, cap in of.items() if cap is not None},
        )


class Caps(NamedTuple):
    """Of one direction, in bytes a second; 0: nothing passes."""

    whole: int | None
    groups: Mapping[GroupId, int]

    def stops(self, gid: GroupId) -> bool:
        return self.whole == 0 or self.groups.get(gid) == 0

    def of_what_flows(self) -> "Caps":
        return Caps(self.whole or None, {gid: cap for gid, cap in self.groups.items() if cap})


def cap_of(text: str) -> Cap:
    """As it is typed: KiB a second, or `off`. Raises BadArgument."""
    if text == "off":
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= CAP_KIB_PER_S_MAX):
        raise BadArgument(f"{text!r} is no rate; type KiB per second, or off")
    return int(text)
