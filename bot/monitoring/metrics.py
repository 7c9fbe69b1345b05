"""The metrics as Prometheus reads them. Labels are kinds, outcomes, methods and statuses, and never ids."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from bot import __version__
from bot.monitoring.alarms import Alarm, raised
from bot.monitoring.counts import LAG_BOUNDS, Counts, Deliveries
from bot.monitoring.monitor import Monitor
from bot.monitoring.vitals import Vitals

INTERACTIONS = {2: "application_command", 3: "component", 4: "autocomplete", 5: "modal_submit"}
"""discord.py's names for Discord's numbers."""


class PlumblineCollector(Collector):
    """Makes metrics of the plain numbers that the bot's parts count, whenever somebody asks."""

    def __init__(self, monitor: Monitor, counts: Counts, deliveries: Deliveries) -> None:
        self._monitor = monitor
        self._counts = counts
        self._deliveries = deliveries

    def collect(self) -> Iterator[Metric]:
        vitals = self._monitor.glance()
        yield InfoMetricFamily("plumbline_build", "The version that runs.", {"version": __version__})
        yield from _health(vitals)
        yield from self._queues(vitals)
        yield from self._counted()

    def _queues(self, vitals: Vitals) -> Iterator[Metric]:
        waiting = GaugeMetricFamily(
            "plumbline_waiting", "What is due and not delivered yet.", labels=["kind"]
        )
        oldest = GaugeMetricFamily(
            "plumbline_waiting_oldest_seconds", "Since when the oldest of it has been due.", labels=["kind"]
        )
        for kind in sorted({one.kind for one in self._monitor.waiting}):
            same = [one for one in self._monitor.waiting if one.kind == kind]
            waiting.add_metric([kind], sum(one.count for one in same))
            oldest.add_metric([kind], (vitals.at - min(one.since for one in same)).total_seconds())
        yield waiting
        yield oldest
        late = timedelta() if vitals.overdue is None else vitals.at - vitals.overdue.since
        yield _gauge("plumbline_overdue_seconds", "By how much the oldest thing that is due is late.", late)

    def _counted(self) -> Iterator[Metric]:
        counts, db = self._counts, self._monitor.db
        deliveries = CounterMetricFamily(
            "plumbline_deliveries", "Tries to deliver something.", labels=["kind", "outcome"]
        )
        for labels, count in self._deliveries().items():
            deliveries.add_metric(labels, count)
        requests = CounterMetricFamily(
            "plumbline_discord_requests", "Requests to Discord.", labels=["method", "status"]
        )
        for (method, status), count in counts.requests.items():
            requests.add_metric([method, str(status or "none")], count)
        interactions = CounterMetricFamily("plumbline_interactions", "What people did.", labels=["type"])
        for type, count in counts.interactions.items():
            interactions.add_metric([INTERACTIONS.get(type, str(type))], count)
        yield from (deliveries, requests, interactions)
        yield CounterMetricFamily(
            "plumbline_rate_limit_wait_seconds", "How long Discord has asked to wait.", counts.limited_seconds
        )
        transactions = CounterMetricFamily(
            "plumbline_database_transactions", "Transactions that ended well.", labels=["type"]
        )
        transactions.add_metric(["read"], db.reads)
        transactions.add_metric(["write"], db.writes)
        yield transactions
        yield HistogramMetricFamily(
            "plumbline_event_loop_lag_seconds",
            "By how much the event loop is late, measured twice a second.",
            buckets=[
                *zip([*map(str, LAG_BOUNDS), "+Inf"], accumulate(counts.lags), strict=True),
            ],
            sum_value=counts.lag_seconds,
        )


def registry(collector: PlumblineCollector) -> CollectorRegistry:
    """Return a registry with ours and with what the client library knows of the process."""
    found = CollectorRegistry(auto_describe=False)
    found.register(collector)
    ProcessCollector(registry=found)
    PlatformCollector(registry=found)
    GCCollector(registry=found)
    return found


def written(registry: CollectorRegistry, accept: str) -> tuple[bytes, str]:
    """Return the metrics in a form that the header Accept asks for, and its content type."""
    encode, content_type = choose_encoder(accept)
    return encode(registry), content_type


def _health(vitals: Vitals) -> Iterator[Metric]:
    alarms, there = (
        GaugeMetricFamily("plumbline_alarm", "1 while there is this alarm.", labels=["alarm"]),
        raised(vitals),
    )
    for alarm in Alarm:
        alarms.add_metric([alarm.value], alarm in there)
    yield alarms
    yield _gauge("plumbline_ready", "1 if people get answers.", vitals.ready)
    yield _gauge("plumbline_discord_connections", "Connections to Discord that are ready.", vitals.connected)
    yield _gauge("plumbline_discord_connections_wanted", "Connections that there should be.", vitals.shards)
    yield _gauge("plumbline_discord_silent_seconds", "Since when Discord has said nothing.", vitals.silent)
    yield _gauge("plumbline_logins_left", "How often the bot may still log in today.", vitals.logins_left)
    yield _gauge("plumbline_clock_ahead_seconds", "How far ahead of Discord's clock.", vitals.clock_ahead)
    yield _gauge("plumbline_disk_free_bytes", "Free on the disk of the state folder.", vitals.free_bytes)
    yield _gauge("plumbline_backup_age_seconds", "How old the newest backup is.", vitals.backup_age)
    yield _gauge("plumbline_rehearsal_age_seconds", "Since a restore was rehearsed.", vitals.rehearsal_age)


def _gauge(name: str, said: str, value: float | timedelta | None) -> Metric:
    """Return a gauge, without a sample if its value can't be told."""
    if isinstance(value, timedelta):
        value = value.total_seconds()
    gauge = GaugeMetricFamily(name, said)
    if value is not None:
        gauge.add_metric([], value)
    return gauge
