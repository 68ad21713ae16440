"""`targets`: the plan listed and validated, its schema, and its quotes against the plan's text; no data needed."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import pytest

from xicen_kpi.plan.schema import schema_text

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from xicen_kpi.plan.load import LoadedPlan

    Cli = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def alone(targets: Path, tmp_path: Path) -> Path:
    """The plan file without any data beside it."""
    plan = tmp_path / "targets.yaml"
    plan.write_bytes(targets.read_bytes())
    return plan


def test_every_commitment_is_listed_under_its_section(cli: Cli, alone: Path, loaded: LoadedPlan) -> None:
    done = cli("targets", "-t", alone)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert "承诺事项138项：有统计指标22项，台账跟踪85项，不跟踪31项" in text
    assert 22 + 85 + 31 == 138
    for commitment_id in loaded.plan.commitments:
        assert f"  {commitment_id} " in text, "the id does not run into the quote"
    for section in {one.cite.section for one in loaded.plan.commitments.values()}:
        assert f"[{section}]" in text


def test_what_is_not_tracked_says_why_in_the_readers_language(cli: Cli, alone: Path) -> None:
    assert "无法测算" in cli("targets", "-t", alone).stdout.decode()
    english = cli("targets", "-t", alone, "--lang", "en").stdout.decode()
    assert "not tracked · A direction without a statistic" in english


def test_the_list_as_data(cli: Cli, alone: Path, loaded: LoadedPlan) -> None:
    found = json.loads(cli("targets", "-t", alone, "--format", "json").stdout)
    assert found["title"] == loaded.plan.plan.title
    assert len(found["entries"]) == sum(found["counts"].values()) == 138
    assert found["entries"][0]["id"] == "G0.1"
    for one in found["entries"]:
        assert set(one) == {"id", "kind", "section", "quote", "how", "indicators", "why"}
        assert (one["how"] != "not_tracked") or set(one["why"]) == {"zh", "en"}


def test_the_schema_is_json_and_the_one_that_init_writes(cli: Cli, tmp_path: Path) -> None:
    done = cli("targets", "--schema")
    assert done.stdout.decode() == schema_text()
    schema = json.loads(done.stdout)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert {"plan", "indicators", "sources"} <= schema["properties"].keys()
    cli("init", tmp_path / "office", "-q")
    assert (tmp_path / "office" / "targets.schema.json").read_bytes() == done.stdout


PLAN_TEXT = """\
一、主要目标
依托主导产业链搭建创新平台（应用场景）不少于2个，新增上下游企业及创新创业企业20家。
这一句没有任何条目对应。
规模以上工业总产值达
170亿元。
"""


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_quotes_are_looked_for_in_the_plans_text(
    cli: Cli, alone: Path, loaded: LoadedPlan, tmp_path: Path, encoding: str
) -> None:
    """Brackets of either width and line breaks make no difference."""
    text = tmp_path / "plan.txt"
    text.write_bytes(PLAN_TEXT.encode(encoding))
    found = json.loads(cli("targets", "-t", alone, "--plan-text", text, "--format", "json").stdout)
    plan = loaded.plan
    cited = [one.cite.quote for one in plan.indicators.values()] + [one.cite.quote for one in plan.commitments.values()]
    there = [quote for quote in cited if plain(quote) in plain(PLAN_TEXT)]
    assert len(there) == 3, "platforms, enterprises, output"
    assert found["quotes"] == len(cited)
    assert len(found["missing"]) == len(cited) - 3
    assert found["uncovered"] == ["这一句没有任何条目对应。"]


def test_a_quote_that_is_not_there_is_a_finding_with_its_line(cli: Cli, alone: Path, tmp_path: Path) -> None:
    text = tmp_path / "plan.txt"
    text.write_text(PLAN_TEXT, encoding="utf-8")
    done = cli("targets", "-t", alone, "--plan-text", text, "--fail-on", "error")
    assert done.returncode == 1
    told = done.stderr.decode()
    assert "targets.yaml:" in told
    assert "这一句没有任何条目对应" in done.stdout.decode()
    assert cli("targets", "-t", alone, "--plan-text", text, "-q").stderr == b""


def test_a_plan_with_a_mistake_is_not_listed(cli: Cli, alone: Path) -> None:
    alone.write_text(alone.read_text(encoding="utf-8").replace("unit: 亿元", "unti: 亿元", 1), encoding="utf-8")
    done = cli("targets", "-t", alone)
    assert (done.returncode, done.stdout) == (3, b"")
    assert "unti" in done.stderr.decode()
