"""What the tracker does for each request of a client: one handler each, over the rules and the rows."""

import random
from collections.abc import Callable, Iterable

import shared.wire.tracker_messages as m
from shared.clock import Clock
from shared.errors import BadArgument, Busy
from shared.facts.derive import Sharer, live_shares, members, membership
from shared.facts.ids import EntryId, GroupId, UserId
from shared.limits import REACHES_AT_ONCE_MAX
from trackerd import invites, questions, rules
from trackerd.client_session import ClientSession
from trackerd.config import Settings
from trackerd.entering import Answered, Entering, Handler
from trackerd.feed import check_scope
from trackerd.identity_files import Keys
from trackerd.mesh.mesh import Mesh
from trackerd.questions import Listed
from trackerd.reaching import why_not_reached
from trackerd.sharing import Sharing
from trackerd.store.book import Commit
from trackerd.store.store import Store
from trackerd.whereabouts import Session

# Answered by a rule (book, actor, request, at; the second also quotas) or a question (rows, uid, request).
_DECIDED: dict[type[m.Message], Callable[..., m.Answer]] = {
    m.RevokeDevice: rules.revoke_device,
    m.Withdraw: rules.withdraw,
    m.Reject: rules.reject,
    m.RemoveMember: rules.remove_member,
    m.Leave: rules.leave,
    m.Transfer: rules.transfer,
    m.StopShare: rules.stop_share,
    m.RevokeInvite: invites.revoke_invite,
}
_DECIDED_BY_QUOTA: dict[type[m.Message], Callable[..., m.Answer]] = {
    m.CreateGroup: rules.create_group,
    m.Join: rules.join,
    m.Accept: rules.accept,
    m.Share: rules.share,
    m.Invite: invites.invite,
    m.UseInvite: invites.use_invite,
}
_QUESTIONS: dict[type[m.Message], Callable[..., m.Answer]] = {
    m.ListGroups: questions.list_groups,
    m.Resolve: questions.resolve,
    m.ListRequests: questions.list_requests,
    m.Who: questions.who,
    m.ListInvites: invites.list_invites,
}


class Commands(Entering):
    def __init__(
        self, settings: Settings, keys: Keys, store: Store, mesh: Mesh, clock: Clock, lot: random.Random
    ) -> None:
        super().__init__(settings, keys, store, mesh, clock)
        self._sharing = Sharing()
        self._reaching = 0
        """Clients that are being dialled back."""
        # For the order in which peers are told: no secret, and the system's lots cost a call each.
        self._lot = random.Random(lot.getrandbits(64))  # noqa: S311
        self._handlers: dict[type[m.Message], Handler] = {
            **self._entering,
            m.Announce: self._announce,
            m.Peers: self._peers,
            m.Online: self._online,
            m.Away: self._away,
            m.Reach: self._reach,
            m.Sync: self._sync,
            m.Subscribe: self._subscribe,
            m.Ping: self._ping,
            **dict.fromkeys(_QUESTIONS, self._answer_question),
            **dict.fromkeys(_DECIDED, self._decide),
            **dict.fromkeys(_DECIDED_BY_QUOTA, self._decide_by_quota),
        }

    def answer(self, client: ClientSession, request: m.AnyRequest) -> Answered:
        """Raises Coded for a refusal. Who asks is what the connection has proven, never what it says."""
        return self._handlers[type(request)](client, request)

    def committed(self, commit: Commit) -> None:
        """Rows are on the disk: tells those who mirror them."""
        self._sharing.committed(commit.rows, commit.relist)
        for client in self.feed.committed(commit):
            self.unbind(client)

    def close(self) -> None:
        self.feed.close()
        self.passwords.close()

    # --- what a rule decides ---

    async def _decide(self, client: ClientSession, request: m.Message) -> m.Ok:
        actor, rule = client.actor, _DECIDED[type(request)]
        return await self._write(lambda book: rule(book, actor, request, self._at()))

    async def _decide_by_quota(self, client: ClientSession, request: m.Message) -> m.Ok:
        actor, rule = client.actor, _DECIDED_BY_QUOTA[type(request)]
        return await self._write(lambda book: rule(book, actor, request, self._at(), self.settings.limits))

    # --- questions ---

    async def _answer_question(self, client: ClientSession, request: m.Message) -> m.Ok:
        uid, question = client.actor.uid, _QUESTIONS[type(request)]
        return await self._ask(lambda rows: question(rows, uid, request))

    async def _sync(self, client: ClientSession, request: m.Sync) -> m.Ok:
        uid = client.actor.uid
        check_scope(self._store.rows, request.scope, uid)
        if request.after is None:
            self.feed.pulls(client, request.scope)
        return await self._ask(lambda rows: questions.sync(rows, uid, request))

    async def _ask(self, question: Callable[[Listed], m.Answer]) -> m.Ok:
        return m.ok(await self._store.read(question))

    async def _subscribe(self, client: ClientSession, request: m.Subscribe) -> m.Ok:
        await self.feed.subscribe(client, request.scopes)
        return m.ok(m.Nothing())

    def _ping(self, _client: ClientSession, request: m.Ping) -> m.Ok:
        return m.ok(m.Alive(behind=self._lacks(request.seen)))

    # --- presence ---

    def _announce(self, client: ClientSession, request: m.Announce) -> m.Ok:
        session, gids = client.presence, {ref.gid for ref in request.add}
        mine = {gid for gid in gids if membership(self._store.rows, gid, session.uid)}
        add = [ref for ref in request.add if ref.gid in mine]
        self.presence.announce(session, m.Announce(request.addresses, add, request.drop))
        return m.ok(m.Nothing())

    def _peers(self, client: ClientSession, request: m.Peers) -> Answered:
        asker, gid, eids = client.presence, request.gid, dict.fromkeys(request.eids)
        questions.check_member(self._store.rows, gid, asker.uid)
        sharers = self._sharing.known(gid, eids)
        return (
            self._read_peers(asker, gid, eids) if sharers is None else self._found_peers(asker, gid, sharers)
        )

    async def _read_peers(self, asker: Session, gid: GroupId, eids: Iterable[EntryId]) -> m.Ok:
        reading = self._sharing.reading(gid, eids)
        sharers = await self._store.read(lambda rows: _sharers(rows, gid, eids))
        self._sharing.read(gid, reading, sharers)
        return self._found_peers(asker, gid, sharers)

    def _found_peers(self, asker: Session, gid: GroupId, sharers: dict[EntryId, list[Sharer]]) -> m.Ok:
        refs = [m.EntryRef(gid, eid) for eid in sharers]
        downloading = self.presence.partial_users(refs)
        joined = {uid for uid in downloading if membership(self._store.rows, gid, uid)}
        found = [
            (ref.eid, self.presence.peers(asker, ref, sharers[ref.eid], joined, self._lot)) for ref in refs
        ]
        return m.ok(m.PeersFound(found))

    async def _online(self, client: ClientSession, request: m.Online) -> m.Ok:
        uid = client.actor.uid
        everybody = await self._store.read(lambda rows: _member_ids(rows, uid, request.gid))
        return m.ok(m.OnlineFound(self.presence.online(everybody)))

    async def _away(self, client: ClientSession, request: m.Away) -> m.Ok:
        uid = client.actor.uid
        everybody = await self._store.read(lambda rows: _member_ids(rows, uid, request.gid))
        return m.ok(m.AwayFound(self.presence.away(everybody)))

    async def _reach(self, client: ClientSession, request: m.Reach) -> m.Ok:
        """Only where members are sent anyway: to the address at which the client is seen, and a port that it
        announced. So nobody else is knocked on for it. Nor is loopback: who comes from there may be a proxy's
        or a tunnel's client, who would learn what listens on this computer for itself alone."""
        session = client.presence
        is_elsewhere = session.seen.is_reachable and not session.seen.is_loopback
        if not is_elsewhere or request.port not in {end.port for end in session.claimed}:
            raise BadArgument
        if self._reaching >= REACHES_AT_ONCE_MAX:
            raise Busy(retry_after_s=1)
        self._reaching += 1
        try:
            return m.ok(m.Reached(await why_not_reached(str(session.observed), request.port)))
        finally:
            self._reaching -= 1


def _sharers(rows: Listed, gid: GroupId, eids: Iterable[EntryId]) -> dict[EntryId, list[Sharer]]:
    return {eid: [sharer for _, sharer in live_shares(rows, gid, eid)] for eid in eids}


def _member_ids(rows: Listed, asker: UserId, gid: GroupId) -> list[UserId]:
    questions.check_member(rows, gid, asker)
    return [uid for uid, _ in members(rows, gid)]
