"""Text that is no YAML: each file in plans/broken names, in its first line, the lines and slugs to be reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from xicen_kpi.errors import PlanError
from xicen_kpi.plan.load import load_plan
from xicen_kpi.plan.yaml_tree import parse
from xicen_kpi.words import plan_yaml
from xicen_kpi.words.findings import message

BROKEN = sorted((Path(__file__).parent.parent / "plans" / "broken").glob("*.yaml"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_broken_text_is_explained_where_it_breaks(path: Path) -> None:
    first = path.read_bytes().splitlines()[0].decode("ascii")
    with pytest.raises(PlanError) as caught:
        load_plan(path)
    found = [f"{one.where.line or 0}:{one.slug}" for one in caught.value.findings]
    assert found == first.removeprefix("#!").split()


def test_there_is_a_file_for_every_way_of_breaking() -> None:
    named = {mark.split(":")[1] for path in BROKEN for mark in path.read_bytes().splitlines()[0].decode()[2:].split()}
    other = {"yaml-alias", "yaml-anchor", "yaml-tag", "yaml-trap", "yaml-text-split", "yaml-invalid"}
    assert {slug for slug in plan_yaml.MESSAGES if slug.startswith("yaml-")} - other <= named


def test_the_line_is_shown_as_it_stands() -> None:
    (found,) = parse("plan:\n  title：示例 # 注\n  by: 1\n", "targets.yaml").findings
    assert found.parameters["line"] == "title：示例 # 注"
    assert "title：示例" in message(found, "zh")


def test_a_full_width_colon_within_a_text_is_none_of_our_business() -> None:
    assert not parse("plan:\n  title: 目标：一百\n", "targets.yaml").findings


def test_every_lookalike_is_reported_at_once() -> None:
    text = "plan:\n  title：a\n  issuer: b\n\tdocument: c\n  classes: ['3911'， '3912']\n"
    found = [(one.where.line, one.slug) for one in parse(text, "targets.yaml").findings]
    assert found == [(2, "yaml-full-width-colon"), (4, "yaml-tab"), (5, "yaml-full-width-comma")]
