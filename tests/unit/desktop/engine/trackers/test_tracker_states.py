from desktop.engine.trackers.known_networks import Candidate
from desktop.engine.trackers.tracker_states import TrackerStates
from desktop.engine.views import TrackerInUse
from shared.clock import SystemClock

OWN = [Candidate(ip, 24817, bytes(32), 1) for ip in ("127.0.0.1", "192.168.1.5")]
OTHERS = [Candidate("192.0.2.2", 21001, bytes([2]) * 32, 2), Candidate("192.0.2.3", 21001, None, None)]
ALL = [OWN[0], OTHERS[0], OWN[1], OTHERS[1]]


def shown(states: TrackerStates, in_use: TrackerInUse | None = None) -> list[tuple[str, str]]:
    return [(one.address, one.state) for one in states.views(ALL, in_use, behind=False)]


def test_a_tracker_is_one_line_at_the_address_where_it_does_best() -> None:
    states = TrackerStates(SystemClock())
    others = [("192.0.2.2:21001", "unknown"), ("192.0.2.3:21001", "unknown")]
    assert shown(states) == [("127.0.0.1:24817", "unknown"), *others]
    states.lost(OWN[0].address, ConnectionRefusedError())
    assert shown(states) == [("192.168.1.5:24817", "unknown"), *others]
    states.lost(OWN[1].address, TimeoutError())
    assert shown(states) == [("127.0.0.1:24817", "lost"), *others]
    in_use = TrackerInUse(number=1, address=OWN[1].address)
    assert shown(states, in_use) == [("192.168.1.5:24817", "connected"), *others]
