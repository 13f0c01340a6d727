"""Several hosts on one machine: a network namespace each, joined by a bridge. Needs root."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

NETWORK = "10.77.0"


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
