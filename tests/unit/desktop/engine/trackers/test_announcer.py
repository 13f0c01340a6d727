import asyncio

import shared.wire.tracker_messages as m
from desktop.engine.background import Background
from desktop.engine.trackers.announcer import Announcer
from shared.facts.ids import EntryId, GroupId

ENTRIES = [m.EntryRef(GroupId(b"g" * 16), EntryId(bytes([n]) * 16)) for n in range(2)]


def test_the_first_news_is_told_at_once_and_what_follows_it_waits_for_more() -> None:
    async def scenario() -> None:
        said: list[list[m.EntryRef]] = []

        async def ask(message: m.Message) -> m.Answer:
            assert isinstance(message, m.Announce)
            said.append(message.add)
            return m.Nothing()

        loop = asyncio.get_running_loop()
        seen: asyncio.Future[list[list[m.EntryRef]]] = loop.create_future()
        announcer = Announcer(ask, Background().spawn)
        announcer.session_began()
        announcer.announce(ENTRIES[:1], [])
        loop.call_later(0.05, announcer.announce, ENTRIES[1:], [])
        loop.call_later(0.15, lambda: seen.set_result(list(said)))
        assert await seen == [ENTRIES[:1]]

    asyncio.run(scenario())
