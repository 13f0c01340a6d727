"""Trackers, the network and the program itself at the prompt."""

import msgspec

from desktop.console import limits_text, traffic_text
from desktop.console.acts.answers import Acts, Answer, is_on, path_of
from desktop.console.commands import COMMANDS
from desktop.console.traffic_text import size_text
from desktop.engine.views import StatusView, TrackerView
from desktop.wording import tracker_state
from shared.errors import Usage
from shared.names import shown


class ProgramActs(Acts):
    async def host_on_network(self, on: str = "") -> Answer:
        hosting = await (self._engine.host_on_network(on=is_on(on)) if on else self._engine.hosting())
        if not hosting.on:
            lines = ["the tracker of this computer is for this computer alone"]
        else:
            lines = [f"the tracker of this computer is at {address}" for address in hosting.addresses]
            lines += [] if hosting.reachable else [f"other computers cannot reach it: {hosting.why}"]
        return Answer(lines, msgspec.to_builtins(hosting))

    async def serve_tracker(self, on: str = "") -> Answer:
        view = await self._engine.serve_tracker(on=is_on(on)) if on else self._engine.tracker_service()
        if view.on:
            lines = [f"the system keeps the tracker of this computer running, as {view.name}"]
            lines += [f"to let it run while you are not logged in, type: {view.to_stay}"] * bool(view.to_stay)
        else:
            lines = ["the tracker of this computer runs while this program does"]
            lines += [] if view.possible else ["nothing here can keep it running: there is no systemd"]
        return Answer(lines, msgspec.to_builtins(view))

    async def use_network(self, file: str) -> Answer:
        await self._engine.use_network(None if file == "own" else path_of(file))
        where = "the tracker of this computer is" if file == "own" else f"the trackers of {shown(file)} are"
        logged_in = "" if self._engine.user else "; nobody is logged in there"
        return Answer([f"success: {where} in use now{logged_in}"], {"user": self._engine.user})

    async def check_trackers(self, file: str) -> Answer:
        asked: dict[int | None, TrackerView] = {}
        await self._engine.check_trackers(path_of(file), lambda one: asked.update({one.number: one}))
        views = [*asked.values()]
        return Answer([_tracker_line(one) for one in views], {"trackers": msgspec.to_builtins(views)})

    async def retry_trackers(self) -> Answer:
        self._engine.retry_trackers()
        return Answer(["success: it looks for a tracker now"])

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


def _tracker_line(tracker: TrackerView) -> str:
    number = f"tracker {tracker.number}" if tracker.number else "tracker"
    return f"{number} at {tracker.address}: {tracker_state(tracker.state, tracker.why)}"


def _status_lines(status: StatusView) -> list[str]:
    in_use = status.tracker
    return [
        f"user: {shown(status.user) if status.user else 'nobody is logged in'}",
        f"listening on {status.listen}",
        f"tracker: {f'{in_use.number} at {in_use.address}' if in_use else 'none can be reached'}",
        *(f"  {_tracker_line(tracker)}" for tracker in status.trackers),
        f"peers: {status.peers}, down {size_text(status.down)}/s, up {size_text(status.up)}/s",
        *limits_text.in_force(status.limits),
        f"received {size_text(status.received)}, sent {size_text(status.sent)}, "
        f"refetched {size_text(status.refetched)}, wasted {size_text(status.wasted)}, "
        f"{status.rejected} piece(s) rejected, {status.banned} peer(s) banned",
    ]
