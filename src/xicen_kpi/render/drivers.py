"""What moved the headline figures, in sentences: towns and industries, who came and left, the sides of a ratio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.render.numbers import fixed, is_flat, signed
from xicen_kpi.render.standing import clauses, ended, with_unit
from xicen_kpi.words.industries import division_name
from xicen_kpi.words.summary import summary_word as word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xicen_kpi.render.numbers import Rule
    from xicen_kpi.report.model import Contribution, IndicatorReport
    from xicen_kpi.words.labels import Lang

_NAMED = 2
"""How many groups are named on each side: what lifts and what drags."""


def what_moved(shown: Iterable[IndicatorReport], lang: Lang, rule: Rule) -> Iterator[str]:
    """One paragraph for each figure of which it is known what moved it, and on what base."""
    found = [(one, _parts(one, lang, rule)) for one in shown]
    told = [(one, parts) for one, parts in found if parts]
    for place, (one, parts) in enumerate(told):
        tie = "；" if lang == "zh" else "; "
        text = ended(word("drivers.sum", lang, name=one.name.say(lang), parts=tie.join(parts)), lang)
        last = place == len(told) - 1
        yield text + ((" " if lang == "en" else "") + word("drivers.basis", lang) if last else "")


def _parts(one: IndicatorReport, lang: Lang, rule: Rule) -> list[str]:
    if one.suppressed or one.value is None:
        return []
    return [part for part in (*_groups(one, lang, rule), _presence(one, lang, rule), *_sides(one, lang, rule)) if part]


def _groups(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    for dimension in ("town", "industry"):
        moved = [
            (item, item.change_pp)
            for item in one.contributions
            if item.dimension == dimension and item.change_pp is not None and not is_flat(item.change_pp, 1, rule)
        ]
        moved.sort(key=lambda pair: (-pair[1], pair[0].group))
        lifts = [pair for pair in moved if pair[1] > 0][:_NAMED]
        drags = [pair for pair in reversed(moved) if pair[1] < 0][:_NAMED]
        items = [_pull(item, change, lang, rule) for item, change in (*lifts, *drags)]
        if items:
            yield word(f"drivers.{dimension}", lang, items=("，" if lang == "zh" else ", ").join(items))


def _pull(item: Contribution, change: float, lang: Lang, rule: Rule) -> str:
    key = "driver.up" if change > 0 else "driver.down"
    return word(key, lang, group=group_name(item, lang), value=fixed(abs(change), 1, rule))


def group_name(item: Contribution, lang: Lang) -> str:
    """A town by its name, an industry by the name of its division."""
    if not item.group:
        return word("group.none", lang)
    return division_name(item.group, lang) if item.dimension == "industry" else item.group


def _presence(one: IndicatorReport, lang: Lang, rule: Rule) -> str:
    why = one.drivers
    shown = (("drivers.entrants", why.entrants), ("drivers.exits", why.exits))
    return clauses(
        (
            word(key, lang, value=with_unit(value, one, lang, rule))
            for key, value in shown
            if value is not None and not is_flat(value, one.decimals, rule)
        ),
        lang,
    )


def _sides(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    why = one.drivers
    if why.numerator_pp is not None and why.denominator_pp is not None:
        numerator, denominator = signed(why.numerator_pp, 1, rule), signed(why.denominator_pp, 1, rule)
        yield word("drivers.sides", lang, numerator=numerator, denominator=denominator)
    if why.within_pp is not None and why.between_pp is not None:
        within, between = signed(why.within_pp, 1, rule), signed(why.between_pp, 1, rule)
        yield word("drivers.mix", lang, within=within, between=between)
