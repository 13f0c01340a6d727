"""What happened in the network, as a notice: who asks to join, who let me in, what came, what failed."""

from collections.abc import Callable

from desktop.engine import events
from desktop.ui.amounts import name, short_name
from desktop.ui.desk import said_by_code
from desktop.ui.groups.acts import GroupActs
from desktop.ui.groups.model import Place
from desktop.ui.notices import SHOWN_MS, Notices
from desktop.ui.transfers.rows import why_not
from desktop.ui.words import mark, tr, tr_n
from desktop.wording import name_changed


def tell(event: events.Event, notices: Notices, acts: GroupActs, reveal: Callable[[str], object]) -> None:  # noqa: C901  one case an event
    match event:
        case events.RequestCame(group=group, user=user):
            notices.ask(
                tr("{user} asks to join {group}", user=name(user), group=name(group)),
                (mark("Accept"), lambda: acts.accept(group, user)),
                (mark("Reject"), lambda: acts.reject(group, user)),
                about=Place(group, "request", user),
            )
        case events.Accepted():
            notices.tell(tr("You are now a member of {group}", group=name(event.group)))
        case events.MemberCame():
            notices.tell(tr("{user} is in {group} now", user=name(event.user), group=name(event.group)))
        case events.Rejected():
            notices.warn(tr("Your request to join {group} was turned down", group=name(event.group)))
        case events.Removed():
            notices.warn(tr("You are no longer a member of {group}", group=name(event.group)))
        case events.InviteRefused():
            why = said_by_code(event.reason)
            notices.warn(
                tr("The link to {group} was of no use: {why}", group=name(event.group), why=why), stays=True
            )
        case events.OwnerChanged():
            notices.tell(tr("{group} belongs to {user} now", group=name(event.group), user=name(event.user)))
        case events.NameChanged() if event.kind != "file":  # a file's newest stands there, as a new version
            said = name_changed(event.kind, name(event.old), name(event.new), rival=event.rival, words=tr)
            notices.warn(said[0].upper() + said[1:], stays=True)
        case events.DownloadChanged(state="C"):
            here = tr("{name} is here", name=short_name(event.name))
            notices.offer(here, (mark("Show in folder"), lambda: reveal(event.path)), SHOWN_MS)
        case events.DownloadChanged(state="F"):
            why = why_not(event.error or "internal")
            notices.fail(tr("{name} could not be downloaded: {why}", name=name(event.name), why=why))
        case events.DiskFilled():
            notices.fail(
                tr("No space left for {path}; it goes on by itself when there is", path=name(event.path))
            )
        case events.ClockOff():
            notices.fail(
                tr_n(
                    "The clock of this computer is off by %n seconds; set it right",
                    event.seconds,
                    one="The clock of this computer is off by %n second; set it right",
                )
            )
        case events.PinMismatch():
            notices.fail(f"{name(event.address)}: {said_by_code('pin_mismatch')}")
        case events.PinMet():
            notices.warn(
                tr("First time at the tracker {address}; its key is remembered", address=name(event.address))
                + f"\n{event.pin}"
            )
        case _:
            pass
