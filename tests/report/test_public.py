"""No name, no code and no evidence in any byte that is for the public."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from reports import sample, secrets
from small_plans import assessed, form, plan_of, year_of

from xicen_kpi.render.csv_ import report_csv
from xicen_kpi.render.json_ import json_text
from xicen_kpi.render.markdown import report_markdown
from xicen_kpi.render.summary import summary_text
from xicen_kpi.render.text import report_text
from xicen_kpi.report.public import told_apart

if TYPE_CHECKING:
    from pathlib import Path

    from reports import Cli, MakeDrop


def texts() -> dict[str, str]:
    found = {}
    for lang in ("zh", "en"):
        report = sample("public", lang).report
        found[f"json {lang}"] = json_text(report)
        found[f"text {lang}"] = report_text(report, lang, with_commitments=True)
        found[f"markdown {lang}"] = report_markdown(report, lang, with_commitments=True)
        found[f"csv {lang}"] = str(report_csv(report, lang, with_commitments=True))
        found[f"summary {lang}"] = summary_text(report, lang)
    return found


def test_the_search_finds_what_it_looks_for() -> None:
    known = secrets()
    assert len(known) > 600, "300 names and 300 codes"
    internal = json_text(sample("internal").report)
    assert any(one in internal for one in known)


def test_no_name_no_code_no_evidence() -> None:
    known = secrets()
    for name, text in texts().items():
        assert [one for one in known if one in text] == [], name
        assert re.findall(r"9[0-9]{7}[0-9A-Z]{10}", text) == [], name


def test_findings_keep_rule_file_and_row() -> None:
    found = {one.slug: one for one in sample("public").report.findings}
    one = found["duplicate-entry"]
    assert (one.where.file, one.where.row) == ("新增企业台账.xlsx", 13)
    assert one.message.startswith("…")
    assert one.effect == {}


def test_file_names_that_hold_a_name_or_a_code_are_masked(make_drop: MakeDrop) -> None:
    files = {
        "产值_样例公司.csv": form(year_of("A", 2026, 1.0, 10)),
        "产值_91310118YL00000129.csv": form(year_of("B", 2026, 1.0, 10)),
        "产值_2026年10月.csv": form(year_of("C", 2026, 1.0, 10)),
    }
    report = assessed(plan_of(), make_drop(files), audience="public").report
    assert sorted(one.file for one in report.generated_from) == ["….csv", "….csv", "产值_2026年10月.csv"]


def test_what_looks_like_a_name() -> None:
    names = frozenset({"样例科技"})
    assert told_apart("报表_样例科技.xlsx", names)
    assert told_apart("某某有限公司.xlsx", names)
    assert told_apart("91310118YL00000129.xls", names)
    assert not told_apart("B204-1_2026年10月.csv", names)
    assert not told_apart("F203_202610.csv", names)
    assert not told_apart("台账_20261031.xlsx", names)


def test_a_public_report_keeps_its_keys() -> None:
    internal, public = (json.loads(json_text(sample(who).report)) for who in ("internal", "public"))
    assert internal.keys() == public.keys()
    by_id = {one["id"]: one for one in internal["indicators"]}
    for one in public["indicators"]:
        assert one.keys() == by_id[one["id"]].keys()
    hidden = {one["id"] for one in internal["indicators"]} - {one["id"] for one in public["indicators"]}
    assert hidden == {"rnd_intensity_without_largest"}


def test_explain_is_refused(cli: Cli, targets: Path, sample_data: Path) -> None:
    done = cli("explain", "industrial_output", sample_data, "-t", targets, "--audience", "public")
    assert done.returncode == 2
    assert done.stdout == b""
