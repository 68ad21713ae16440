"""`report --check`: the figures of `report` and the findings of `check`, from one reading."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from reports import secrets

from xicen_kpi.checks.run import check_drop
from xicen_kpi.errors import DataError
from xicen_kpi.plan.period import Month
from xicen_kpi.read.drop import open_drop
from xicen_kpi.render.json_ import json_text
from xicen_kpi.report.assessment import Asked, Look, assess
from xicen_kpi.report.checked import assess_checked

if TYPE_CHECKING:
    from reports import Cli

DROPS = Path(__file__).parents[1] / "drops"
FOLDERS = sorted(path.relative_to(DROPS).as_posix() for path in DROPS.glob("*/*") if path.is_dir())


def figures(found: Any) -> Any:
    """All of a report but what is said of the data."""
    report = json.loads(json_text(found.report))
    for key in ("findings", "rules"):
        del report["summary"][key]
    del report["findings"]
    return report


def assessed_or_not(way: Any, plan: Any, folder: Path) -> Any:
    """What comes of a drop, and what is told where nothing does."""
    try:
        return way(plan, open_drop(folder, plan.sources), Asked(look=Look.FIGURES), sha256="0" * 64), set()
    except DataError as error:
        return None, {one.slug for one in error.findings}


@pytest.mark.parametrize("name", FOLDERS)
def test_figures_are_those_of_report_and_findings_those_of_check(name: Any, plan_for: Any) -> None:
    folder, overlay = DROPS / name, DROPS / f"{name}.yaml"
    plan = plan_for(folder, yaml.safe_load(overlay.read_text(encoding="utf-8")) if overlay.exists() else None)
    alone, nothing = assessed_or_not(assess, plan, folder)
    both, told = assessed_or_not(assess_checked, plan, folder)
    if alone is None:
        assert told >= nothing
        return
    assert figures(both) == figures(alone)
    check = check_drop(plan, open_drop(folder, plan.sources), Month.parse(alone.report.as_of))
    assert set(map(str, check.findings)) <= set(map(str, both.findings))
    of_reading = {one.slug for one in alone.findings}
    assert {one.slug for one in both.findings} <= of_reading | {one.slug for one in check.findings}
    assert both.report.summary.rules == check.outcomes


@pytest.mark.parametrize("jobs", [1, 2])
def test_so_for_the_sample(loaded: Any, sample_data: Any, jobs: Any) -> None:
    plan, asked = loaded.plan, Asked(look=Look.FIGURES)
    alone = assess(plan, open_drop(sample_data, plan.sources), asked, sha256="0" * 64)
    both = assess_checked(plan, open_drop(sample_data, plan.sources), asked, sha256="0" * 64, jobs=jobs)
    assert figures(both) == figures(alone)
    assert {one.slug for one in alone.findings} < {one.slug for one in both.findings}


# -- as a command


@pytest.fixture(name="asked")
def _asked(targets: Path, sample_data: Path) -> tuple[str | Path, ...]:
    return ("report", sample_data, "-t", targets, "--check")


def test_fail_on_looks_at_the_rules(cli: Cli, asked: Any) -> None:
    """The sample has no error in reading, and one by the rules: a class of the edition of 2011."""
    assert cli(*asked).returncode == 0
    done = cli(*asked, "--fail-on", "error", "--lang", "en")
    assert (done.returncode, done.stderr) == (1, b"")
    told = done.stdout.decode()
    assert "55 rules: 35 passed, 3 failed, 17 not computed" in told
    assert "[industry-code-2011]" in told


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_output_says_that_the_data_were_checked(cli: Cli, asked: Any, form: Any) -> None:
    told = cli(*asked, "--format", form, "--lang", "zh").stdout.decode()
    assert "规则 55 条：通过 35，未通过 3，无法执行 17" in told
    assert "规则 55 条" not in cli(*asked[:-1], "--format", form, "--lang", "zh").stdout.decode()


def test_the_public_sees_no_enterprise_in_what_the_rules_say(cli: Cli, asked: Any) -> None:
    known = secrets()
    for lang in ("zh", "en"):
        told = cli(*asked, "--audience", "public", "--format", "json", "--lang", lang).stdout.decode()
        assert [one["slug"] for one in json.loads(told)["findings"]].count("reporter-missing") == 6
        assert not [one for one in known if one in told]


def test_the_brief_counts_what_the_rules_found(cli: Cli, asked: Any) -> None:
    told = cli("summary", *asked[1:], "--lang", "zh").stdout.decode()
    assert "本批数据有强制性问题1项、核实性问题8项" in told


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        (("--engine", "polars"), "check-with-engine"),
        (("--jobs", "0"), "option-invalid"),
        (("-j", "65"), "option-invalid"),
    ],
)
def test_what_cannot_be_asked_is_told_at_once(cli: Cli, asked: Any, words: Any, slug: Any) -> None:
    done = cli(*asked, *words)
    assert done.returncode == 2
    assert slug in done.stderr.decode()
