"""What a look at the network found, and how the tracker of this computer is kept up: for a window that
says so in its own words. Plain values."""

import msgspec


class NetworkCheck(msgspec.Struct, frozen=True, kw_only=True):
    trackers: int
    reachable: int
    """Trackers of the network, and those of them that answer."""
    rtt: float | None
    """Seconds to the one in use and back."""
    listen: str
    """ip:port on which this device serves peers."""
    port: str
    """Whether others get there: reached; refused, timeout or unreachable, as the tracker found; local where
    it listens for this computer alone; same where the tracker is on this computer too, so that it cannot
    tell; unknown where none could be asked."""
    clock_off_s: float | None
    """How far this clock is before the tracker's."""
    folder: str
    """Where downloads go."""
    free: int | None
    """Bytes there; None where the folder cannot be looked at."""


class ServiceView(msgspec.Struct, frozen=True, kw_only=True):
    """The tracker of this computer, as what the system keeps up whether this program runs or not."""

    possible: bool
    on: bool
    name: str
    """What systemd calls it."""
    to_stay: str
    """What an administrator has to type so that it runs also while this person is not logged in; "" where it
    does."""
