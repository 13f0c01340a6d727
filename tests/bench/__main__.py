"""`./dev bench NAME [ARGUMENT...]`: one measurement. Without a name: the list."""

import sys

from tests.bench import (
    gui,
    hashing,
    huge,
    limits,
    links,
    many,
    mesh,
    picker,
    prompt,
    rivals,
    small,
    store,
    swarm,
    tracker,
    transfer,
    window,
)

BENCHES = {
    "links": links,
    "many": many,
    "transfer": transfer,
    "window": window,
    "gui": gui,
    "small": small,
    "hash": hashing,
    "huge": huge,
    "limits": limits,
    "prompt": prompt,
    "tracker": tracker,
    "store": store,
    "picker": picker,
    "mesh": mesh,
    "rivals": rivals,
    "swarm": swarm,
}


def main() -> int:
    name, *arguments = sys.argv[1:] or [""]
    if name not in BENCHES:
        for bench in BENCHES.values():
            what, usage = (bench.__doc__ or "").split("\n")[:3:2]
            sys.stdout.write(f"{usage.strip()}\n    {what}\n")
        return 2 if name else 0
    BENCHES[name].main(arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main())
