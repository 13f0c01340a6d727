from desktop.engine.transfer_views import LastSeen
from desktop.engine.transfers import holders, last_seen, outermost
from shared.facts.derive import Sharer, VisibleEntry
from shared.facts.ids import DeviceId, EntryId, UserId
from shared.facts.rows import Entry

ANA, BO, CY = (UserId(name * 16) for name in (b"a", b"b", b"c"))
NAMES = {ANA: "ana", BO: "bo", CY: "cy"}


def an_entry(number: int, size: int, *sharers: UserId) -> VisibleEntry:
    entry = Entry("f", size, b"r" * 32, 0, b"s" * 20, ANA, 0)
    devices = tuple(Sharer(uid, DeviceId(uid)) for uid in sharers)
    return VisibleEntry(EntryId(bytes([number]) * 16), "f", entry, devices)


def test_who_was_seen_last_is_named_first_and_who_never_was_last() -> None:
    seen = last_seen(NAMES, {CY}, {ANA: 7200})
    assert [(one.user, one.ago_s) for one in seen.values()] == [("cy", 0), ("ana", 7200), ("bo", None)]


def test_everybody_has_what_they_share_and_what_has_come_of_it() -> None:
    entries = [an_entry(1, 100, ANA, BO), an_entry(2, 50, ANA)]
    seen = {uid: LastSeen(user=name, ago_s=None) for uid, name in NAMES.items()}
    found = holders(entries, seen, ANA, {CY: 40, BO: 60}, {CY})
    assert [(one.user, one.done, one.size, one.me, one.online, one.fetches) for one in found] == [
        ("ana", 150, 150, True, True, False),
        ("bo", 150, 150, False, False, False),
        ("cy", 40, 150, False, False, True),
    ]


def test_a_shared_thing_is_its_outermost_folder() -> None:
    assert [outermost(name) for name in ("a/b/c", "a", "a/")] == ["a/", "a", "a/"]
