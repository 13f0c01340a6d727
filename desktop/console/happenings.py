"""What happened in the network, as a line for the person at the prompt."""

import shlex

from desktop.console.traffic_text import size_text
from desktop.engine import events
from desktop.wording import SENTENCES, WITHDRAWN, name_changed

_DOWNLOAD = {"D": "goes on", "P": "is paused", "X": "is cancelled"}


def line(event: events.Event) -> str:  # noqa: C901  one case an event
    match event:
        case events.Ready():
            return f"peers are served on {event.listen}"
        case events.TrackerChanged():
            return _tracker(event)
        case events.LoginAgain():
            return f"{SENTENCES.get(event.reason, event.reason)}; type: login <user> <password>"
        case events.RequestCame():
            accept = shlex.join(["accept_request", event.group, event.user])
            return f"{event.user} asks to join {event.group}; to let them in, type: {accept}"
        case events.Accepted():
            return f"you are now a member of {event.group}"
        case events.MemberCame():
            return f"{event.user} is a member of {event.group} now"
        case events.Rejected():
            return f"your request to join {event.group} was turned down"
        case events.Removed():
            return f"you are no longer a member of {event.group}"
        case events.InviteRefused():
            return f"the link to {event.group} was of no use: {SENTENCES.get(event.reason, event.reason)}"
        case events.OwnerChanged():
            return f"{event.group} belongs to {event.user} now"
        case events.NameChanged():
            return name_changed(event.kind, event.old, event.new, rival=event.rival)
        case events.FileAdded():
            return f"{event.user} shared {event.name} in {event.group}, {size_text(event.size)}"
        case events.FileRemoved():
            return f"nobody shares {event.name} in {event.group} any more"
        case events.DownloadChanged():
            return f"download {event.id}, {event.name}, {_download(event)}"
        case events.ShareWithdrawn():
            why = WITHDRAWN.get(event.reason, event.reason)
            return f"{event.name} is no longer shared in {event.group}: {why}"
        case events.ShareMoved():
            return f"{event.name} in {event.group} was moved; it is shared from {event.path} now"
        case events.ShareFound():
            again = shlex.join(["relink", event.group, event.name, event.path])
            return f"{event.name}, which was lost, is here again; to share it as before, type: {again}"
        case events.PieceRejected():
            return f"download {event.id}: piece {event.piece} of {event.peer} was bad; it is fetched again"
        case events.PeerBanned():
            return f"{event.peer} is kept out for some minutes: {event.reason}"
        case events.DiskFilled():
            return f"no space left for {event.path}; it goes on by itself when there is"
        case events.ClockOff():
            return f"the clock of this computer is off by {event.seconds} seconds; set it right"
        case events.PinMismatch():
            return f"{event.address}: {SENTENCES['pin_mismatch']}"
        case _:
            raise AssertionError(f"not for the prompt: {event}")


def _tracker(event: events.TrackerChanged) -> str:
    whom = f"tracker {event.number} at {event.address}" if event.number else f"the tracker at {event.address}"
    match event.state:
        case "connected":
            return f"connected to {whom}"
        case "behind":
            return f"connected to {whom}, which is still catching up: the newest changes may be missing"
        case "drain":
            return f"{whom} is stopping; moving to another one"
        case _:
            return f"lost {whom}; looking for another"


def _download(event: events.DownloadChanged) -> str:
    if event.state == "C":
        return f"is complete: {event.path}"
    if event.state == "F":
        why = SENTENCES.get(event.error or "", event.error or "").format(group=event.group)
        return f"failed: {why}"
    return _DOWNLOAD.get(event.state, event.state)
