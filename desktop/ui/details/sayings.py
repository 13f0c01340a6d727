"""A download's peers and what happened to it, in sentences."""

from PySide6.QtCore import QDateTime, QLocale

from desktop.engine.views import DownloadView, NoteView, SourceView
from desktop.ui import amounts
from desktop.ui.transfers.rows import why_not
from desktop.ui.words import joined, mark, tr, tr_n
from desktop.wording import WAITS_FOR

_PEER_STATES = {
    "sending": mark("sends"),
    "held": mark("held back by your limit"),
    "late": mark("is slow to answer"),
    "idle": mark("waits"),
    "opening": mark("is being asked"),
    "gone": mark("is gone"),
}
_NOTES = {
    "begun": mark("Started"),
    "goes_on": mark("Goes on"),
    "waits": mark("Waits: {why}"),
    "gives": mark("{user} gives pieces of it"),
    "left": mark("{user} is gone"),
    "stalled": mark("{user} does not answer any more"),
    "bad_piece": mark("A piece from {user} was not what was shared; it was thrown away"),
    "again": mark("{size} are downloaded again, as they had not been written down"),
    "paused": mark("Paused"),
    "complete": mark("Complete, and every piece of it was checked"),
    "failed": mark("Failed: {why}"),
}


def note(view: NoteView) -> str:
    """One line of the log."""
    at = QDateTime.fromSecsSinceEpoch(view.at)
    day = at.date() == QDateTime.currentDateTime().date()
    text = (
        QLocale().toString(at.time(), "HH:mm:ss")
        if day
        else QLocale().toString(at, QLocale.FormatType.ShortFormat)
    )
    said = tr(
        _NOTES[view.what],
        user=amounts.name(view.user),
        why=tr(WAITS_FOR["a_way"]) if view.detail == "not_yet" else why_not(view.detail),
        size=amounts.size(int(view.detail)) if view.what == "again" else "",
    )
    return f"{amounts.isolated(text)}  {said}"


def peer_state(peer: SourceView) -> str:
    """What it does, in few words."""
    parts = []
    if peer.state != "idle" or peer.given:
        parts.append(tr(_PEER_STATES[peer.state]))
    if peer.takes:
        parts.append(tr("downloads it too") if peer.state != "idle" or peer.given else tr("downloads it"))
    return joined(parts or [tr(_PEER_STATES[peer.state])])


def peer_amounts(peer: SourceView) -> str:
    parts = [tr("gave {size}", size=amounts.size(peer.given))] if peer.given else []
    if peer.taken and peer.takes:  # of all files; who fetches others only has to do with them
        parts.append(tr("took {size} in all", size=amounts.size(peer.taken)))
    return joined(parts)


def peer_said(peer: SourceView, name: str) -> str:
    """A sentence for who does not see the list, in which it is called `name`."""
    proven = tr("membership proven") if peer.proven else tr("not linked")
    rates = tr("down {down}, up {up}", down=amounts.rate(peer.down), up=amounts.rate(peer.up))
    parts = [name, peer_state(peer), peer_amounts(peer), rates, peer.address, proven]
    return joined(filter(None, parts))


def headline(view: DownloadView, why: str = "") -> str:
    """What the download does, or why it does nothing; `why` says more of one that brings nothing."""
    if why:
        return why[:1].upper() + why[1:]
    if view.error:
        said = why_not(view.error.code, view.error.message)
        return said[:1].upper() + said[1:]
    if view.state == "C":
        return tr("Complete")
    if view.state == "P":
        return tr("Paused")
    if view.sources and view.rate < 1:
        return tr_n("Waits for data from %n people", view.sources, one="Waits for data from %n person")
    if view.sources:
        said = tr_n("Comes from %n people", view.sources, one="Comes from %n person")
        left = amounts.time_left(view.size - view.done, view.rate)
        return tr("{what}, {time} left", what=said, time=left) if left else said
    return tr("Looks for somebody who has it")


def how_far(view: DownloadView) -> str:
    """42 %, 1.3 GB of 3.1 GB, 12 MB/s."""
    if view.state == "C":
        return amounts.size(view.size)
    mille = min(amounts.per_mille(view.done, view.size), 999)
    done, whole = amounts.size(view.done), amounts.size(view.size)
    parts = [amounts.percent(mille), tr("{done} of {whole}", done=done, whole=whole)]
    if view.state == "D" and view.rate >= 1:
        parts.append(amounts.rate(view.rate))
    return "  ·  ".join(parts)
