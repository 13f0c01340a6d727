"""Several hosts on one machine: a network namespace each, joined by a bridge. Needs root."""

import ctypes
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

NETWORK = "10.77.0"
_NOBODY = "02:00:00:00:00:01"
"""Whatever goes to this address on the wire, nobody takes."""
_CLONE_NEWNET = 0x40000000


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


class Host:
    def __init__(self, name: str, address: str) -> None:
        self.name = name
        self.address = address

    @property
    def prefix(self) -> tuple[str, ...]:
        """What a command line begins with to run there."""
        return ("ip", "netns", "exec", self.name)

    def cut(self) -> None:
        """Nothing comes or goes any more, and nobody is told."""
        _ip("-n", self.name, "link", "set", "eth0", "down")

    def heal(self) -> None:
        _ip("-n", self.name, "link", "set", "eth0", "up")

    def loses(self, other: "Host") -> None:
        """What it sends to `other` arrives nowhere, and nobody is told; the other way is as it was."""
        at = ("lladdr", _NOBODY, "dev", "eth0", "nud", "permanent")
        _ip("-n", self.name, "neigh", "replace", other.address, *at)

    def reaches(self, other: "Host") -> None:
        """Again, after loses()."""
        _ip("-n", self.name, "neigh", "del", other.address, "dev", "eth0")

    def enter(self) -> None:
        """Sockets that this thread makes from now on are there."""
        libc = ctypes.CDLL(None, use_errno=True)
        with open(f"/run/netns/{self.name}") as place:  # noqa: PTH123  only for its number
            if libc.setns(place.fileno(), _CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")


@contextmanager
def hosts(count: int) -> Iterator[list[Host]]:
    """Skips the test where namespaces cannot be made."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("needs root, to make network namespaces")
    hub = f"shoal-hub-{os.getpid()}"
    made = [Host(f"shoal-{number}-{os.getpid()}", f"{NETWORK}.{number}") for number in range(1, count + 1)]
    try:
        _make(hub, made)
        yield made
    finally:
        for name in (hub, *(host.name for host in made)):
            subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)


def _make(hub: str, made: list[Host]) -> None:
    try:
        _ip("netns", "add", hub)
        _ip("-n", hub, "link", "add", "br0", "type", "bridge")
        _ip("-n", hub, "link", "set", "br0", "up")
        for number, host in enumerate(made):
            _ip("netns", "add", host.name)
            _ip("-n", host.name, "link", "set", "lo", "up")
            port = f"port{number}"
            _ip("-n", hub, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", host.name)
            _ip("-n", hub, "link", "set", port, "master", "br0", "up")
            _ip("-n", host.name, "address", "add", f"{host.address}/24", "dev", "eth0")
            host.heal()
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"network namespaces cannot be made here: {error}")
