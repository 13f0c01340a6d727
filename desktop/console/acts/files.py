"""The files of groups at the prompt: listed, found, shared, fetched."""

import shlex
from pathlib import Path
from typing import NamedTuple

import msgspec

from desktop.console import traffic_text
from desktop.console.acts.answers import Acts, Answer, day, path_of
from desktop.console.traffic_text import size_text
from desktop.engine.engine import Engine
from desktop.engine.file_views import FileRow, FilesAsked
from desktop.engine.views import FileView
from shared.errors import BadPath, NotFound, Usage
from shared.names import shown


class _Stopped(NamedTuple):
    """What share_again takes back."""

    user: str | None
    group: str
    name: str
    files: list[str]


class FileActs(Acts):
    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._stopped: _Stopped | None = None

    async def list_files(self, group: str) -> Answer:
        files = await self._engine.list_files(group)
        return Answer(
            [_file_line(file) for file in files] or ["no files yet"], {"files": msgspec.to_builtins(files)}
        )

    async def upload_file(self, path: str, group: str) -> Answer:
        result = await self._engine.upload_file(self._source(path, group), group)
        new = sum(not file.already for file in result.files)
        lines = [f"success: {new} file(s) shared in {shown(group)}"]
        if already := len(result.files) - new:
            lines.append(f"{already} already shared")
        lines += [f"skipped {shown(skipped.path)}: {skipped.code}" for skipped in result.skipped]
        return Answer(lines, msgspec.to_builtins(result))

    def _source(self, path: str, group: str) -> Path:
        """Some siblings of the source system have the group first; offers the line that was meant."""
        if not path:
            raise BadPath("the path is empty; a dot is the folder you are in")
        source = path_of(path)
        if not _is_there(source) and _is_there(path_of(group)):
            line = shlex.join(["upload_file", group, path])
            raise Usage(f"the path comes first, then the group; did you mean: {line}")
        return source

    async def download_file(self, group: str, name: str, destination: str) -> Answer:
        started = await self._engine.download_file(group, name, destination)
        waits = "" if started.online else "; nobody else who has it is online"
        return Answer([f"success: download {started.id} started{waits}"], msgspec.to_builtins(started))

    async def find_files(self, words: str, group: str = "") -> Answer:
        found = await self._engine.find_files(FilesAsked(group=group or None, search=words, all_below=True))
        lines = [f"[{shown(row.group)}] {shown(row.name)}" for row in found.rows] or ["no such files"]
        if more := found.files - len(found.rows):
            lines.append(f"and {more} more")
        return Answer(lines, {"files": [_row(row) for row in found.rows], "count": found.files})

    async def older_versions(self, group: str, name: str) -> Answer:
        rows = await self._engine.older_versions(group, name)
        lines = [
            f"{shown(row.name)} of {day(row.at)}, {size_text(row.size)}, by {shown(row.by)}" for row in rows
        ]
        return Answer(lines or ["no older versions"], {"files": [_row(row) for row in rows]})

    async def who_has(self, group: str, name: str) -> Answer:
        holders = await self._engine.holders(group, name)
        return Answer([traffic_text.holder(one) for one in holders], {"people": msgspec.to_builtins(holders)})

    async def show_shares(self) -> Answer:
        items = await self._engine.shared_items()
        taken = {(one.group, one.name): one for one in self._engine.taken() if one.download is None}
        lines, told = [], []
        for item in items:
            lines.append(
                f"[{shown(item.group)}] {shown(item.name)}: {item.files} file(s), {size_text(item.size)}"
            )
            takers = taken.get((item.group, item.name))
            if takers:
                people = ", ".join(map(shown, takers.people))
                lines.append(f"    goes to {people}, {size_text(takers.up)}/s")
            people_up = {"people": takers.people if takers else [], "up": takers.up if takers else 0.0}
            told.append(msgspec.to_builtins(item) | people_up)
        return Answer(lines or ["nothing is shared"], {"shares": told})

    async def stop_share(self, group: str, name: str) -> Answer:
        files = await self._engine.stop_share(group, name)
        self._stopped = _Stopped(self._engine.user, group, name, files)
        return Answer([f"success: {shown(name)} is no longer shared in {shown(group)}"])

    async def share_again(self) -> Answer:
        stopped = self._stopped
        if stopped is None or stopped.user != self._engine.user:
            raise NotFound("nothing was stopped here that could be shared again; type: upload_file")
        await self._engine.share_again(stopped.group, stopped.files)
        self._stopped = None
        return Answer([f"success: {shown(stopped.name)} is shared in {shown(stopped.group)} again"])

    async def relink(self, group: str, name: str, path: str) -> Answer:
        await self._engine.relink(group, name, path_of(path))
        return Answer([f"success: {shown(name)} is shared in {shown(group)} again"])


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # too long, or not for us to see: the engine says it better
        return False


def _file_line(file: FileView) -> str:
    return shown(file.name) + ("" if file.online else " (nobody online)")


def _row(row: FileRow) -> dict[str, object]:
    told: dict[str, object] = msgspec.to_builtins(row)
    del told["id"], told["files"]
    return told
