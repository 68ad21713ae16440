"""Words of the findings of `read` about headers, units, rows and cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.errors import Severity
from xicen_kpi.words.definition import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

MESSAGES: Mapping[str, Message] = {
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
    "unit-contradicted": Message(
        _ERROR,
        "按单位“{unit}”读出的数是同一批企业其他文件的 {times} 倍，单位可能写错了",
        "Read as {unit}, these amounts are {times} times those of the same enterprises in the other files",
        "核对该文件的计量单位，在表头或“单位：”处写明。",
        "Check the unit of this file and state it in the header or in a cell 单位：.",
    ),
    "format-contradicts-unit": Message(
        _ERROR,
        "单元格按“{shown}”的格式显示，而单位是{unit}：存的数与看到的数不同，按存的数读，可能差上百上万倍",
        "The cells are shown in {shown} while the unit is {unit}: what is stored, and was read, is not what is seen",
        "改用普通数字格式，使看到的数就是单位下的数；或在列名里写上所存数的单位（小数写“1”）。",
        "Use a plain number format, so that the amount in the unit is seen; or state the unit of what is stored.",
    ),
    "unit-implausible": Message(
        _WARNING,
        "按单位“{unit}”读，最大的数（{value}）大得不合常理，单位可能写错了",
        "Read as {unit}, the largest amount ({value}) is beyond all reason; the unit may be wrong",
        "核对表头里的计量单位。",
        "Check the unit in the header.",
    ),
    "unreadable-cell": Message(
        _ERROR,
        "“{raw}”读不出来，按缺失处理",
        "“{raw}” cannot be read and counts as missing",
        "在文件里改正这个单元格；没有数就留空。",
        "Correct the cell in the file; leave it empty if there is no value.",
    ),
    "decimal-comma": Message(
        _WARNING,
        "这一列用逗号作小数点（如“{raw}”），已按小数读",
        "This column writes decimals with a comma (such as “{raw}”) and was read so",
        "核对一个数；最好按中文区域设置（1234.56）重新导出。",
        "Check one of the figures; better, export it again with a point (1234.56).",
    ),
    "triangle-minus": Message(
        _WARNING,
        "“{raw}”的 △ 按负号读（日本及会计报表的写法）",
        "The △ of “{raw}” is read as a minus, as in Japanese and other accounts",
        "如果不是负数，请改正；负数最好写成 -1234。",
        "Correct it if it is no negative; better, write -1234.",
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
    "no-header": Message(
        _WARNING,
        "没有表头：第一行就是数据，各列以“列1、列2…”称呼",
        "There is no header: the first row is data already; the columns are called 列1, 列2 and so on",
        "在第一行前加一行列名。",
        "Add a row of column names on top.",
    ),
    "header-uncertain": Message(
        _NOTE,
        "全是文字，把这一行当作了表头",
        "Everything is text; this row was taken for the header",
        "如果它是数据，请在上面加一行列名。",
        "If it is data, add a row of column names above it.",
    ),
    "month-by-neighbours": Message(
        _NOTE,
        "“{raw}”读作 {readings}：本列另有 .01，末位的 0 被电子表格去掉了",
        "{raw} is read as {readings}: the column has .01 as well, so a spreadsheet has dropped the final zero",
        "把月份写成 2025-10 或 202510。",
        "Write months as 2025-10 or 202510.",
    ),
    "day-number-read": Message(
        _NOTE,
        "没有日期格式的 Excel 日期序号，按日期读（{raw}）",
        "Excel's day numbers without a date format are read as days ({raw})",
        "在表里设成日期格式，或写成 2025-01。",
        "Give the cells a date format, or write 2025-01.",
    ),
    "month-doubtful": Message(
        _WARNING,
        "“{raw}”可能是 {readings}，无法判断",
        "{raw} may be any of {readings}",
        "把月份写成 2025-10 或 202510。",
        "Write months as 2025-10 or 202510.",
    ),
    "percent-mixed": Message(
        _WARNING,
        "“{raw}”没有百分号，而同列其他格有：表格里的数按小数读作百分数，否则照原样",
        "“{raw}” has no percent sign while its neighbours have: a spreadsheet number was read as a fraction",
        "统一写法：都带百分号，或都不带。",
        "Write all of them with a percent sign, or none.",
    ),
    "column-mixed": Message(
        _NOTE,
        "{columns} 各列大多是数，但也有不少文字（如“{raw}”），都按原样保留",
        "Columns of numbers with many texts among them (such as “{raw}”) were kept as they stand: {columns}",
        "如果应是数，请改正这些格；没有数就留空。",
        "If they should be numbers, correct those cells; leave them empty if there is no value.",
    ),
    "more-of-the-same": Message(
        _NOTE,
        "同类问题还有 {more} 处，未逐一列出（{what}）",
        "{more} more of the same were not listed ({what})",
        "先改正列出的，再运行一次。",
        "Correct those that are listed and run again.",
    ),
}
