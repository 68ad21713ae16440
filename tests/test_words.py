"""Every sentence a person reads: in both languages, with the same gaps to fill, in words that a person uses."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from string import Formatter

import pytest

from xicen_kpi import words
from xicen_kpi.words.findings import MESSAGES, SYSTEM_REASONS, finding, hint, message
from xicen_kpi.words.help_frame import FRAME
from xicen_kpi.words.labels import measured, month_name, period_name, period_text, unit_name
from xicen_kpi.words.starter import CI_JOB, CRONTAB, office_readme

CJK = re.compile(r"[\u3400-\u9fff\uff01-\uff60]")
IN_ENGLISH = ("1月免报", "规上", "报告期", "合计", "其中", "修订", "列", "注", "单位：", "千元", "万元", "元")
"""What may stand in Chinese within an English sentence."""
ONLY_ONE_SAYS = {"done.year": {"year"}, "flow.value": {"verb"}}
"""年度目标 needs no year beside it; English needs no verb for 完成."""
EMPTY_IN_ONE = {"role.", "verb.flow"}


def pairs() -> Iterator[tuple[str, str, str]]:
    """Every text of `words` that stands as (Chinese, English): its name and both."""
    for module in pkgutil.iter_modules(words.__path__):
        found = importlib.import_module(f"xicen_kpi.words.{module.name}")
        for name, table in vars(found).items():
            if not isinstance(table, Mapping) or name.startswith("_") or name == "UNITS_EN":
                continue
            for key, texts in table.items():
                if isinstance(texts, tuple) and len(texts) == 2 and all(isinstance(text, str) for text in texts):
                    yield f"{module.name}.{name}.{key}", *texts


def messages() -> Iterator[tuple[str, str, str]]:
    for slug, one in MESSAGES.items():
        yield f"{slug}", one.zh, one.en
        yield f"{slug} (hint)", one.hint_zh, one.hint_en


ALL = sorted({(name, zh, en) for name, zh, en in (*pairs(), *messages())})


def gaps(text: str) -> set[str]:
    """Names of the placeholders; `{guess:did you mean %s?}` is one named guess."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_search_sees_the_words() -> None:
    tables = {name.split(".")[1] for name, _, _ in pairs()}
    assert {"LABELS", "REMARKS", "REASONS", "EXPLAIN", "SUMMARY", "HELP"} <= tables
    assert len(ALL) > 500


@pytest.mark.parametrize(("name", "zh", "en"), ALL, ids=[name for name, _, _ in ALL])
def test_a_text_in_both_languages(name: str, zh: str, en: str) -> None:
    key = name.partition(".")[2].partition(".")[2]
    if key in EMPTY_IN_ONE:
        return
    assert zh.strip(), "Chinese"
    assert en.strip(), "English"
    assert gaps(zh) ^ gaps(en) == ONLY_ONE_SAYS.get(key, set()), "the same numbers in both"
    if re.search("[A-Za-z]", re.sub(r"\{[^}]*\}", "", en)):
        assert CJK.search(zh), "Chinese holds Chinese"
    assert not re.search(r"\b[A-Z][a-z]+(?:Error|Exception|Measure|Section|Report)\b", zh + en), "no names of classes"


def without_terms(text: str) -> str:
    for term in sorted(IN_ENGLISH, key=len, reverse=True):
        text = text.replace(term, "")
    return text


@pytest.mark.parametrize(("name", "en"), [(name, en) for name, _, en in ALL], ids=[name for name, _, _ in ALL])
def test_english_is_english(name: str, en: str) -> None:
    left = CJK.findall(without_terms(en))
    assert not left, f"{name}: {''.join(left)}"


def test_the_terms_allowed_in_english_are_needed() -> None:
    assert [term for term in IN_ENGLISH if not any(term in en for _, _, en in ALL)] == []


@pytest.mark.parametrize("slug", sorted(MESSAGES))
def test_a_message_is_one_plain_sentence(slug: str) -> None:
    one = MESSAGES[slug]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug), "kebab-case"
    for text in (one.zh, one.en, one.hint_zh, one.hint_en):
        assert "\n" not in text
        assert "  " not in text
    assert one.hint_zh != one.zh
    assert one.hint_en != one.en


class Anything(str):
    """A value that can be written in every form that a sentence asks for."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        return "x"


@pytest.mark.parametrize("slug", sorted(MESSAGES))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_message_can_be_said(slug: str, lang: str) -> None:
    one = MESSAGES[slug]
    names = set().union(*map(gaps, (one.zh, one.en, one.hint_zh, one.hint_en)))
    found = finding(slug, None, **dict.fromkeys((re.split(r"[.\[]", name)[0] for name in names), Anything()))
    for said in (message(found, lang), hint(found, lang)):  # type: ignore[arg-type]
        assert said.strip()
        assert not re.search(r"\{\w*\}", said), "nothing is left open"


def test_lists_are_separated_as_the_language_does() -> None:
    found = finding("format-unknown", None, format="pdf", known=("text", "json"))
    assert hint(found, "zh") == "可用格式：text、json"
    assert hint(found, "en") == "formats: text, json"


def test_the_systems_reasons_are_said_in_chinese() -> None:
    for english, chinese in SYSTEM_REASONS.items():
        assert CJK.search(chinese)
        found = finding("output-failed", None, reason=english)
        assert message(found, "zh") == f"无法写出文件：{chinese}"
        assert english in message(found, "en")


def test_the_frame_of_the_help_is_chinese() -> None:
    assert [english for english, chinese in FRAME.items() if not CJK.search(chinese) or CJK.search(english)] == []


def test_what_init_writes_is_in_both_languages() -> None:
    assert CRONTAB.keys() == {"zh", "en"}
    assert not CJK.search(without_terms(office_readme("en") + CRONTAB["en"] + CI_JOB))
    commands = re.compile(r"xicen-kpi [a-z]+[^\n`]*")
    for zh, en in ((office_readme("zh"), office_readme("en")), (CRONTAB["zh"], CRONTAB["en"])):
        ours, theirs = (["".join(one.split()[:2]) for one in commands.findall(text)] for text in (zh, en))
        assert ours == theirs, "the same commands in both"


# -- units and dates


@pytest.mark.parametrize(
    ("number", "unit", "zh", "en"),
    [
        ("137.2", "亿元", "137.2亿元", "137.2 ¥100m"),
        ("1", "家", "1家", "1 enterprise"),
        ("0", "家", "0家", "0 enterprises"),
        ("19", "个", "19个", "19 items"),
        ("9.7", "%", "9.7%", "9.7%"),
        ("44", "1", "44", "44"),
        ("3", "瓶", "3瓶", "3 瓶"),
    ],
)
def test_a_number_with_its_unit(number: str, unit: str, zh: str, en: str) -> None:
    assert measured(number, unit, "zh") == zh
    assert measured(number, unit, "en") == en


def test_units_of_a_file_are_said_together() -> None:
    assert unit_name("千元、人、个", "zh") == "千元、人、个"
    assert unit_name("千元、人、个", "en") == "¥1k, people, items"


@pytest.mark.parametrize(
    ("start", "end", "zh", "en"),
    [
        ("2026-01", "2026-10", "2026年1—10月", "2026-01 to 2026-10"),
        ("2025-01", "2025-12", "2025年", "2025"),
        ("2026-10", "2026-10", "2026年10月", "2026-10"),
        ("2025-01", "2026-10", "2025年1月—2026年10月", "2025-01 to 2026-10"),
    ],
)
def test_periods(start: str, end: str, zh: str, en: str) -> None:
    assert period_name(start, end, "zh") == zh
    assert period_name(start, end, "en") == en


def test_months_and_years() -> None:
    assert (month_name("2026-01", "zh"), month_name("2026-01", "en")) == ("2026年1月", "2026-01")
    assert (period_text("2024", "zh"), period_text("2024-12", "zh")) == ("2024年", "2024年12月")
    assert (period_text("2024", "en"), period_text("2024-12", "en")) == ("2024", "2024-12")
