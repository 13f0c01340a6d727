"""What each command of the prompt does with the engine, and how its answer reads in plain mode."""

import shlex
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from desktop.console import activity_text, limits_text, traffic_text
from desktop.console.commands import COMMANDS, Call
from desktop.console.traffic_text import size_text
from desktop.engine.engine import Engine
from desktop.engine.limits.rules import Direction, cap_of
from desktop.engine.limits.schedule import NORMAL_WEEK, hours_of, listed, marked
from desktop.engine.views import DownloadView, FileView, StatusView, TrackerView
from desktop.wording import tracker_state
from shared.errors import BadArgument, BadPath, NotLoggedIn, Usage
from shared.names import shown

_ASKS = "whoever uses it asks to join; to let in at once, type: invite <group> --uses 1"
_JOINED = {
    "joined": "you are now a member of {group}",
    "asked": "request to join {group} sent to its owner",
    "login": "the link to {group} is used as soon as you are logged in; type: login <user> <password>",
}
_LAST_DAY_S = 253_402_300_799
"""9999-12-31, which is as far as a date can be written."""


@dataclass(frozen=True)
class Answer:
    """One command's result: `result` for --json, `lines` for people."""

    lines: list[str]
    result: dict[str, object] = field(default_factory=dict)


class Actions:
    """The commands, one method each. Raises ShoalError for a refusal; the prompt words it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def run(self, call: Call) -> Answer:
        if call.command.needs_login and self._engine.user is None:
            raise NotLoggedIn
        action: Callable[..., Awaitable[Answer]] = getattr(self, call.command.word)
        return await action(**{name.lstrip("-"): value for name, value in call.arguments.items()})

    # accounts

    async def create_user(self, user: str, password: str) -> Answer:
        name = await self._engine.create_user(user, password)
        return Answer([f"success: user {shown(name)} created"])

    async def login(self, user: str, password: str) -> Answer:
        name = await self._engine.login(user, password)
        return Answer([f"success: logged in as {shown(name)}"])

    async def logout(self, forget: str = "") -> Answer:
        await self._engine.logout(forget=bool(forget))
        return Answer(["success: logged out"])

    async def change_password(self, old: str, new: str) -> Answer:
        await self._engine.change_password(old, new)
        return Answer(["success: password changed"])

    async def delete_user(self, password: str) -> Answer:
        await self._engine.delete_user(password)
        return Answer(["success: account deleted"])

    async def devices(self) -> Answer:
        devices = await self._engine.devices()
        lines = [
            f"{device.id} {shown(device.label)} since {_day(device.at)}"
            + (" (this one)" if device.this else "")
            + (" (revoked)" if device.revoked else "")
            for device in devices
        ]
        return Answer(lines, {"devices": msgspec.to_builtins(devices)})

    async def revoke_device(self, id: str) -> Answer:  # noqa: A002  the command's own word
        await self._engine.revoke_device(id)
        return Answer(["success: device revoked"])

    # groups

    async def create_group(self, group: str) -> Answer:
        await self._engine.create_group(group)
        return Answer([f"success: group {shown(group)} created"])

    async def join_group(self, group: str) -> Answer:
        await self._engine.join_group(group)
        return Answer([f"success: request to join {shown(group)} sent to its owner"])

    async def leave_group(self, group: str) -> Answer:
        new_owner = await self._engine.leave_group(group)
        passed_on = f"; its owner is now {shown(new_owner)}" if new_owner else ""
        return Answer([f"success: left {shown(group)}{passed_on}"], {"new_owner": new_owner})

    async def list_requests(self, group: str) -> Answer:
        requests = await self._engine.list_requests(group)
        lines = [shown(request.user) for request in requests] or ["no pending requests"]
        return Answer(lines, {"requests": msgspec.to_builtins(requests)})

    async def accept_request(self, group: str, user: str) -> Answer:
        await self._engine.accept_request(group, user)
        return Answer([f"success: {shown(user)} is now a member of {shown(group)}"])

    async def reject_request(self, group: str, user: str) -> Answer:
        await self._engine.reject_request(group, user)
        return Answer([f"success: request of {shown(user)} rejected"])

    async def withdraw_request(self, group: str) -> Answer:
        await self._engine.withdraw_request(group)
        return Answer(["success: request withdrawn"])

    async def remove_member(self, group: str, user: str) -> Answer:
        await self._engine.remove_member(group, user)
        return Answer([f"success: {shown(user)} removed from {shown(group)}"])

    async def transfer_group(self, group: str, user: str) -> Answer:
        await self._engine.transfer_group(group, user)
        return Answer([f"success: {shown(user)} is now the owner of {shown(group)}"])

    async def list_groups(self) -> Answer:
        groups = await self._engine.list_groups()
        marks = {"owner": " (owner)", "member": " (member)", "pending": " (request pending)", "none": ""}
        lines = [shown(group.name) + marks[group.mine] for group in groups] or ["no groups yet"]
        return Answer(lines, {"groups": msgspec.to_builtins(groups)})

    async def list_members(self, group: str) -> Answer:
        members = await self._engine.list_members(group)
        lines = [
            shown(member.user) + (" (owner)" if member.owner else "") + (" online" if member.online else "")
            for member in members
        ]
        return Answer(lines, {"members": msgspec.to_builtins(members)})

    # invites

    async def invite(self, group: str, uses: str | None = None, hours: str | None = None) -> Answer:
        made = await self._engine.invite(group, _count(uses), _count(hours))
        lines = [made.link, f"lets in {made.uses}, until {_minute(made.until)}" if made.id else _ASKS]
        if made.reach == "computer":
            lines.append("it can be used on this computer alone, as no other reaches its tracker")
        return Answer(lines, msgspec.to_builtins(made))

    async def join_link(self, link: str) -> Answer:
        joined = await self._engine.join_link(link)
        lines = [f"success: {_JOINED[joined.state].format(group=shown(joined.group))}"]
        if joined.network != "here":
            lines.append("its network is another one, which is in use now")
        return Answer(lines, msgspec.to_builtins(joined))

    async def list_invites(self, group: str) -> Answer:
        invites = await self._engine.list_invites(group)
        lines = [f"{one.id} used {one.used} of {one.uses}, until {_minute(one.until)}" for one in invites]
        return Answer(lines or ["no invites"], {"invites": msgspec.to_builtins(invites)})

    async def revoke_invite(self, group: str, id: str) -> Answer:  # noqa: A002
        await self._engine.revoke_invite(group, id)
        return Answer(["success: invite taken back"])

    async def activity(self, group: str) -> Answer:
        acts = await self._engine.activity(group)
        lines = [activity_text.line(act) for act in acts] or ["nothing yet"]
        return Answer(lines, {"activity": msgspec.to_builtins(acts)})

    # files

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
        source = _path(path)
        if not _is_there(source) and _is_there(_path(group)):
            line = shlex.join(["upload_file", group, path])
            raise Usage(f"the path comes first, then the group; did you mean: {line}")
        return source

    async def download_file(self, group: str, name: str, destination: str) -> Answer:
        started = await self._engine.download_file(group, name, destination)
        waits = "" if started.online else "; nobody else who has it is online"
        return Answer([f"success: download {started.id} started{waits}"], msgspec.to_builtins(started))

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

    async def pause(self, id: str) -> Answer:  # noqa: A002
        await self._engine.pause(_number(id))
        return Answer([f"success: download {id} paused"])

    async def resume(self, id: str) -> Answer:  # noqa: A002
        await self._engine.resume(_number(id))
        return Answer([f"success: download {id} goes on"])

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

    async def stop_share(self, group: str, name: str) -> Answer:
        await self._engine.stop_share(group, name)
        return Answer([f"success: {shown(name)} is no longer shared in {shown(group)}"])

    # rates

    async def limit(self, up: str = "", kib: str = "", group: str = "") -> Answer:
        """`up` is where the direction stands: up or down."""
        if not up:
            limits = self._engine.limits()
            return Answer(limits_text.lines(limits), msgspec.to_builtins(limits))
        if not kib:
            raise Usage(f"incorrect number of arguments; usage: {COMMANDS['limit'].usage}")
        direction, cap = _direction(up), cap_of(kib)
        await self._engine.limit(direction, cap, group or None)
        where = f" in {shown(group)}" if group else ""
        return Answer([f"success: {direction} {limits_text.cap(cap)}{where}"])

    async def limit_alternative(self, up: str, kib: str) -> Answer:
        direction, cap = _direction(up), cap_of(kib)
        await self._engine.limit_alternative(direction, cap)
        return Answer([f"success: {direction} {limits_text.cap(cap)} in alternative hours"])

    async def limit_schedule(self, days: str, hours: str = "", normal: str = "") -> Answer:
        if days == "off" and not hours:
            week = [*NORMAL_WEEK]
        elif not hours or normal not in ("", "normal"):
            raise Usage(f"type days and hours; usage: {COMMANDS['limit_schedule'].usage}")
        else:
            week = marked(self._engine.limits().schedule, hours_of(days, hours), alternative=not normal)
        await self._engine.limit_schedule(week)
        return Answer([f"success: alternative hours: {listed(week)}"])

    async def limit_lan(self, on: str) -> Answer:
        if on not in ("on", "off"):
            raise BadArgument(f"{on!r} is neither on nor off")
        await self._engine.limit_lan(exempt=on == "on")
        return Answer([f"success: {limits_text.lan(exempt=on == 'on')}"])

    # the program itself

    async def host_on_network(self, on: str = "") -> Answer:
        if on not in ("", "on", "off"):
            raise BadArgument(f"{on!r} is neither on nor off")
        hosting = await (self._engine.host_on_network(on=on == "on") if on else self._engine.hosting())
        if not hosting.on:
            lines = ["the tracker of this computer is for this computer alone"]
        else:
            lines = [f"the tracker of this computer is at {address}" for address in hosting.addresses]
            lines += [] if hosting.reachable else [f"other computers cannot reach it: {hosting.why}"]
        return Answer(lines, msgspec.to_builtins(hosting))

    async def check_network(self) -> Answer:
        check = await self._engine.check_network()
        return Answer(traffic_text.network(check), msgspec.to_builtins(check))

    async def status(self, v: str = "") -> Answer:
        status = await self._engine.status()
        lines, told = _status_lines(status), msgspec.to_builtins(status)
        if v:
            links = self._engine.links()
            lines += ["  " + traffic_text.link(link) for link in links]
            told["links"] = msgspec.to_builtins(links)
        return Answer(lines, told)

    async def help(self, command: str = "") -> Answer:
        if not command:
            width = max(len(known.usage) for known in COMMANDS.values())
            lines = [f"{known.usage:<{width}}  {known.help}" for known in COMMANDS.values()]
        elif command in COMMANDS:
            lines = [f"{COMMANDS[command].usage}: {COMMANDS[command].help}"]
        else:
            raise Usage(f"unknown command {command!r}; type: help")
        return Answer(lines, {"help": lines})


def _path(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # `~name` of nobody: a file may be called so
        return Path(text)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # too long, or not for us to see: the engine says it better
        return False


def _direction(text: str) -> Direction:
    match text:
        case "up" | "down":
            return text
        case _:
            raise BadArgument(f"{text!r} is neither up nor down")


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadArgument(f"{text!r} is not the number of a download; type: show_downloads -v")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= 1e9:
        raise BadArgument(f"{text!r} is not a number of seconds")
    return seconds


def _count(text: str | None) -> int | None:
    """Of an option that was typed."""
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadArgument(f"{text!r} is not a whole number")
    return int(text)


def _minute(at: int) -> str:
    return datetime.fromtimestamp(min(at, _LAST_DAY_S), UTC).strftime("%Y-%m-%d %H:%M UTC")


def _day(at: int) -> str:
    return datetime.fromtimestamp(min(at, _LAST_DAY_S), UTC).strftime("%Y-%m-%d")


def _file_line(file: FileView) -> str:
    return shown(file.name) + ("" if file.online else " (nobody online)")


def _details(download: DownloadView) -> str:
    percent = 100 if not download.size else 100 * download.done // download.size
    parts = [
        f"id {download.id}",
        f"{percent} %",
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


def _numbered(tracker: TrackerView) -> str:
    number = f"tracker {tracker.number}" if tracker.number else "tracker"
    return f"{number} at {tracker.address}"


def _status_lines(status: StatusView) -> list[str]:
    in_use = status.tracker
    return [
        f"user: {shown(status.user) if status.user else 'nobody is logged in'}",
        f"listening on {status.listen}",
        f"tracker: {f'{in_use.number} at {in_use.address}' if in_use else 'none can be reached'}",
        *(
            f"  {_numbered(tracker)}: {tracker_state(tracker.state, tracker.why)}"
            for tracker in status.trackers
        ),
        f"peers: {status.peers}, down {size_text(status.down)}/s, up {size_text(status.up)}/s",
        *limits_text.in_force(status.limits),
        f"received {size_text(status.received)}, sent {size_text(status.sent)}, "
        f"refetched {size_text(status.refetched)}, wasted {size_text(status.wasted)}, "
        f"{status.rejected} piece(s) rejected, {status.banned} peer(s) banned",
    ]
