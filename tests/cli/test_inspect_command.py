"""`xicen-kpi inspect`, as a process: for a person, for a script, for a folder."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def inspect(cli, sample_data, targets):
    def run(*words, **given):
        files = [
            sample_data / word if isinstance(word, str) and (sample_data / word).exists() else word for word in words
        ]
        return cli("inspect", *files, "-t", targets, **given)

    return run


def test_a_form_with_two_header_rows(inspect):
    done = inspect("B203_2026年.xlsx", "--lang", "zh")
    text = done.stdout.decode()
    assert done.returncode == 0
    assert "表头：第 3—4 行" in text
    assert "单位：千元（单位见单位格）" in text
    assert "可用作 industry_finance" in text
    assert "sources:\n  industry_finance:" in text


def test_totals_and_footers_are_said(inspect):
    text = inspect("园区工业月报_2026年10月.xlsx", "--lang", "zh").stdout.decode()
    assert "读入 129 行，采用 127 行，剔除表尾 1、注释 1" in text
    assert "标记为合计、小计或其中的行：129" in text
    assert "单位：万元（单位见表头）" in text


def test_json_for_scripts(inspect):
    (found,) = json.loads(inspect("B204-1_2026年.csv", "--format", "json").stdout)
    (table,) = found["tables"]
    assert table["encoding"] == "gb18030"
    assert table["rows_read"] == table["rows_used"] + sum(table["set_aside"].values())
    assert found["feeds"][0]["source"] == "output"
    assert found["feeds"][0]["complete"]


def test_a_folder_gives_a_line_a_file(inspect, sample_data):
    lines = inspect(sample_data, "--lang", "en").stdout.decode().splitlines()
    by_file = dict(line.split(": ", 1) for line in lines)
    assert "feeds wholesale" in by_file["E204_2026年.csv"]
    assert "feeds enterprises" in by_file["园区名录.xlsx"]


def test_the_public_sees_no_rows(inspect):
    text = inspect("园区名录.xlsx", "--audience", "public").stdout.decode()
    assert "西岑样例" not in text
    assert "91310118" not in text


def test_without_a_plan_a_file_is_still_read(cli, sample_data):
    done = cli("inspect", sample_data / "E204_2026年.csv", "--lang", "en")
    assert done.returncode == 0
    assert "no source of the plan fits it" in done.stdout.decode()


def test_a_file_that_is_not_there(cli):
    done = cli("inspect", "nowhere.csv", "--lang", "en")
    assert done.returncode == 2
    assert "[file-not-found]" in done.stderr.decode()
