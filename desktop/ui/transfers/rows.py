"""What the rows of the transfers say: a download, a file of one, something that is shared. No widgets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.engine.transfer_views import DownloadFile, LastSeen, SharedItem, Taken
from desktop.engine.views import DownloadView, LimitsView
from desktop.ui import amounts
from desktop.ui.desk import said_by_code
from desktop.ui.words import joined, mark, tr, tr_n
from desktop.wording import SENTENCES

COLUMNS = (
    mark("Name"),
    mark("Group"),
    mark("Progress"),
    mark("Status"),
    mark("Up"),
    mark("Time left"),
    mark("People"),
)
NAME, PROGRESS, STATUS, PEOPLE = 0, 2, 3, 6
NUMBERS = (4, 5, PEOPLE)
NAMED_MAX = 3
"""Of those who are waited for."""
ALL, ACTIVE, DONE, FAILED, SHARING = FILTERS = ("all", "active", "done", "failed", "sharing")
STATES = {ALL: "DPCF", ACTIVE: "DP", DONE: "C", SHARING: "", FAILED: "F"}
"""Which downloads each of them shows."""
_ICONS = {
    "D": ("download", "accent"),
    "W": ("pending", "muted"),
    "C": ("good", "good"),
    "P": ("pause", "muted"),
    "F": ("failed", "bad"),
}
_TINTS = {"D": "accent", "W": "muted", "C": "good", "P": "muted", "F": "bad"}
_STATE_WORDS = {
    "D": mark("downloading"),
    "W": mark("waits for its turn"),
    "C": mark("downloaded"),
    "P": mark("paused"),
    "F": mark("failed"),
}
_WHY = {
    "disk_full": SENTENCES["disk_full"],
    "no_tracker": mark("no tracker is there to say who has it; it goes on by itself"),
    "not_a_member": mark("you are no longer in the group"),
}
"""Where the engine says more than helps, or leaves out of which group."""
_LACKS_SOMEBODY = ("not_yet", "no_tracker", "timeout", "busy")
"""What keeps a download while nobody brings it. All else, like a full disk, is a reason of its own."""
_PRIORITY_WORDS = {"high": mark("before others"), "low": mark("after others")}


@dataclass
class Row:
    texts: tuple[str, ...]
    said: str
    tip: str
    mille: int | None
    """None has no bar."""
    icon: tuple[str, str]
    tint: str = "accent"
    faded: bool = False


def differing(one: Row, other: Row) -> set[int]:
    """The columns in which they look different."""
    pairs = zip(one.texts, other.texts, strict=True)
    columns = {at for at, (before, now) in enumerate(pairs) if before != now}
    if (one.mille, one.tint) != (other.mille, other.tint):
        columns.add(PROGRESS)
    if one.icon != other.icon:
        columns.add(NAME)
    return set(range(len(COLUMNS))) if one.faded != other.faded else columns


def stands_still(view: DownloadView) -> bool:
    """It is its turn, and there is nobody who brings anything."""
    return view.state == "D" and not view.sources and (not view.error or view.error.code in _LACKS_SOMEBODY)


def why_not(code: str, message: str = "") -> str:
    """Why a download stands still or has failed, inside a sentence; `message` is what the engine says."""
    return tr(_WHY[code]) if code in _WHY else said_by_code(code, message)


def untold(offline_s: int | None) -> str:
    """Why nobody is known who has it, where no tracker answers: for so long, as far as is known."""
    if not offline_s:
        return why_not("no_tracker")
    return tr("no tracker for {time} to say who has it; it goes on by itself", time=amounts.span(offline_s))


def stopped(limits: LimitsView, groups: Iterable[str]) -> frozenset[str]:
    """Of these groups, those of which the person's own limits let nothing come now."""
    of_all = limits.alternative_down if limits.alternative_now else limits.down
    of_one = {one.group for one in limits.groups if one.down == 0}
    return frozenset(group for group in groups if of_all == 0 or group in of_one)


def state_word(view: DownloadView) -> str:
    return tr(_STATE_WORDS[view.state])


def status(view: DownloadView, why: str = "") -> str:
    """In few words; `why` says more than the view does of one that brings nothing."""
    if view.state == "D" and view.rate >= 1:
        said = amounts.rate(view.rate)
    elif why:
        return why
    elif view.error:
        return why_not(view.error.code, view.error.message)
    elif view.state == "D":
        said = tr("waiting for data") if view.sources else tr("looks for somebody who has it")
    else:
        said = state_word(view)
    priority = _PRIORITY_WORDS.get(view.priority) if view.state in "DP" else None
    return tr("{what}, {priority}", what=said, priority=tr(priority)) if priority else said


def download(view: DownloadView, taken: Taken | None = None, why: str = "") -> Row:
    mille = 1000 if view.state == "C" else min(amounts.per_mille(view.done, view.size), 999)
    moving = view.state == "D"
    left = amounts.time_left(view.size - view.done, view.rate) if moving else ""
    name = amounts.short_name(view.name)
    if view.files > 1 and view.state != "C":
        done, whole = amounts.number(view.files_done), amounts.number(view.files)
        name += " " + amounts.isolated(tr("({done} of {whole})", done=done, whole=whole))
    said_status = status(view, why)
    texts = (
        name,
        amounts.name(view.group),
        amounts.size(view.size) if view.state == "C" else amounts.percent(mille),
        said_status,
        amounts.rate(taken.up) if taken and taken.up >= 1 else "",
        left,
        amounts.number(view.sources) if moving and view.sources else "",
    )
    percent = tr("{number} percent", number=amounts.number(mille // 10))
    said = joined([texts[0], percent, said_status, *([tr("{time} left", time=left)] if left else [])])
    tint = _TINTS[view.state]
    return Row(texts, said, amounts.name(view.path), mille, _ICONS[view.state], tint)


def file(one: DownloadFile, group_name: str) -> Row:
    """`group_name` is that of the folder, which is left out."""
    mille = 1000 if one.state == "C" else min(amounts.per_mille(one.done, one.size), 999)
    said_status = tr(_STATE_WORDS[one.state])
    figure = amounts.size(one.size) if one.state == "C" else amounts.percent(mille)
    people = amounts.number(one.people) if one.people else ""
    name = amounts.name(one.name.removeprefix(group_name))
    said = joined([name, figure, said_status])
    icon, tint = _ICONS[one.state], _TINTS[one.state]
    texts = (name, "", figure, said_status, "", "", people)
    return Row(texts, said, amounts.name(one.name), mille, icon, tint)


def and_more(count: int) -> Row:
    """In place of the files beyond those that are shown."""
    text = tr_n("and %n more files", count, one="and %n more file")
    return Row((text, "", "", "", "", "", ""), text, "", None, ("file", "muted"), faded=True)


def shared(item: SharedItem, taken: Taken | None = None) -> Row:
    is_folder = item.name.endswith("/")
    files = tr_n("%n files", item.files, one="%n file")
    people = [amounts.name(person) for person in taken.people] if taken else []
    does = tr("shared")
    if people:
        does = tr_n("%n people download it", len(people), one="%n person downloads it")
    texts = (
        amounts.short_name(item.name),
        amounts.name(item.group),
        amounts.size(item.size),
        joined([files, does]) if is_folder else does,
        amounts.rate(taken.up) if taken and taken.up >= 1 else "",
        "",
        amounts.number(len(people)) if people else "",
    )
    said = joined(filter(None, (texts[0], texts[2], texts[3], *people)))
    tip = "\n".join(people) or amounts.name(item.path)
    shape = "folder" if is_folder else "file"
    return Row(texts, said, tip, None, ("share" if people else shape, "accent" if people else "muted"))


def waits(seen: Sequence[LastSeen]) -> str:
    """For whom a download waits, and since when they are away."""
    if not seen:
        return tr("nobody has it any more")
    if any(one.ago_s == 0 for one in seen):
        people = [amounts.name(one.user) for one in seen if one.ago_s == 0]
        return tr_n(
            "{people} have it and are online, but cannot be reached",
            len(people),
            one="{people} has it and is online, but cannot be reached",
            people=joined(people),
        )
    named = [
        amounts.name(one.user)
        if one.ago_s is None
        else tr("{user} was {time} ago", user=amounts.name(one.user), time=amounts.span(one.ago_s))
        for one in seen[:NAMED_MAX]
    ]
    more = len(seen) - len(named)
    named += [tr_n("%n others", more, one="%n other")] if more else []
    return tr("nobody who has it is online: {people}", people=joined(named))
