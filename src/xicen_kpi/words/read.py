"""Words of the findings of `read`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.errors import Severity
from xicen_kpi.words.definition import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

MESSAGES: Mapping[str, Message] = {
    "file-missing": Message(
        _ERROR,
        "数据文件夹里没有“{title}”（{source}）的文件：没有文件名符合 {globs}",
        "No file for {source} ({title}): no name in the data folder fits {globs}",
        "把导出的文件放进数据文件夹，或在 targets.yaml 的 sources.{source}.files 里写上它的文件名。",
        "Put the export into the data folder, or give its name under sources.{source}.files in targets.yaml.",
    ),
    "file-unreadable": Message(
        _ERROR,
        "文件读不出来：{reason}",
        "The file cannot be read: {reason}",
        "请在导出它的程序里打开确认，另存为 .xlsx 或 UTF-8 的 .csv 后再放回来。",
        "Open it in the program that wrote it, save it as .xlsx or as UTF-8 .csv, and put it back.",
    ),
    "file-empty": Message(
        _ERROR,
        "文件是空的，没有任何单元格",
        "The file is empty: it holds no cell at all",
        "请重新导出；如果当期确实没有数据，请删去这个文件。",
        "Export it again; if there is nothing to report, remove the file.",
    ),
    "link-outside": Message(
        _WARNING,
        "这个链接指向数据文件夹之外，未读取",
        "This link leads outside the data folder and was not followed",
        "把文件本身复制进数据文件夹。",
        "Copy the file itself into the data folder.",
    ),
    "header-not-found": Message(
        _ERROR,
        "前25行里找不到表头：没有一行含有 {wanted} 中的列名",
        "No header in the first 25 rows: none of them names any of {wanted}",
        "核对是否导错了表；列名不同的，在 targets.yaml 该列的 header 里补上文件中的写法。",
        "Check that it is the right table; if its columns have other names, add them to `header` in targets.yaml.",
    ),
    "column-missing": Message(
        _ERROR,
        "缺少“{wanted}”列；文件里有：{headers}",
        "No column “{wanted}”; the file has: {headers}",
        "重新导出并勾选该指标；列名不同的，在 targets.yaml 该列的 header 里补上文件中的写法。",
        "Export again with this item; if the column has another name, add that name to `header` in targets.yaml.",
    ),
    "column-missing-near": Message(
        _ERROR,
        "缺少“{wanted}”列，是不是“{near}”？文件里有：{headers}",
        "No column “{wanted}”. Did you mean “{near}”? The file has: {headers}",
        "如果就是这一列，在 targets.yaml 该列的 header 里补上“{near}”；否则重新导出并勾选该指标。",
        "If so, add “{near}” to `header` of this column in targets.yaml; else export again with this item.",
    ),
    "column-twice": Message(
        _WARNING,
        "有几列都可以当作“{wanted}”，取了最左边的一列",
        "Several columns answer to “{wanted}”; the leftmost was taken",
        "删去多余的列，或在 targets.yaml 里把 header 写得更具体。",
        "Remove the other column, or make `header` in targets.yaml more specific.",
    ),
    "unit-mismatch": Message(
        _ERROR,
        "表头写的计量单位“{unit}”与该指标的单位“{declared}”不是同一类，未取数",
        "The header says {unit}, which does not measure the same as the declared {declared}; the column was left out",
        "核对是否取错了列，或改正 targets.yaml 里的 unit。",
        "Check that it is the right column, or correct `unit` in targets.yaml.",
    ),
    "unreadable-cell": Message(
        _ERROR,
        "“{raw}”读不出来，按缺失处理",
        "“{raw}” cannot be read and counts as missing",
        "在文件里改正这个单元格；没有数就留空。",
        "Correct the cell in the file; leave it empty if there is no value.",
    ),
    "code-scientific": Message(
        _ERROR,
        "代码被电子表格变成了数字“{raw}”，末几位已经丢失",
        "A spreadsheet has turned this code into the number {raw}; its last digits are lost",
        "重新导出；打开前先把该列设为文本格式，或直接用导出的文件，不要在 Excel 里另存。",
        "Export it again; format the column as text before opening it, or use the export as it is.",
    ),
    "code-length": Message(
        _ERROR,
        "“{raw}”不是单位代码：应为18位（旧码15位或9位）",
        "“{raw}” is no unit code: 18 characters are expected (15 or 9 for old ones)",
        "对照名录改正代码。",
        "Correct it from the enterprise list.",
    ),
    "row-without-key": Message(
        _ERROR,
        "这一行没有代码或名称，不知道是谁的数，未使用",
        "This row names no unit, so nobody knows whose figures they are; it was not used",
        "补上代码；如果是合计或说明，请删去或写明“合计”“注”。",
        "Fill in the code; if it is a total or a remark, remove it or mark it 合计 or 注.",
    ),
    "no-period": Message(
        _ERROR,
        "{rows} 行没有报告期：列里、标题、表名、文件名里都没有，未使用",
        "{rows} rows have no period in a column, the title, the sheet's or the file's name; they were not used",
        "在文件名里写上期别，如 B203_2026年10月.xlsx，或补上“报告期”列。",
        "Put the period into the file name, such as B203_2026-10.xlsx, or add a column 报告期.",
    ),
    "more-of-the-same": Message(
        _NOTE,
        "同类问题还有 {more} 处，未逐一列出（{what}）",
        "{more} more of the same were not listed ({what})",
        "先改正列出的，再运行一次。",
        "Correct those that are listed and run again.",
    ),
}
