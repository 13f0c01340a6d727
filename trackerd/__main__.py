"""`trackerd`: reads the arguments, runs the daemon or a tool, and says by its exit code how it ended."""

import asyncio
import contextlib
import functools
import gc
import random
import sys

from shared.clock import Clock, SystemClock
from shared.errors import Coded
from shared.exit_codes import Exit, exit_of
from shared.names import shown
from trackerd import program, tools
from trackerd.arguments import Typed, parse
from trackerd.config import load
from trackerd.said import start_log

if sys.platform != "win32":
    import resource


def main(argv: list[str] | None = None, clock: Clock | None = None) -> int:
    """The program's exit code (docs/protocol.md has the list). A tracker goes by `clock`."""
    typed = parse(sys.argv[1:] if argv is None else argv)
    try:
        return tools.run(typed) if typed.tool else _start(typed, clock or SystemClock())
    except (Coded, OSError) as error:
        sys.stderr.write(f"trackerd: {shown(_worded(error))}\n")
        return exit_of(error)


def _start(typed: Typed, clock: Clock) -> Exit:
    settings = load(typed.config, typed.settings)
    if typed.options["check"]:
        return tools.check(settings)
    start_log(settings.log_format, settings.log_level)
    _raise_open_files()
    _search_rings_seldom()
    reload = functools.partial(load, typed.config, typed.settings)
    asyncio.run(program.run(settings, reload, clock, random.SystemRandom()))
    return Exit.OK


def _raise_open_files() -> None:
    """Each client is one; the limit that systems give to begin with is for programs that use select()."""
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        with contextlib.suppress(OSError, ValueError):  # forbidden, or more than there can be
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _search_rings_seldom() -> None:
    """Hardly anything here ends as a ring of references, and to look for them takes longer the more clients
    there are: a tenth of all processor time, and tens of milliseconds at once."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _worded(error: Coded | OSError) -> str:
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror


if __name__ == "__main__":
    sys.exit(main())
