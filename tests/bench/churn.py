"""The scenario that a swarm's harness has not: who wants the file comes one by one, and some leave half way.

One who leaves says goodbye, the other just falls silent. What they alone had of the seeds must be sent again.
"""

import contextlib
import os
import signal
import threading
import time
from typing import Any

from tests.sim.swarm.scenarios import Scenario

LEAVING = (2, 5)
LOOKED_S = 0.25


def harness(scenario: Scenario) -> dict[str, Any]:
    """As the harness has its own, and in `every` the seconds between two who come."""
    seeds, leeches = (
        [(line.up, line.down) for line in lines] for lines in (scenario.seeds, scenario.leechers)
    )
    how = {"mib": scenario.mib, "rtt": scenario.rtt_ms, "every": scenario.apart_s}
    return {"seeds": seeds, "leeches": leeches, **how}


def run(
    swarm: Any, name: str, program: str, seconds_max: float
) -> tuple[list[float | None], bool, float, float]:
    """As the harness's own run(): seconds of each who stays, whether all is the same, files sent by seeds,
    bytes on the wire for each needed."""
    sc, driver = swarm.SCENARIOS[name], swarm.load(program)
    size = sc["mib"] << 20
    src = swarm.SCRATCH / f"data/swarm{sc['mib']}.bin"
    if not src.exists():
        src.parent.mkdir(exist_ok=True)
        src.write_bytes(os.urandom(size))
    nodes, namespaces, bridge = swarm.network(sc)
    seeds, takers = nodes[: len(sc["seeds"])], nodes[len(sc["seeds"]) :]
    processes: list[Any] = []
    try:
        meta = driver.prepare(src, swarm.fresh(swarm.SCRATCH / "meta-swarm"))
        processes += [driver.start_seed(node, meta, src) for node in seeds]
        leeches = [  # each knows of those who came before it
            driver.start_leech(node, meta, src, nodes[: len(seeds) + number])
            for number, node in enumerate(takers)
        ]
        processes += leeches
        before = swarm.counters(bridge)
        times = _times(swarm, driver, leeches, bridge, len(seeds), size, sc["every"], seconds_max)
        sent = [after[0] - was[0] for was, after in zip(before, swarm.counters(bridge), strict=True)]
        stayed = [node for number, node in enumerate(takers) if number not in LEAVING]
        time.sleep(2)  # some say that they are done before all is written
        is_same = all(swarm.same(src, driver.output(node, src)) for node in stayed)
        needed = size * (len(takers) - len(LEAVING) / 2)
        return times, is_same, sum(sent[: len(seeds)]) / size, sum(sent) / needed
    finally:
        for process in processes:
            process.stop()
        bridge.stop()
        for namespace in namespaces:
            with contextlib.suppress(Exception):
                swarm.sh("ip", "netns", "del", namespace)


def _times(
    swarm: Any,
    driver: Any,
    leeches: list[Any],
    bridge: Any,
    seeds: int,
    size: int,
    every_s: float,
    seconds_max: float,
) -> list[float | None]:
    times: list[float | None] = [None] * len(leeches)

    def live(number: int) -> None:
        time.sleep(number * every_s)
        arrived_at = time.monotonic()
        driver.go(leeches[number])
        if driver.wait(leeches[number], seconds_max) is not None:
            times[number] = time.monotonic() - arrived_at

    before = swarm.counters(bridge)
    staying = [threading.Thread(target=live, args=(number,), daemon=True) for number in range(len(leeches))]
    for thread in staying:
        thread.start()
    to_leave = dict(zip(LEAVING, (signal.SIGTERM, signal.SIGKILL), strict=True))
    while any(thread.is_alive() for thread in staying):
        came = [after[1] - was[1] for was, after in zip(before, swarm.counters(bridge), strict=True)]
        for number in [number for number in to_leave if came[seeds + number] > size / 2]:
            for pid in leeches[number].tree():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, to_leave[number])
            del to_leave[number]
        time.sleep(LOOKED_S)
    return [seconds for number, seconds in enumerate(times) if number not in LEAVING]
