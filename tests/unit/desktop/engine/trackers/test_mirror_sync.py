import asyncio
from pathlib import Path
from typing import Any

import shared.wire.tracker_messages as m
from desktop.engine.mirror import Mirror
from desktop.engine.trackers.mirror_sync import MirrorSync
from shared.clock import SystemClock
from shared.facts.rows import Key
from tests.support.memory_book import AT, MemoryBook, group, let_in, person, share_file
from trackerd.questions import sync
from trackerd.rules import stop_share


class Answers:
    """A tracker's end of the link: the pages as they are written down here."""

    def __init__(self, *pages: m.SyncPage) -> None:
        self.pages, self.asked = [*pages], list[m.Sync]()

    async def ask(self, request: m.Sync, _expected: Any) -> m.SyncPage:
        self.asked.append(request)
        return self.pages.pop(0)


def test_what_was_missing_and_is_deleted_for_good_while_pages_are_read_has_all_listed(tmp_path: Path) -> None:
    book = MemoryBook()
    mira, joao = person(book, "mira"), person(book, "joao")
    gid = group(book, mira, "films")
    let_in(book, mira, gid, joao)
    eid = share_file(book, joao, gid, "joao.mkv")

    def listed(vv: dict[int, int]) -> m.SyncPage:
        return sync(book, mira.uid, m.Sync(gid, vv))

    async def scenario() -> None:
        mirror = Mirror.open(tmp_path / "mirror.sqlite", mira.uid, SystemClock())
        first = listed({})
        await mirror.apply(gid, first.rows, first.vv, full=True)
        assert len(await mirror.listing(gid)) == 1
        stop_share(book, joao, m.StopShare(gid, [eid]), AT)
        (stopped,) = listed(first.vv or {}).rows
        vv = listed({}).vv
        del book.facts[stopped.key]
        full = m.SyncPage(listed({}).rows, None, vv, True)
        cut = [m.SyncPage([], Key(1, b""), vv), m.SyncPage([], None, None, True)]
        link: Any = Answers(*cut, full)
        unused: Any = None
        await MirrorSync(link, mirror, unused, unused).sync(gid)
        assert [request.vv for request in link.asked] == [first.vv, first.vv, {}]
        assert await mirror.listing(gid) == []
        mirror.close()

    asyncio.run(scenario())
