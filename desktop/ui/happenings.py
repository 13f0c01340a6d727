"""What happened in the network, as a notice: who asks to join, who let me in, what came, what failed."""

from desktop.engine import events
from desktop.ui.amounts import name
from desktop.ui.group_acts import GroupActs
from desktop.ui.notices import Notices
from desktop.wording import SENTENCES, WITHDRAWN, name_changed


def tell(event: events.Event, notices: Notices, acts: GroupActs) -> None:  # noqa: C901  one case an event
    match event:
        case events.RequestCame(group=group, user=user):
            notices.ask(
                f"{name(user)} asks to join {name(group)}",
                ("Accept", lambda: acts.accept(group, user)),
                ("Reject", lambda: acts.reject(group, user)),
            )
        case events.Accepted():
            notices.tell(f"You are now a member of {name(event.group)}")
        case events.Rejected():
            notices.warn(f"Your request to join {name(event.group)} was turned down")
        case events.Removed():
            notices.warn(f"You are no longer a member of {name(event.group)}")
        case events.OwnerChanged():
            notices.tell(f"{name(event.group)} belongs to {name(event.user)} now")
        case events.NameChanged():
            said = name_changed(event.kind, name(event.old), name(event.new), rival=event.rival)
            notices.warn(said[0].upper() + said[1:], stays=event.kind != "file")
        case events.DownloadChanged(state="C"):
            notices.tell(f"{name(event.name)} is here")
        case events.DownloadChanged(state="F"):
            why = SENTENCES.get(event.error or "", event.error or "it failed").format(group=name(event.group))
            notices.fail(f"{name(event.name)} could not be downloaded: {why}")
        case events.ShareWithdrawn():
            why = WITHDRAWN.get(event.reason, event.reason)
            notices.warn(f"{name(event.name)} is no longer shared in {name(event.group)}: {why}")
        case events.DiskFilled():
            notices.fail(f"No space left for {name(event.path)}; it goes on by itself when there is")
        case events.ClockOff():
            notices.fail(f"The clock of this computer is off by {event.seconds} seconds; set it right")
        case events.PinMismatch():
            notices.fail(f"{name(event.address)}: {SENTENCES['pin_mismatch']}")
        case events.PinMet():
            notices.warn(
                f"First time at the tracker {name(event.address)}; its key is remembered\n{event.pin}"
            )
        case _:
            pass
