"""What happened in a group, as the prompt prints it."""

from datetime import UTC, datetime

from desktop.engine.views import ActivityView
from shared.names import shown

_LAST_S = 253_402_300_799
"""9999-12-31, which is as far as a date can be written."""
_DID = {
    "created": "created the group",
    "joined": "joined",
    "left": "left",
    "owner": "owns the group now",
    "shared": "shared",
    "fetched": "fetched",
    "stopped": "stopped sharing",
}


def line(act: ActivityView) -> str:
    when = datetime.fromtimestamp(min(act.at, _LAST_S), UTC).strftime("%Y-%m-%d %H:%M")
    if act.what == "removed":
        return f"{when} {shown(act.by)} removed {shown(act.user)}"
    what = shown(act.name)
    if act.files > 1:
        what = f"{act.files} files" + (f" in {what}" if what else "")
    return f"{when} {shown(act.user)} {_DID[act.what]} {what}".rstrip()
