"""What systemd is told: one datagram to the socket it names; nothing where it names none."""

import os
import socket


def notify(state: str) -> None:
    """`READY=1`, `STOPPING=1`, `WATCHDOG=1`, `STATUS=…`, or several lines of these."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address or not hasattr(socket, "AF_UNIX"):
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        try:
            # An @ stands for the NUL of an abstract name.
            sender.sendto(state.encode(), "\0" + address[1:] if address[0] == "@" else address)
        except OSError:  # nobody listens any more; the tracker goes on
            return


def watchdog_s() -> float | None:
    """How often WATCHDOG=1 is due: twice as often as systemd asks."""
    asked_us = os.environ.get("WATCHDOG_USEC", "")
    is_ours = os.environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    return int(asked_us) / 2e6 if asked_us.isdecimal() and int(asked_us) and is_ours else None
