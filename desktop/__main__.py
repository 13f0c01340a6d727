"""`shoal`: reads the arguments and becomes the window or the prompt."""

import gc
import logging
import os
import sys

from desktop import arguments
from desktop.console import main as console


def main(argv: list[str] | None = None) -> int:
    """The program's exit code (docs/console.md has the list)."""
    told = arguments.parse(sys.argv[1:] if argv is None else argv)
    logging.basicConfig(
        level=told.log_level.upper(),
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        stream=sys.stderr,
    )
    if told.console:
        return console.run(told)
    if not _has_display():
        sys.stderr.write("shoal: no display here, so this is the prompt; type `help`\n")
        return console.run(told)
    gc.disable()  # what is imported stays: to look through it would delay the window, and its ticks later
    from desktop import app  # here, as Qt is loaded only where there is a window

    gc.freeze()  # and it stays disabled: see desktop.collector
    return app.run(told)


def _has_display() -> bool:
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main())
