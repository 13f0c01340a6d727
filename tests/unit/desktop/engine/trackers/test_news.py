import shared.wire.tracker_messages as m
from desktop.engine import events
from desktop.engine.file_changes import FileChange, FileChanges
from desktop.engine.trackers.news import News
from shared.facts.derive import shown_group
from shared.facts.ids import EntryId, GroupId, invite_hash
from tests.support.memory_book import AT, QUOTAS, MemoryBook, group, let_in, person
from trackerd import rules
from trackerd.invites import invite, use_invite
from trackerd.rules import Actor


class World:
    """mira owns a group; joao watches."""

    def __init__(self) -> None:
        self.book = MemoryBook()
        self.named: dict[GroupId, m.Named] = {}
        self.mira, self.joao = person(self.book, "mira"), person(self.book, "joao")
        self.gid = group(self.book, self.mira, "films")
        self.joaos, self.miras = self.news(self.joao, "joao"), self.news(self.mira, "mira")
        for news in (self.joaos, self.miras):
            news.look(self.gid)

    def news(self, actor: Actor, called: str) -> News:
        return News(self.book, actor.uid, called, lambda gid: self.named.get(gid) or self.bare(gid))

    def bare(self, gid: GroupId) -> m.Named:
        return m.Named(gid, shown_group(self.book, gid), [])

    def ask(self) -> None:
        rules.join(self.book, self.joao, m.Join(self.gid), AT, QUOTAS)


def told(news: News, world: World) -> list[events.Event]:
    return [event for event in news.look(world.gid) if not isinstance(event, events.GroupsChanged)]


def test_nothing_is_told_where_nothing_changed() -> None:
    world = World()
    assert world.joaos.look(world.gid) == []


def test_a_life_in_a_group_is_told_step_by_step() -> None:
    world = World()
    world.ask()
    assert world.joaos.look(world.gid) == [events.GroupsChanged()]
    assert world.miras.standing(world.gid).asking == frozenset()
    assert told(world.miras, world) == []
    assert [uid for uid, _ in world.miras.standing(world.gid).asking] == [world.joao.uid]
    rules.accept(world.book, world.mira, m.Accept(world.gid, world.joao.uid), AT, QUOTAS)
    assert told(world.joaos, world) == [events.Accepted(group="films")]
    rules.transfer(world.book, world.mira, m.Transfer(world.gid, world.joao.uid), AT)
    assert told(world.joaos, world) == [events.OwnerChanged(group="films", user="joao")]
    assert told(world.miras, world) == [events.OwnerChanged(group="films", user="joao")]
    rules.remove_member(world.book, world.joao, m.RemoveMember(world.gid, world.mira.uid), AT)
    assert told(world.miras, world) == [events.Removed(group="films")]


def test_a_request_that_is_made_again_before_anybody_looked_is_another_one() -> None:
    world = World()
    world.ask()
    world.miras.look(world.gid)
    before = world.miras.standing(world.gid).asking
    rules.withdraw(world.book, world.joao, m.Withdraw(world.gid), AT)
    world.ask()
    assert world.miras.look(world.gid) == [events.GroupsChanged()]
    (again,) = world.miras.standing(world.gid).asking
    assert again not in before


def test_its_owner_hears_who_came_but_not_of_whom_this_device_let_in() -> None:
    world = World()
    ada = person(world.book, "ada")
    rules.join(world.book, ada, m.Join(world.gid), AT, QUOTAS)
    world.miras.lets_in(world.gid, ada.uid)
    rules.accept(world.book, world.mira, m.Accept(world.gid, ada.uid), AT, QUOTAS)
    assert told(world.miras, world) == []
    secret = bytes(16)
    asked = m.Invite(world.gid, invite_hash(world.gid, secret), 1, 1)
    invite(world.book, world.mira, asked, AT, QUOTAS)
    use_invite(world.book, world.joao, m.UseInvite(world.gid, secret), AT, QUOTAS)
    assert told(world.miras, world) == [events.MemberCame(group="films", user="joao")]
    assert told(world.joaos, world) == [events.Accepted(group="films")]
    rules.transfer(world.book, world.mira, m.Transfer(world.gid, world.joao.uid), AT)
    assert told(world.joaos, world) == [events.OwnerChanged(group="films", user="joao")]


def test_what_i_do_myself_is_no_news() -> None:
    world = World()
    mine = group(world.book, world.mira, "music")
    assert world.miras.look(mine) == [events.GroupsChanged()]
    rules.leave(world.book, world.mira, m.Leave(mine), AT)
    assert world.miras.look(mine) == [events.GroupsChanged()]


def test_a_request_that_is_turned_down_is_told() -> None:
    world = World()
    world.ask()
    told(world.joaos, world)
    rules.reject(world.book, world.mira, m.Reject(world.gid, world.joao.uid), AT)
    assert told(world.joaos, world) == [events.Rejected(group="films")]


def test_who_owns_the_group_after_a_leave_is_told() -> None:
    world = World()
    let_in(world.book, world.mira, world.gid, world.joao)
    told(world.joaos, world)
    rules.leave(world.book, world.mira, m.Leave(world.gid), AT)
    assert told(world.joaos, world) == [events.OwnerChanged(group="films", user="joao")]


def test_files_that_come_and_go_or_are_called_otherwise_are_told() -> None:
    world = World()
    assert not world.miras.has_files(world.gid)
    world.miras.know_files(world.gid)
    assert world.miras.has_files(world.gid)
    eid, changes = EntryId(bytes(16)), FileChanges()

    def change(before: str | None, after: str | None) -> FileChange:
        return FileChange(world.gid, eid, before, after, 2, world.mira.uid)

    def told_of(*several: FileChange) -> list[events.Event]:
        together = FileChanges()
        for one in several:
            together.add(one)
        return list(world.miras.files(world.gid, together.seen()))

    assert FileChanges().is_only_people
    assert told_of(change("b", "b")) == []
    assert told_of(change(None, "b (1)"), change("b (1)", "b")) == [
        events.FileAdded(group="films", name="b", size=2, user="mira")
    ]
    assert told_of(change("b", "b"), change("b", None)) == [events.FileRemoved(group="films", name="b")]
    assert told_of(change("b", "b (1)")) == [events.NameChanged(kind="file", old="b", new="b (1)")]
    assert told_of(change("b", "b (1)")._replace(is_version=True), change("b (1)", "b (2)")) == []
    assert told_of(change(None, "b"), change("b", None)) == []
    changes.add(change("b", "c"))
    assert not changes.is_only_people
    world.miras.forget(world.gid)
    assert not world.miras.has_files(world.gid)


def test_who_loses_the_name_to_an_earlier_claim_and_who_keeps_it_are_both_told() -> None:
    world, other = World(), MemoryBook(number=2, wall_s=AT + 3600)
    later = person(other, "Mira", "desktop")
    theirs = News(other, later.uid, "Mira", world.bare)
    assert world.miras.own_name() == theirs.own_name() == []
    world.book.merge(other.above({}))
    other.merge(world.book.above({}))
    marked = f"Mira~{later.uid.hex()[:4]}"
    assert theirs.own_name() == [events.NameChanged(kind="user", old="Mira", new=marked)]
    assert world.miras.own_name() == [events.NameChanged(kind="user", old="Mira", new=marked, rival=True)]
    assert world.joaos.own_name() == theirs.own_name() == world.miras.own_name() == []
    rules.delete_user(other, world.mira, AT)
    assert theirs.own_name() == [events.NameChanged(kind="user", old=marked, new="Mira")]


def test_members_of_both_groups_of_one_name_are_told() -> None:
    world = World()
    world.named[world.gid] = m.Named(world.gid, "films~ab12", ["films", "films~cd34"])
    assert told(world.miras, world) == [
        events.NameChanged(kind="group", old="films", new="films~ab12"),
        events.NameChanged(kind="group", old="films", new="films~cd34", rival=True),
    ]
    assert told(world.miras, world) == []
    world.named[world.gid] = m.Named(world.gid, "films", ["films~cd34"])
    assert told(world.miras, world) == [events.NameChanged(kind="group", old="films~ab12", new="films")]
