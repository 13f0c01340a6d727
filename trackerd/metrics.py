"""What Prometheus is told: the tracker's counts and figures, under names that do not change."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from trackerd.counts import COMMIT_BUCKETS_S, Counts
from trackerd.status import CONNECTIONS, Figures, kind_name

CONTENT_TYPE = CONTENT_TYPE_LATEST
Values = Iterable[tuple[tuple[str, ...], int]]
"""Of a counter: by the values of its labels."""


class Metrics(Collector):
    """Asks when it is asked: nothing is counted for it alone."""

    def __init__(self, counts: Counts, figures: Callable[[], Figures]) -> None:
        self._counts, self._figures = counts, figures
        self._registry = CollectorRegistry(auto_describe=False)  # nothing else, and not of this process alone
        self._registry.register(self)

    def text(self) -> bytes:
        """In Prometheus's format; some milliseconds."""
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        yield from _figures(self._figures())
        yield from _counts(self._counts)


def _figures(it: Figures) -> Iterator[Metric]:
    connections = {kind: it.connections.get(kind, 0) for kind in CONNECTIONS}  # a nought is a figure too
    yield _gauge("connections", "Connections of clients now, by kind.", "kind", connections)
    yield _gauge("rows", "Rows in the store, by kind.", "kind", {kind_name(k): n for k, n in it.rows.items()})
    yield _gauge(
        "peer_up",
        "Whether the link to that tracker is up.",
        "number",
        {str(link.number): int(link.is_up) for link in it.links},
    )
    yield _gauge(
        "peer_lag_rows",
        "Rows written here that that tracker has not acknowledged.",
        "number",
        {str(link.number): link.lag_rows for link in it.links},
    )
    yield GaugeMetricFamily(
        "shoal_presence_sessions",
        "Clients online that this tracker knows of, at all trackers.",
        it.sessions_here + it.sessions_elsewhere,
    )


def _counts(it: Counts) -> Iterator[Metric]:
    yield _counter("handshakes", "TLS handshakes, by how they ended.", ["result"], _alone(it.handshakes))
    yield _counter("logins", "By kind and result.", ["kind", "result"], it.logins.items())
    yield _counter("requests", "Of clients, by message and result.", ["tag", "code"], it.requests.items())
    yield _counter(
        "acks",
        "Writes that were answered, by the trackers that had them.",
        ["copies"],
        _alone({1: 0, 2: 0} | it.copies),
    )
    yield _counter("rejected_frames", "What broke the protocol, by reason.", ["reason"], _alone(it.rejected))
    ends = [*map(str, COMMIT_BUCKETS_S), "+Inf"]
    buckets = [*zip(ends, map(float, itertools.accumulate(it.commits)), strict=True)]
    help_text = "From the begin of a transaction to its being on the disk."
    yield HistogramMetricFamily("shoal_commit_seconds", help_text, buckets, it.commits_s)


def _gauge(name: str, help_text: str, label: str, values: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(f"shoal_{name}", help_text, labels=[label])
    for value, count in values.items():
        family.add_metric([value], count)
    return family


def _counter(name: str, help_text: str, labels: list[str], values: Values) -> Metric:
    family = CounterMetricFamily(f"shoal_{name}", help_text, labels=labels)
    for label_values, count in values:
        family.add_metric(label_values, count)
    return family


def _alone(values: Mapping[str, int] | Mapping[int, int]) -> Values:
    return [((str(value),), count) for value, count in values.items()]
