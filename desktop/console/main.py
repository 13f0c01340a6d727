"""`shoal console`: the engine and the prompt on a plain asyncio loop, started and stopped in order."""

import asyncio
import contextlib
import io
import signal
import sys
from typing import cast

from desktop import settings
from desktop.arguments import Arguments
from desktop.console.prompt import Prompt
from desktop.engine.engine import Engine
from desktop.paths import Profile
from desktop.wording import sentence
from shared.errors import ShoalError
from shared.exit_codes import Exit, exit_of

SMOKE_S_MAX = 30.0


def run(told: Arguments) -> int:
    set_up_output()
    try:
        profile = Profile.open(told.profile)
        with profile.lock():
            return asyncio.run(_run(told, profile))
    except (ShoalError, OSError) as error:
        sys.stderr.write(f"shoal: {sentence(error)}\n")
        return exit_of(error)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


def set_up_output() -> None:
    """Answers are UTF-8, whatever the system's pipes are used to, and whole: without a buffer, as
    PYTHONUNBUFFERED has it, Python drops the rest of a long one when a signal comes while it is written."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        if isinstance(sys.stdout.buffer, io.FileIO):
            sys.stdout = io.TextIOWrapper(io.BufferedWriter(cast("io.FileIO", sys.stdout.detach())))
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


async def _run(told: Arguments, profile: Profile) -> int:
    current = settings.load(profile.settings).told(told.download_dir)
    profile.check_download_dir(current.download_dir)
    engine = Engine(profile, current)
    prompt = Prompt(engine, sys.stdout, json=told.json, interactive=sys.stdin.isatty())
    engine.subscribe(prompt.tell)
    main_task = asyncio.current_task()
    assert main_task is not None
    interrupted: list[int] = []

    def interrupt(number: int) -> None:
        if not interrupted:  # a second one must not cut short how the first ends it
            main_task.cancel()
        interrupted.append(number)

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: KeyboardInterrupt instead
            loop.add_signal_handler(number, interrupt, number)
    try:
        await engine.start(told.listen, told.tracker_file, resume=False)
        if told.smoke:
            return await _smoke(engine)
        await prompt.run()
    except asyncio.CancelledError:
        if not interrupted:
            raise
        return Exit.INTERRUPTED if interrupted[0] == signal.SIGINT else Exit.OK
    finally:
        await engine.stop()
    return Exit.OK


async def _smoke(engine: Engine) -> int:
    """Proves that engine and tracker answer each other."""
    status = await engine.wait_for_tracker(SMOKE_S_MAX)
    sys.stdout.write(f"smoke: listening on {status.listen}, tracker {status.tracker}\n")
    return Exit.OK
