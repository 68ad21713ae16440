"""The page: one file without a request, in both languages, that says everything without colour or script."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import MISSING, browsing
from goldens import assert_golden
from reports import commitment, indicator, report_of, sample, target

from xicen_kpi.render.html import SYMBOLS, report_html
from xicen_kpi.report.model import Period, Point
from xicen_kpi.report.recorded import RecordedPeriod, Revision
from xicen_kpi.report.workings import workings_of
from xicen_kpi.words.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browser import Browser

    from xicen_kpi.words.labels import Lang

LANGS = ("zh", "en")
pytest.importorskip("jinja2", reason="the page needs the extra `report`")


class Reader(HTMLParser):
    """Collects tags, texts and addresses; holds open tags to their closing ones."""

    VOID = frozenset({"meta", "link", "input", "br", "circle", "rect", "path", "polyline", "polygon"})

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: Any, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: Any, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: Any) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: Any) -> None:
        self.text.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


@pytest.mark.parametrize("lang", LANGS)
def test_golden(lang: Lang) -> None:
    assert_golden(f"report_{lang}.html", report_html(sample("internal", lang).report, lang))


@pytest.mark.parametrize("lang", LANGS)
def test_one_small_file_without_any_address_outside(lang: Lang) -> None:
    page = report_html(sample("internal", lang).report, lang)
    assert len(page.encode()) < 1_500_000
    assert re.findall(r"https?://|//[a-z]+\.|@import|url\(", page) == []
    for tag, attributes in read(page).tags:
        address = attributes.get("href") or attributes.get("src") or ""
        assert address.startswith(("#", "data:")) or not address, (tag, address)


@pytest.mark.parametrize("lang", LANGS)
def test_headings_tables_and_links_are_in_order(lang: Lang) -> None:
    page = read(report_html(sample("internal", lang).report, lang))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {str(attributes["href"])[1:] for tag, attributes in page.tags if tag == "a"}
    assert targets <= set(ids)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert all("scope" in attributes for tag, attributes in page.tags if tag == "th")
    assert all(
        attributes.get("role") == "img" or attributes.get("aria-hidden")
        for tag, attributes in page.tags
        if tag == "svg"
    )


def test_every_state_has_a_sign_of_its_own() -> None:
    assert {f"status.{state}" for state in SYMBOLS} == {key for key in LABELS if key.startswith("status.")}
    assert len(set(SYMBOLS.values())) == len(SYMBOLS)


def test_what_a_user_wrote_is_text_and_never_markup() -> None:
    one = commitment("T1.1", "done", quote="<script>alert(1)</script>", evidence="<b>&", responsible='"><i>')
    page = report_html(report_of(indicator(value=1.0), commitments=[one]), "zh")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_report_of_nothing_is_a_page_too() -> None:
    page = report_html(
        report_of(indicator(value=None, period=None, reason="source_missing", status="not_assessable")), "zh"
    )
    assert "缺少所需的数据文件" in page
    assert "<svg class=" not in page
    assert 'id="commitments"' not in page


def test_a_value_without_a_projection_or_history_has_a_bullet_only() -> None:
    page = report_html(report_of(indicator(value=137.2, target=target(170.0), gap=32.8, completion=0.807)), "zh")
    assert 'class="bullet"' in page
    assert 'class="path"' not in page


def recorded(month: str, first: float, value: float, *revisions: Revision) -> RecordedPeriod:
    return RecordedPeriod(
        as_of=month, period=month, recorded="2026-10-08T09:00:00+08:00", first=first, first_status="at_risk",
        value=value, status="on_track", revisions=revisions,
    )  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_reported_first_stands_beside_what_stands_now(lang: Lang) -> None:
    moved = Revision("2026-10-20T09:00:00+08:00", 124.06, 121.6, "at_risk", "on_track", ("产值.csv", "targets"))
    series = tuple(Point(period=f"2026-{month:02}", value=12.16 * month) for month in range(2, 11))
    one = indicator(
        value=121.6, series=series, period=Period(start="2026-01", end="2026-10"), target=target(170.0), gap=48.4,
        history=(recorded("2026-09", 109.44, 109.44), recorded("2026-10", 124.06, 121.6, moved)),
    )  # fmt: skip
    page = report_html(report_of(one), lang)
    text = " ".join(read(page).text)
    assert "124.1" in text
    assert "−2.5" in text
    assert {"zh": "需加力→有望完成", "en": "at risk → on track"}[lang] in text
    assert {"zh": "124.1→121.6：产值.csv、计划文件", "en": "124.1 → 121.6: 产值.csv, the plan file"}[lang] in text
    assert page.count('class="first"') == 2, "October in the chart and in its key; September has not moved"
    alone = report_html(report_of(one._replace(history=one.history[:1])), lang)
    assert 'class="first"' not in alone
    assert {"zh": "历次上报", "en": "As reported"}[lang] not in alone, "one figure that never moved is no history"


def test_a_public_page_names_nobody_and_is_not_marked() -> None:
    page = report_html(sample("public").report, "zh")
    assert "内部资料" not in page
    assert "佐证" not in page
    assert re.findall(r"9[0-9]{7}[0-9A-Z]{10}", page) == []
    names = {line.name for one in workings_of(sample("internal")).values() for line in one.lines} - {""}
    assert len(names) > 200
    assert [name for name in names if name in page] == []
    assert "不予公布" in page


# -- in a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if MISSING:
        pytest.skip("chromium and chromedriver are not installed: apt-get install chromium chromium-driver")
    with browsing() as opened:
        yield opened


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(report_html(sample("internal").report, "zh"), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [390, 820, 1200])
@pytest.mark.parametrize("dark", [False, True])
def test_it_renders_at_every_width_without_a_sound_from_console_or_network(
    browser: Browser, page: Path, width: int, dark: bool
) -> None:
    browser.log("browser")
    browser.log("performance")
    browser.window(width, 900, dark=dark)
    browser.open(page)
    assert browser.log("browser") == []
    asked = re.findall(r'"url":"([^"]+)"', " ".join(entry["message"] for entry in browser.log("performance")))
    assert {address.split(":")[0] for address in asked} <= {"file", "data", "about"}
    assert browser.run("return document.documentElement.scrollWidth") <= width, "nothing sticks out to the side"
    assert browser.run("return document.querySelectorAll('svg.path').length") >= 7
    assert len(browser.picture()) > 10_000


def test_filters_work_by_choice_and_by_text(browser: Browser, page: Path) -> None:
    browser.window(1200, 900)
    browser.open(page)

    def shown(**chosen: str) -> tuple[int, str]:
        return tuple(
            browser.run(
                """const form = document.querySelector('.filters');
                for (const name of ['state', 'kind', 'task', 'text']) { form[name].value = arguments[0][name] || ''; }
                form.dispatchEvent(new Event('input'));
                const rows = Array.from(document.querySelectorAll('.ledger tbody tr'));
                const seen = rows.filter(row => row.offsetParent !== null).length;
                return [seen, form.querySelector('output').textContent];""",
                chosen,
            )
        )

    counts = sample("internal").report.summary.commitments
    assert shown() == (138, "共 138 项")
    assert shown(state="overdue") == (counts["overdue"], f"共 {counts['overdue']} 项")
    assert shown(state="done")[0] == counts["done"]
    assert shown(text="算力服务平台")[0] == 1
    assert shown(text="Ｔ４．６")[0] == 1, "full-width digits find the same"
    assert shown(state="overdue", text="没有这样的事项") == (0, "没有符合条件的事项")


def test_a_link_opens_what_is_closed_around_its_target(browser: Browser, page: Path) -> None:
    browser.open(page)
    seen = browser.run(
        "location.hash = '#park_revenue'; return new Promise(done => setTimeout(() => "
        "done(document.getElementById('park_revenue').offsetParent !== null), 200))"
    )
    assert seen


def test_the_keyboard_reaches_everything_from_the_top(browser: Browser, page: Path) -> None:
    browser.open(page)
    order = browser.run(
        "return Array.from(document.querySelectorAll('a, button, select, input, summary, [tabindex]'))"
        ".filter(one => one.tabIndex < 0).map(one => one.outerHTML)"
    )
    assert order == []
    assert browser.run("return document.querySelector('a').className") == "skip"


def test_printed_on_a4(browser: Browser, page: Path) -> None:
    browser.open(page)
    paper = browser.paper()
    assert paper.startswith(b"%PDF")
    pages = len(re.findall(rb"/Type\s*/Page\b", paper))
    assert 5 <= pages <= 30, "what is open is printed, not every table behind every chart"
    assert re.search(rb"/MediaBox\s*\[\s*0 0 59[45](\.\d+)? 84[12]", paper), "A4 is 595 by 842 points"


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(browser: Browser, page: Path, dark: bool) -> None:
    source = axe()
    if source is None:
        pytest.skip("axe-core is not installed: XICEN_KPI_AXE names axe.min.js of npm's axe-core")
    browser.window(1200, 900, dark=dark)
    browser.open(page)
    browser.run("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    browser.devtools("Runtime.evaluate", expression=source)
    found = browser.run_async(
        "const done = arguments[arguments.length - 1]; axe.run().then(result => done(result.violations.map("
        "one => [one.id, one.impact, one.nodes.length, one.nodes[0].html.slice(0, 120)])))"
    )
    assert found == []


def axe() -> str | None:
    named = os.environ.get("XICEN_KPI_AXE")
    return Path(named).read_text(encoding="utf-8") if named and Path(named).is_file() else None
