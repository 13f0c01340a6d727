import re
from pathlib import Path

from prometheus_client.core import Metric
from prometheus_client.parser import text_string_to_metric_families

from shared.errors import NotFound, Violation
from tests.unit.trackerd.test_status import ALONE
from trackerd.counts import Counts
from trackerd.mesh.other import LinkState
from trackerd.metrics import Metrics

ROOT = Path(__file__).parents[3]


def told() -> list[Metric]:
    """By a tracker to which something of everything happened."""
    counts = Counts()
    counts.handshakes["client"] += 3
    counts.answered("Login")
    counts.answered("Join", NotFound())
    counts.answered("CreateGroup", copies=2)
    counts.ended(Violation("much", "size"))
    counts.committed(0.002)
    counts.committed(7.0)
    links = [LinkState(2, "a:1", True, 0, 5, False, 0, ""), LinkState(3, "b:1", False, 0, 0, False, 0, "")]
    figures = ALONE._replace(links=links, rows={64: 2, 200: 1})
    return [*text_string_to_metric_families(Metrics(counts, lambda: figures).text().decode())]


def test_what_was_counted_is_told() -> None:
    samples = {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in told()
        for sample in family.samples
    }
    for expected in (
        {("shoal_handshakes_total", "client"): 3, ("shoal_logins_total", "password", "ok"): 1},
        {("shoal_requests_total", "not_found", "Join"): 1, ("shoal_acks_total", "2"): 1},
        {("shoal_rejected_frames_total", "size"): 1, ("shoal_rows", "user"): 2, ("shoal_rows", "200"): 1},
        {("shoal_peer_up", "2"): 1, ("shoal_peer_up", "3"): 0, ("shoal_peer_lag_rows", "2"): 5},
        {("shoal_connections", "client"): 1204, ("shoal_presence_sessions",): 1204},
        {("shoal_commit_seconds_bucket", "0.001"): 0, ("shoal_commit_seconds_bucket", "0.0025"): 1},
        {("shoal_commit_seconds_bucket", "+Inf"): 2, ("shoal_commit_seconds_count",): 2},
        {("shoal_commit_seconds_sum",): 7.002},
    ):
        assert expected.items() <= samples.items()


def test_the_page_for_administrators_has_every_metric_with_its_labels_and_no_other() -> None:
    page = (ROOT / "docs/operation.md").read_text().partition("## Metrics")[2].partition("\n## ")[0]
    documented = re.findall(r"^\| `(shoal_\w+)(?:\{([a-z, ]+)\})?` \| (\w+) \|", page, re.MULTILINE)
    assert {(name, frozenset(labels.split(", ")) - {""}, kind) for name, labels, kind in documented} == {
        (
            f"{family.name}_total" if family.type == "counter" else family.name,
            frozenset(family.samples[0].labels) - {"le"},
            family.type,
        )
        for family in told()
    }
