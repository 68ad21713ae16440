"""The document: the brief's words, a table, nothing that the public may not read."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from office import SOFFICE, converted
from reports import sample

from xicen_kpi.cli.documents import document
from xicen_kpi.render.brief import brief_of
from xicen_kpi.report.workings import workings_of

if TYPE_CHECKING:
    from pathlib import Path

    from xicen_kpi.report.assessment import Assessment
    from xicen_kpi.words.labels import Lang

docx = pytest.importorskip("docx", reason="the document needs the extra `report`")


def made(found: Assessment) -> bytes:
    data = document(found, "docx")
    assert isinstance(data, bytes)
    return data


def opened(who: str = "internal", lang: Lang = "zh") -> Any:
    return docx.Document(io.BytesIO(made(sample(who, lang))))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_says_what_the_brief_says(lang: Lang) -> None:
    text = "\n".join(one.text for one in opened("internal", lang).paragraphs)
    brief = brief_of(sample("internal", lang).report, lang)
    assert brief.title in text
    assert brief.opening in text
    for section in brief.sections:
        assert section.heading in text
        assert all(paragraph in text for paragraph in section.paragraphs)


def test_the_table_has_the_headline_targets() -> None:
    rows = [[cell.text for cell in row.cells] for row in opened().tables[0].rows]
    assert rows[0] == ["指标", "现值", "目标", "完成率", "较序时", "缺口", "同比", "状态"]
    assert len(rows) == 8
    assert rows[3] == ["规模以上工业总产值", "137.2亿元", "≥170", "80.7%", "−2.6", "32.8", "+5.2%", "需加力"]


def test_official_fonts_and_page() -> None:
    found = opened()
    section = found.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == "内部资料"
    body = next(one for one in found.paragraphs if one.text.startswith("截至2026年10月"))
    assert "仿宋_GB2312" in body.runs[0]._r.xml
    assert body.paragraph_format.first_line_indent.pt == 32, "two characters of 16 points"


def test_the_same_bytes_for_the_same_data() -> None:
    assert made(sample("internal")) == made(sample("internal"))


def test_no_byte_of_a_public_document_names_an_enterprise() -> None:
    with zipfile.ZipFile(io.BytesIO(made(sample("public")))) as parts:
        text = "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    assert re.findall(r"9[0-9]{7}[0-9A-Z]{10}", text) == []
    names = {line.name for one in workings_of(sample("internal")).values() for line in one.lines} - {""}
    assert [name for name in names if name in text] == []
    assert "内部资料" not in text


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: apt-get install libreoffice-writer")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_libreoffice_makes_pages_of_it(lang: Lang, tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    path.write_bytes(made(sample("internal", lang)))
    pages = converted(path, "pdf", tmp_path).read_bytes()
    assert pages.startswith(b"%PDF")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pages)) <= 8
