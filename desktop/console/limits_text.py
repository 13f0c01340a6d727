"""Caps of rates and their hours, as the prompt prints them."""

from desktop.engine.limits.rules import Cap
from desktop.engine.limits.schedule import listed
from desktop.engine.views import LimitsInForce, LimitsView
from shared.names import shown


def cap(kib_per_s: Cap) -> str:
    if kib_per_s is None:
        return "not limited"
    return f"limited to {kib_per_s} KiB/s" if kib_per_s else "stopped"


def lan(*, exempt: bool) -> str:
    return f"your own network: {'not limited' if exempt else 'limited like all'}"


def lines(limits: LimitsView) -> list[str]:
    return [
        f"up {cap(limits.up)}, down {cap(limits.down)}",
        f"alternative hours: {listed(limits.schedule)}{' (now)' if limits.alternative_now else ''}",
        f"  in them: up {cap(limits.alternative_up)}, down {cap(limits.alternative_down)}",
        *(f"{shown(one.group)}: up {cap(one.up)}, down {cap(one.down)}" for one in limits.groups),
        lan(exempt=limits.lan_exempt),
    ]


def in_force(limits: LimitsInForce) -> list[str]:
    """A line for the status; none where nothing is limited."""
    if limits.up is None and limits.down is None and not limits.alternative_now:
        return []
    alternative = " (alternative hours)" if limits.alternative_now else ""
    return [f"limits: up {cap(limits.up)}, down {cap(limits.down)}{alternative}"]
