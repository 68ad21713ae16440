"""Words of the findings of `read`: about files here, about what stands in them in `read_tables`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.errors import Severity
from xicen_kpi.words import read_tables
from xicen_kpi.words.definition import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

MESSAGES: Mapping[str, Message] = {
    "file-missing": Message(
        _ERROR,
        "数据文件夹里没有“{title:zh}”（{source}）的文件：没有文件名符合 {globs}",
        "No file for {source} ({title:en}): no name in the data folder fits {globs}",
        "把导出的文件放进数据文件夹，或在 targets.yaml 的 sources.{source}.files 里写上它的文件名。",
        "Put the export into the data folder, or give its name under sources.{source}.files in targets.yaml.",
    ),
    "file-not-needed": Message(
        _NOTE,
        "没有“{title:zh}”（{source}）的文件；目前没有指标用到它",
        "No file for {source} ({title:en}); no indicator asks for it at present",
        "无需处理；有这份导出时放进数据文件夹即可。",
        "Nothing to do; where there is such an export, put it into the data folder.",
    ),
    "no-data-files": Message(
        _ERROR,
        "文件夹里没有数据文件（xlsx、xls、csv 等）",
        "There are no data files (xlsx, xls, csv …) in the folder",
        "确认文件夹路径正确，把平台导出的文件原样放进去。",
        "Check the path of the folder, and put the exports into it as they came from the platform.",
    ),
    "no-file-fits": Message(
        _ERROR,
        "文件夹里有{count}个数据文件（如 {files}），但没有一个文件名符合计划文件里 sources 的 files",
        "The folder has data files, {count} of them ({files} …), but no name fits the files of any source in the plan",
        "确认文件夹和计划文件配套；用 xicen-kpi inspect 文件名 得到该文件的 sources 写法。",
        "Check that folder and plan belong together; `xicen-kpi inspect FILE` proposes a source for a file.",
    ),
    "file-broken": Message(
        _ERROR,
        "文件已损坏或不完整，读不出来：{detail}",
        "The file is broken or incomplete: {detail}",
        "重新导出；在 Excel 里能打开的，另存为 .xlsx 再放回来。",
        "Export it again; if Excel opens it, save it as .xlsx and put it back.",
    ),
    "file-password": Message(
        _ERROR,
        "文件设有密码，读不出来",
        "The file has a password",
        "在 Excel 里打开，去掉“打开权限密码”后另存。",
        "Open it in Excel, remove the password to open, and save it.",
    ),
    "file-bomb": Message(
        _ERROR,
        "文件解压后大得不合常理，未读取",
        "The file would grow beyond all reason when unpacked; it was not read",
        "不要打开来历不明的文件；确是自己的表，请另存为 .csv。",
        "Do not open files of unknown origin; if it is your own table, save it as .csv.",
    ),
    "file-too-many-cells": Message(
        _ERROR,
        "工作表的范围大得不合常理（{detail}），未读取",
        "The sheet spans more cells than is reasonable ({detail}); it was not read",
        "很远的地方有一个多余的单元格：在 Excel 里按 Ctrl+End 找到，删去多余的行和列后保存。",
        "A stray cell lies far off: press Ctrl+End in Excel, delete the rows and columns up to there, and save.",
    ),
    "file-too-large": Message(
        _ERROR,
        "文件超过 4 GB，未读取",
        "The file is larger than 4 GB; it was not read",
        "请分年或分表导出。",
        "Export it by year or by form.",
    ),
    "file-no-table": Message(
        _ERROR,
        "文件里没有表格",
        "The file holds no table",
        "核对是否放错了文件。",
        "Check that it is the right file.",
    ),
    "file-no-file": Message(
        _ERROR,
        "这不是可以读取的文件 {detail}",
        "This is no file that can be read {detail}",
        "核对名称和权限；文件夹请用里面的文件。",
        "Check its name and permissions; of a folder, give the files in it.",
    ),
    "file-foreign": Message(
        _ERROR,
        "这是 {detail} 文件，不是表格",
        "This is a {detail} file, not a table",
        "请导出为 .xlsx 或 .csv。",
        "Export it as .xlsx or .csv.",
    ),
    "file-encrypted": Message(
        _ERROR,
        "Parquet 文件已加密，读不出来",
        "The Parquet file is encrypted",
        "请数据提供方导出不加密的文件。",
        "Ask whoever wrote it for one that is not.",
    ),
    "parquet-extra-missing": Message(
        _ERROR,
        "读写 Parquet 文件需要 pyarrow，当前环境没有安装",
        "Parquet files need pyarrow, which is not installed",
        "运行 pip install 'xicen-kpi[parquet]'",
        "run pip install 'xicen-kpi[parquet]'",
    ),
    "column-type": Message(
        _ERROR,
        "这一列在文件里的类型是 {type}，读不出要的内容，按缺失处理",
        "The file has this column as {type}, of which nothing can be made; it counts as missing",
        "请把金额导出为数值列，代码、名称导出为文本列，不要嵌套。",
        "Export amounts as numbers, codes and names as texts, and nothing nested.",
    ),
    "rows-unreadable": Message(
        _ERROR,
        "文件已损坏：从第 {row} 行起的 {rows} 行读不出来，未使用（{detail}）",
        "The file is broken: {rows} rows from row {row} on cannot be read and were not used ({detail})",
        "重新导出或重新拷贝。",
        "Export or copy it again.",
    ),
    "converted-stale": Message(
        _ERROR,
        "这是按另一种数据源声明转换的副本，未读取",
        "This copy was converted with another declaration of its source; it was not read",
        "targets.yaml 里该数据源的列、单位或主键改过：用原始文件重新运行 xicen-kpi convert。",
        "Columns, units or key of the source in targets.yaml have changed: run xicen-kpi convert again on the exports.",
    ),
    "file-encoding": Message(
        _ERROR,
        "文字编码认不出来：不是 UTF-8、UTF-16 或 GB18030",
        "The encoding is unknown: neither UTF-8 nor UTF-16 nor GB18030",
        "在导出它的程序里另存为 UTF-8 的 .csv 或 .xlsx。",
        "Save it as UTF-8 .csv or as .xlsx in the program that wrote it.",
    ),
    "encoding-doubtful": Message(
        _WARNING,
        "按 GB18030 读出的字大多生僻，可能是别的编码（如 Big5）",
        "Read as GB18030 most characters are rare ones; it may be another encoding, such as Big5",
        "打开核对文字；不对的，另存为 UTF-8 的 .csv。",
        "Check the text; if it is wrong, save the file as UTF-8 .csv.",
    ),
    "encoding-broken": Message(
        _ERROR,
        "文件开头是 {encoding}，从第 {at} 个字节起却不是，后面的文字可能有误",
        "The file begins as {encoding} but is not from byte {at} on; texts after that may be wrong",
        "文件可能由两种编码拼成：请重新导出。",
        "It may have been put together from two encodings: export it again.",
    ),
    "file-cut-off": Message(
        _ERROR,
        "文件在一个字的中间断了，后面的内容可能丢失",
        "The file ends in the middle of a character; what followed may be lost",
        "重新导出或重新拷贝。",
        "Export or copy it again.",
    ),
    "file-empty": Message(
        _ERROR,
        "文件是空的，没有任何单元格",
        "The file is empty: it holds no cell at all",
        "请重新导出；如果当期确实没有数据，请删去这个文件。",
        "Export it again; if there is nothing to report, remove the file.",
    ),
    "sheets-hidden": Message(
        _NOTE,
        "隐藏的工作表没有读取：{sheets}",
        "Hidden sheets were not read: {sheets}",
        "需要的，请在 Excel 里取消隐藏后保存。",
        "If they are needed, unhide them in Excel and save.",
    ),
    "formulas-failed": Message(
        _WARNING,
        "有 {cells} 个单元格的公式出错（如 #DIV/0!），按缺失处理",
        "{cells} cells hold a formula that failed, such as #DIV/0!; they count as missing",
        "在 Excel 里改正公式，或改成数值。",
        "Correct the formulas in Excel, or put values in their place.",
    ),
    "formulas-without-value": Message(
        _WARNING,
        "有 {cells} 个单元格只有公式、没有算出的值，按缺失处理",
        "{cells} cells hold a formula that was never worked out; they count as missing",
        "在 Excel 里打开、重新计算并保存。",
        "Open the file in Excel, recalculate and save.",
    ),
    "link-outside": Message(
        _WARNING,
        "这个链接或名称指向数据文件夹之外，未读取",
        "This link or name leads outside the data folder and was not followed",
        "把文件本身复制进数据文件夹。",
        "Copy the file itself into the data folder.",
    ),
    **read_tables.MESSAGES,
}
