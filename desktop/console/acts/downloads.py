"""Downloads at the prompt: what becomes of them, and what a person may do with them."""

import msgspec

from desktop.console import traffic_text
from desktop.console.acts.answers import Acts, Answer, whole_number
from desktop.console.traffic_text import size_text
from desktop.engine.views import DownloadView
from shared.errors import BadArgument
from shared.names import shown

_FILES_MAX = 1000
_FILE_STATES = {"W": "waits for its turn", "C": "complete", "F": "cannot be fetched"}


class DownloadActs(Acts):
    async def show_downloads(self, v: str = "") -> Answer:
        lines, told = [], []
        for download in self._engine.downloads():
            mark = "C" if download.state == "C" else "D"
            lines.append(f"[{mark}] [{shown(download.group)}] {shown(download.name)}")
            told.append(msgspec.to_builtins(download))
            if v:
                details = self._engine.download_details(download.id)
                lines += [
                    "    " + _details(download),
                    *("      " + traffic_text.source(peer) for peer in details.peers),
                ]
                told[-1] |= msgspec.to_builtins(details)
                if download.state == "D" and not download.sources:
                    seen = await self._engine.waited_for(download.id)
                    lines += [f"      waits for {traffic_text.last_seen(one)}" for one in seen]
                    told[-1]["waits_for"] = msgspec.to_builtins(seen)
        return Answer(lines or ["no downloads yet"], {"downloads": told})

    async def wait(self, id: str = "all", seconds: str = "") -> Answer:  # noqa: A002
        ids = [download.id for download in self._engine.downloads()] if id == "all" else [_number(id)]
        seconds_max = None if not seconds else _seconds(seconds)
        ended = await self._engine.wait(ids, seconds_max)
        lines = [f"{view.id} [{view.state}] {shown(view.name)}" for view in ended] or ["no downloads yet"]
        return Answer(lines, {"downloads": [{"id": view.id, "state": view.state} for view in ended]})

    async def show_files(self, id: str) -> Answer:  # noqa: A002
        files = self._engine.download_files(_number(id), _FILES_MAX)
        lines = [
            f"{shown(one.name)}: {_FILE_STATES.get(one.state) or traffic_text.part(one.done, one.size)}"
            for one in files
        ]
        return Answer(lines, {"files": msgspec.to_builtins(files)})

    async def pause(self, id: str) -> Answer:  # noqa: A002
        for one in self._meant(id, "D"):
            await self._engine.pause(one)
        return Answer(["success: all downloads paused" if id == "all" else f"success: download {id} paused"])

    async def resume(self, id: str) -> Answer:  # noqa: A002
        for one in self._meant(id, "P"):
            await self._engine.resume(one)
        return Answer(
            ["success: all that were paused go on" if id == "all" else f"success: download {id} goes on"]
        )

    def _meant(self, id_: str, state: str) -> list[int]:
        """One, or all in that state."""
        if id_ != "all":
            return [_number(id_)]
        return [download.id for download in self._engine.downloads() if download.state == state]

    async def order(self, id: str, first: str) -> Answer:  # noqa: A002
        await self._engine.order(_number(id), first)
        how = "from first to last" if first == "first" else "rarest first"
        return Answer([f"success: download {id} is fetched {how}"])

    async def priority(self, id: str, high: str) -> Answer:  # noqa: A002
        """`high` is where the priority stands."""
        await self._engine.priority(_number(id), high)
        return Answer([f"success: download {id} has {high} priority"])

    async def cancel(self, id: str) -> Answer:  # noqa: A002
        await self._engine.cancel(_number(id))
        return Answer([f"success: download {id} cancelled"])

    async def verify(self, id: str) -> Answer:  # noqa: A002
        await self._engine.verify(_number(id))
        return Answer([f"success: download {id} is what was shared, byte for byte"])


def _number(text: str) -> int:
    return whole_number(text, "the number of a download; type: show_downloads -v")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= 1e9:
        raise BadArgument(f"{text!r} is not a number of seconds")
    return seconds


def _details(download: DownloadView) -> str:
    parts = [
        f"id {download.id}",
        traffic_text.part(download.done, download.size),
        f"{size_text(download.done)} of {size_text(download.size)}",
        f"{size_text(download.rate)}/s",
        f"{download.sources} source(s)",
    ]
    if download.state == "P":
        parts.append("paused")
    if download.order == "first":
        parts.append("first to last")
    if download.error is not None:
        parts.append(f"{download.error.code}: {shown(download.error.message)}")
    return ", ".join(parts)
