"""Recorded results: one snapshot for each period and data version, and how a figure moved over them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Literal

from xicen_kpi.analysis.comparison import same
from xicen_kpi.plan.units import scale_between
from xicen_kpi.report.recorded import RecordedPeriod, Revision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xicen_kpi.report.model import IndicatorReport, Report

SNAPSHOT_FORMAT = "1.0"
"""Version of the snapshots' own format."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a snapshot keeps of one indicator."""

    name_zh: str
    name_en: str
    headline: bool
    unit: str
    decimals: int
    period: str | None
    value: float | None
    reason: str | None
    provisional: bool
    target: float | None
    completion: float | None
    projection: float | None
    status: str

    def in_unit(self, unit: str) -> Standing | None:
        """The same in the unit that the plan has now; None where that measures something else."""
        scale = scale_between(self.unit, unit)
        if scale is None or scale == 1.0:
            return None if scale is None else self
        value, target, projection = (
            None if one is None else one * scale for one in (self.value, self.target, self.projection)
        )
        return replace(self, unit=unit, value=value, target=target, projection=projection)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One result as it was recorded.

    Attributes:
        as_of: Month of the report.
        version: Which data and which plan file it came from: a hash over all of them.
        recorded: When it was recorded, ISO 8601 with its zone; None while it is not.
        audience: Who may see it.
        plan_sha256: The plan file.
        files: Hash of each data file by its name.
        indicators: The indicators by id.
        commitments: Commitments by state.
    """

    as_of: str
    version: str
    recorded: str | None
    audience: Literal["internal", "public"]
    plan_sha256: str
    files: Mapping[str, str]
    indicators: Mapping[str, Standing]
    commitments: Mapping[str, int]

    @property
    def file_name(self) -> str:
        """The same for the same period, data and audience, so that a second run finds it there."""
        return f"{self.as_of}_{self.version}{'_public' if self.audience == 'public' else ''}.json"


@dataclass(frozen=True, slots=True)
class PeriodRecord:
    """One period of one indicator: what was reported first, what stands now, and what lay between."""

    as_of: str
    first: Standing
    current: Standing
    revisions: tuple[Revision, ...]
    recorded: str | None

    @property
    def plain(self) -> RecordedPeriod:
        """The same as a report holds it."""
        first, now = self.first, self.current
        return RecordedPeriod(
            as_of=self.as_of,
            period=first.period,
            recorded=self.recorded,
            first=first.value,
            first_status=first.status,
            value=now.value,
            status=now.status,
            revisions=self.revisions,
        )


@dataclass(frozen=True, slots=True)
class IndicatorHistory:
    """One indicator over all recorded periods, oldest first."""

    id: str
    latest: Standing
    periods: tuple[PeriodRecord, ...]


def snapshot_of(report: Report, recorded: str | None) -> Snapshot:
    """What is kept of a report.

    Args:
        report: The finished report.
        recorded: The moment, ISO 8601 with its zone; None where it is not recorded.
    """
    files = {one.file: one.sha256 for one in report.generated_from}
    hashes = sorted((one.file, one.sha256) for one in report.generated_from)
    told = json.dumps([report.plan.file_sha256, hashes], ensure_ascii=False)
    return Snapshot(
        report.as_of,
        hashlib.sha256(told.encode()).hexdigest()[:12],
        recorded,
        report.audience,
        report.plan.file_sha256,
        dict(sorted(files.items())),
        {
            one.id: Standing(
                one.name.zh, one.name.en, one.headline, one.unit, one.decimals,
                None if one.period is None else one.period.end,
                one.value, one.reason, one.provisional,
                one.target.value, one.completion, one.projection.value, one.status,
            )
            for one in report.indicators
        },
        dict(report.summary.commitments),
    )  # fmt: skip


def snapshot_text(snapshot: Snapshot) -> str:
    """The snapshot as a file that people and git can read: one value a line, keys in order."""
    return json.dumps({"format_version": SNAPSHOT_FORMAT, **asdict(snapshot)}, ensure_ascii=False, indent=1) + "\n"


def read_snapshot(text: str) -> Snapshot:
    """A snapshot from its file.

    Raises:
        ValueError: The text is no snapshot of a format that this version knows.
    """
    try:
        given: Any = json.loads(text)
        if str(given.pop("format_version")).partition(".")[0] == SNAPSHOT_FORMAT.partition(".")[0]:
            indicators = {name: Standing(**one) for name, one in given.pop("indicators").items()}
            return Snapshot(**given, indicators=indicators)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError("not a snapshot") from error
    raise ValueError("not a snapshot of this format")


def history_of(snapshots: Iterable[Snapshot], audience: str, wanted: str | None = None) -> tuple[IndicatorHistory, ...]:
    """How figures moved.

    Args:
        snapshots: All that were recorded, in any order.
        audience: Only what was recorded for these readers.
        wanted: One indicator; None for the headline ones of the latest snapshot, or all where it has none.
    """
    own = sorted((one for one in snapshots if one.audience == audience), key=_order)
    if not own:
        return ()
    latest = own[-1].indicators
    headline = [name for name, one in latest.items() if one.headline] or list(latest)
    known = dict.fromkeys(name for one in reversed(own) for name in one.indicators)
    names = headline if wanted is None else [name for name in known if name == wanted]
    return tuple(_indicator(name, own) for name in names)


def with_history(report: Report, snapshots: Iterable[Snapshot]) -> Report:
    """The report beside what was recorded up to its month for the same readers; what its data say now stands last.

    What is withheld from the public now is not shown as it was once recorded, either.

    Args:
        report: The finished report.
        snapshots: All that were recorded, in any order; without any nothing is added.
    """
    own = [one for one in snapshots if one.audience == report.audience and one.as_of <= report.as_of]
    if not own:
        return report
    ordered = sorted(own, key=_order)
    now = snapshot_of(report, None)
    indicators = tuple(one._replace(history=tuple(_told(one, ordered, now))) for one in report.indicators)
    return report._replace(indicators=indicators)


def _told(one: IndicatorReport, ordered: Sequence[Snapshot], now: Snapshot) -> Iterator[RecordedPeriod]:
    """What was recorded of an indicator, brought up to what the data say now of the same month."""
    series = {point.period: point.value for point in one.series}
    latest = {snapshot.as_of: snapshot for snapshot in ordered}
    for record in _periods(one.id, one.unit, [*ordered, now]):
        then = record.current
        value = then.value if then.period is None else series.get(then.period, then.value)
        if one.suppressed or value is None:
            continue
        if record.as_of == now.as_of or then.value is None or same(value, then.value):
            yield record.plain
        else:
            files = _moved_files(latest[record.as_of], now)
            revision = Revision(None, then.value, value, then.status, then.status, files)
            yield replace(record.plain, value=value, revisions=(*record.revisions, revision))


def _order(one: Snapshot) -> tuple[str, str, str]:
    return one.as_of, one.recorded or "", one.version


def _indicator(name: str, snapshots: Sequence[Snapshot]) -> IndicatorHistory:
    latest = next(one.indicators[name] for one in reversed(snapshots) if name in one.indicators)
    return IndicatorHistory(name, latest, _periods(name, latest.unit, snapshots))


def _periods(name: str, unit: str, snapshots: Iterable[Snapshot]) -> tuple[PeriodRecord, ...]:
    """What was recorded of an indicator, all in one unit; what was recorded in a unit of another kind is left out."""
    own = [
        (snapshot, standing)
        for snapshot in snapshots
        if name in snapshot.indicators and (standing := snapshot.indicators[name].in_unit(unit)) is not None
    ]
    return tuple(_period(as_of, list(group)) for as_of, group in groupby(own, key=lambda pair: pair[0].as_of))


def _period(as_of: str, recorded: Sequence[tuple[Snapshot, Standing]]) -> PeriodRecord:
    revisions = []
    for (earlier, before), (later, after) in pairwise(recorded):
        if before.status != after.status or not _same(before.value, after.value):
            files = _moved_files(earlier, later)
            revisions.append(Revision(later.recorded, before.value, after.value, before.status, after.status, files))
    first, last = recorded[0], recorded[-1]
    return PeriodRecord(as_of, first[1], last[1], tuple(revisions), first[0].recorded)


def _same(one: float | None, other: float | None) -> bool:
    return one is other if one is None or other is None else same(one, other)


def _moved_files(earlier: Snapshot, later: Snapshot) -> tuple[str, ...]:
    moved = sorted(
        name for name in earlier.files.keys() | later.files.keys() if earlier.files.get(name) != later.files.get(name)
    )
    return (*moved, *(("targets",) if earlier.plan_sha256 != later.plan_sha256 else ()))
