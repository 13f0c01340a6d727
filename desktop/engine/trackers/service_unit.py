"""The tracker of this computer as a service of its user: what systemd reads."""

from collections.abc import Sequence

_UNIT = """\
# Written by Shoal, which writes it anew where it has to: Preferences, Trackers
[Unit]
Description=Shoal tracker

[Service]
Type=notify
ExecStart={command}
Restart=on-failure
RestartSec=2
WatchdogSec=30
TimeoutStartSec=30min
TimeoutStopSec=20
UMask=0077
NoNewPrivileges=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
RestrictRealtime=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
SystemCallArchitectures=native
LimitCORE=0

[Install]
WantedBy=default.target
"""
_ESCAPED = {"\\": "\\\\", '"': '\\"', "%": "%%", "$": "$$"}


def unit(command: Sequence[str]) -> str:
    """`command` begins with the path of a program; any text may be a word of it."""
    return _UNIT.format(command=" ".join(map(_quoted, command)))


def to_stay(user: str) -> str:
    """What an administrator types so that the services of this user run whether they are logged in or not."""
    return f"sudo loginctl enable-linger {user}"


def _quoted(word: str) -> str:
    return '"' + "".join(map(_escaped, word)) + '"'


def _escaped(letter: str) -> str:
    if letter.isprintable():
        return _ESCAPED.get(letter, letter)
    return "".join(f"\\x{byte:02x}" for byte in letter.encode(errors="surrogateescape"))
