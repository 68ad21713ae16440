"""Words of `convert`: what was written, and that it is confidential."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.errors import Severity
from xicen_kpi.words.definition import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.labels import Lang

MESSAGES: Mapping[str, Message] = {
    "convert-into-data": Message(
        Severity.ERROR,
        "不能把副本写进数据文件夹 {data}，也不能写在包含它的文件夹里",
        "The copy may be neither inside the data folder {data} nor be a folder that holds it",
        "用 -o 另指定一个新文件夹。",
        "Give a new folder of its own with -o.",
    ),
    "convert-folder-in-use": Message(
        Severity.ERROR,
        "文件夹已存在且不是空的，未写入",
        "The folder exists and is not empty; nothing was written",
        "用 -o 指定一个新文件夹；旧的副本确认不用后再删去。",
        "Give a new folder with -o; remove the old copy once it is no longer needed.",
    ),
}

CONVERT: Mapping[str, tuple[str, str]] = {
    "source": (
        "{source}（{title}）：{files} 个文件，读入 {read} 行，采用 {used} 行",
        "{source} ({title}): {files} files, {read} rows read, {used} used",
    ),
    "aside": ("，未采用：{aside}", "; set aside: {aside}"),
    "nothing": ("{source}（{title}）：没有文件", "{source} ({title}): no file"),
    "written": (
        "已写入 {folder}（{size} MB）。以后以它作为数据文件夹：xicen-kpi report {folder}",
        "Written to {folder} ({size} MB). From now on give it as the data folder: xicen-kpi report {folder}",
    ),
    "confidential": (
        "内部资料：其中是企业数据，与原始文件同样保管，不得外传。",
        "Internal: it holds enterprise data. Keep it as the exports are kept, and hand it to nobody.",
    ),
}


def convert_word(key: str, lang: Lang, **values: object) -> str:
    """A sentence by its key.

    Raises:
        KeyError: There is no such sentence.
    """
    text = CONVERT[key][0 if lang == "zh" else 1]
    return text.format_map(values) if values else text
