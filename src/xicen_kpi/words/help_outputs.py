"""Help of the commands and options that make what people read: the brief, the history, their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OUTPUT_HELP: Mapping[str, tuple[str, str]] = {
    "summary": (
        "简报：几段话说清各项主要目标的完成、同比、序时、缺口和需要关注的事项，纯文本，适合邮件。",
        "The brief: a few paragraphs of plain text for mail, on where the headline targets stand and what to watch.",
    ),
    "summary.length": ("short 短报，或 full 全文（默认）。", "short, or full (the default)."),
    "summary.width": (
        "每行宽度，汉字占两格（默认 78）。",
        "Cells of a line, a Chinese character takes two (default 78).",
    ),
    "summary.if_changed": (
        "与上次运行相比没有变化时不输出；上次的内容记在此文件中。",
        "Print nothing where nothing has changed since the last run, which is kept in this file.",
    ),
    "record": (
        "把本期结果记入计划文件旁的 history/ 文件夹。",
        "Keep this result in the folder history/ beside the plan file.",
    ),
    "history": (
        "历次记录中各指标的数值和状态如何变动：首报、现值、由哪一批数据引起。",
        "How figures and states moved over the recorded runs: first reported, current, and which data moved them.",
    ),
    "convert": (
        "把导出文件读一遍，连同来历另存为 Parquet；以后以它作为数据文件夹，结果相同而更快。内部资料。",
        "Read the exports once and keep them as Parquet with their trail: the same figures, faster. Internal data.",
    ),
    "convert.output": (
        "新文件夹，不能在数据文件夹里；要么写完整，要么什么也不留下。",
        "A new folder, not inside the data folder. Whole or not at all.",
    ),
    "history.id": ("指标编号；不写则列出全部主要目标。", "Id of an indicator; without it, all headline targets."),
    "history.folder": (
        "记录所在文件夹（默认计划文件旁的 history/）。",
        "Folder of the records (default: history/ beside the plan file).",
    ),
}
