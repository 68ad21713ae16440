"""The enterprises of the sample park: who they are, when they belong to it, what they count for."""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from make.identity import sample_name, sample_uscc
from make.trades import AI, BIO, CHIP, COMPOSITE, IT, SEGMENTS, SMALL, TRADES, Segment

SEED = 20261110
Month = tuple[int, int]

# Classes wholly inside category 1 of the strategic emerging industries (2018) that occur here without a tag.
WHOLE_IT_CLASSES = {"3832", "3915", "3974", "3976", "6410", "6433", "6434", "6440"}
TOWNS = (("金泽镇", "310118104"),) * 6 + (("朱家角镇", "310118102"),) * 3 + (("练塘镇", "310118103"),) * 2
LEAVER_SEGMENT, LEAVER_DATE = "industry_it", date(2026, 6, 30)
ENTRANT_SEGMENT, ENTRANT_DATE = "service_chip_ai", date(2025, 7, 1)
UNREPORTED_SEGMENTS = ("industry_it", "industry_composite", "industry_other")
OLD_EDITION_SEGMENT, OLD_EDITION_CODE = "service_it", "6510"
NEW_ARRIVALS = (
    *("2025-02-18", "2025-03-12", "2025-04-09", "2025-05-21", "2025-06-16"),
    *("2025-08-14", "2025-09-23", "2025-11-05", "2025-12-11"),
    *("2026-01-20", "2026-03-10", "2026-04-15", "2026-05-08", "2026-05-27", "2026-06-30"),
    *("2026-08-12", "2026-09-16", "2026-10-22"),
)
RELOCATIONS = ("2025-04-25", "2026-03-30")
ARRIVED_BEFORE_THE_PLAN = ("2024-11-20",)
GROWING = 7  # below-scale enterprises recognised as 小升规: they report from the next February


@dataclass(frozen=True, slots=True)
class Enterprise:
    """One line of the enterprise list, with what the generator alone knows (segment, size, research, reports_to)."""

    uscc: str
    name: str
    segment: str
    form: str
    code: str
    tags: str
    town: str
    division: str
    titles: str
    opened: date
    joined: date
    left: date | None
    size: float
    research: float
    growth: float
    unreported: bool = False

    @property
    def shares(self) -> dict[str, float]:
        """Share of the enterprise in each tagged industry, 1 without a bracket."""
        return {name: share for name, share in map(read_tag, self.tags.split(";")) if name}

    @property
    def it_weight(self) -> float:
        """Share counted as next-generation IT: by tag, and by whole class where there is no tag at all."""
        return self.shares.get(IT, 0.0) if self.tags else float(self.code in WHOLE_IT_CLASSES)

    @property
    def leading_weight(self) -> float:
        """Share counted in the three leading industries together, never above one."""
        return min(1.0, math.fsum(self.shares.get(name, 0.0) for name in (CHIP, BIO, AI)))

    @property
    def cluster(self) -> str:
        """主要集群: one cluster per enterprise, IT first."""
        if COMPOSITE in self.shares or "高端复合材料" in self.shares:
            return COMPOSITE
        return IT if self.it_weight else ""

    def reports(self, month: Month) -> bool:
        """Whether the monthly forms hold a row of this enterprise for the month."""
        if month[1] == 1 or month < (self.joined.year, self.joined.month):
            return False
        if self.left and month > (self.left.year, self.left.month):
            return False
        return not (self.unreported and month == (2026, 10))

    def lasts(self, year: int) -> bool:
        """Whether the last month on file of that year holds a row: only such rows add up to a year's total."""
        return self.reports((year, 10 if year == 2026 else 12))


def read_tag(tag: str) -> tuple[str, float]:
    """Name and share of one 产业标签 such as `集成电路（40%）`."""
    name, _, percent = re.sub(r"[（）()%]", " ", tag).partition(" ")
    return name, float(percent) / 100 if percent.strip() else 1.0


def enterprises() -> list[Enterprise]:
    """All enterprises of the sample park, in a fixed order."""
    rng = random.Random(SEED)
    found: list[Enterprise] = []
    trades: dict[str, int] = {}
    for segment in SEGMENTS:
        for index in range(segment.count):
            code, tags = segment.kinds[index % len(segment.kinds)]
            trades[code] = trades.get(code, -1) + 1
            found.append(_enterprise(rng, segment, len(found) + 1, code, tags, sample_name(TRADES[code], trades[code])))
    return _with_events(found)


def _enterprise(rng: random.Random, segment: Segment, number: int, code: str, tags: str, name: str) -> Enterprise:
    town, division = TOWNS[int(rng.random() * len(TOWNS))]
    joined = date(2013, 1, 1) + timedelta(days=int(rng.random() * 3900))
    low, high = segment.research
    luck = rng.random()
    return Enterprise(
        uscc=sample_uscc(number),
        name=name,
        segment=segment.slug,
        form=segment.form,
        code=code,
        tags=tags,
        town=town,
        division=division,
        titles=_titles(rng, segment),
        opened=joined - timedelta(days=int(rng.random() * 1500)),
        joined=joined,
        left=None,
        size=0.35 + 3 * luck * luck * luck,
        research=0.0 if rng.random() < low * -8 + 0.25 else low + (high - low) * rng.random(),
        growth=0.96 + 0.1 * rng.random(),
    )


def _titles(rng: random.Random, segment: Segment) -> str:
    likely = 0.35 + 5 * (segment.research[0] if segment.research[1] else -0.05)
    draws = [("高新技术企业", likely), ("专精特新", likely / 2), ("科技型中小企业", likely / 2)]
    if segment.slug == "flagship":
        return "高新技术企业"
    return ";".join(title for title, chance in draws if rng.random() < chance)


def _with_events(found: list[Enterprise]) -> list[Enterprise]:
    """Put in the dated events and the deliberate blemishes of the list."""
    positions = {segment.slug: [i for i, e in enumerate(found) if e.segment == segment.slug] for segment in SEGMENTS}

    def change(segment: str, place: int, **fields: object) -> None:
        where = positions[segment][place]
        found[where] = replace(found[where], **fields)  # type: ignore[arg-type]

    change("flagship", 0, name="西岑样例旗舰芯片设计有限公司")
    change(LEAVER_SEGMENT, 4, left=LEAVER_DATE, size=1.1)
    change(ENTRANT_SEGMENT, 7, joined=ENTRANT_DATE, opened=date(2025, 6, 9), size=0.6)
    change(OLD_EDITION_SEGMENT, 2, code=OLD_EDITION_CODE, name=sample_name(TRADES[OLD_EDITION_CODE], 0))
    for segment in UNREPORTED_SEGMENTS:
        change(segment, 9, unreported=True, size=0.45)
    arrivals = (*NEW_ARRIVALS, *ARRIVED_BEFORE_THE_PLAN, *RELOCATIONS)
    for place, day in enumerate(map(date.fromisoformat, arrivals)):
        age = 12 + place if place < len(arrivals) - len(RELOCATIONS) else 2000
        change(SMALL_SEGMENT, place, joined=day, opened=day - timedelta(days=age), titles="")
    for place in range(GROWING):
        change(SMALL_SEGMENT, len(arrivals) + place, titles=("高新技术企业", "专精特新")[place % 2])
    return found


SMALL_SEGMENT = next(segment.slug for segment in SEGMENTS if segment.form == SMALL)
