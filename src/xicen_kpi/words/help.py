"""Help of commands and options, Chinese and English side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.words.help_outputs import OUTPUT_HELP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.labels import Lang

HELP: Mapping[str, tuple[str, str]] = {
    "app": (
        (
            "从统计报表导出文件夹到行动方案的指标对账：现状、缺口、序时与来龙去脉。\n\n"
            "退出码：0 正常；1 有达到 --fail-on 的问题；2 用法错误；3 计划文件有误；"
            "4 数据全部读不出；5 无法写出；70 程序缺陷；130 被中断。"
        ),
        (
            "From a folder of statistics exports to an action plan's scoreboard: value, gap, pace, "
            "and the trail of each.\n\n"
            "Exit codes: 0 done; 1 findings at or above --fail-on; 2 usage; 3 the plan file is not valid; "
            "4 none of the data could be read; 5 the output cannot be written; 70 a defect; 130 interrupted."
        ),
    ),
    "report": ("各项指标与目标的差距。", "Every indicator against its target."),
    "report.commitments": ("列出全部承诺事项及其进展。", "List every commitment with its state."),
    "inspect": (
        "文件是怎样被读懂的：标题、表头、单位、所属期、合计、表尾、前几行，以及可粘贴到计划文件的 sources 段。",
        "How a file is read: title, header, unit, period, totals, footers, first rows, and its sources: block.",
    ),
    "inspect.files": ("一个或多个文件；给文件夹则每个文件一行。", "Files; a folder gives one line a file."),
    "targets.list": (
        "列出并校验计划文件：哪些有统计指标，哪些用台账跟踪，哪些不跟踪及原因。",
        "List and validate the plan file: what is measured, followed, not tracked, and why.",
    ),
    "targets.schema": (
        "输出计划文件的 JSON Schema（供编辑器提示）。",
        "Print the JSON Schema of a plan file, for editors.",
    ),
    "targets.plan_text": (
        "把每条引文与方案原文比对，并列出没有条目对应的句子。",
        "Compare every quote with the plan's text and list the sentences that no entry covers.",
    ),
    "init": (
        "新建工作文件夹：计划文件、样例数据、定时任务、自动检查、说明；从不覆盖已有文件。",
        "A working folder: plan, sample data, crontab, CI job, README; nothing is overwritten.",
    ),
    "init.folder": ("文件夹。", "The folder."),
    "explain": (
        "一个数字的来龙去脉：原文、口径、公式、文件、企业、如何补上缺口。",
        "The trail of one figure: the plan's words, formula, files, enterprises, what would close the gap.",
    ),
    "explain.id": ("指标编号，如 industrial_output。", "Id of an indicator, such as industrial_output."),
    "explain.backtest": ("用本园区历史数据回测预计方法。", "Back-test the projection on the park's own history."),
    "with_check": (
        "同时逐条规则检查数据（只读一遍），问题并入输出；可与 --fail-on 同用。",
        "Check the data too, in the same reading; findings join the output, and --fail-on looks at them.",
    ),
    "jobs": (
        "用几个进程核对各行（默认 1）；结果相同，大数据更快，内存略多（仅 Linux）。",
        "Processes that check rows (default 1): same findings, faster on large data, a little more memory (Linux).",
    ),
    "engine": (
        "大而规整的文件由谁来读：{engines}（默认 pandas，数值都相同；pyspark 也读 s3a:// 等地址，见 docs/scale.md）。",
        "Reads large plain files: {engines} (default pandas; same figures; pyspark takes s3a://… too: docs/scale.md).",
    ),
    "data": (
        "统计报表导出文件所在文件夹（默认用计划文件中的 data）。",
        "Folder of exports (default: `data` of the plan).",
    ),
    "targets": (
        "计划文件（默认 $XICEN_KPI_TARGETS，再默认 ./targets.yaml）。",
        "Plan file (default: $XICEN_KPI_TARGETS, else ./targets.yaml).",
    ),
    "as_of": (
        "截至月份，如 2026-10（默认：各数据源都有的最新一期）。",
        "Month such as 2026-10 (default: the latest that the sources hold).",
    ),
    "lang": (
        "输出语言 zh 或 en（默认用计划文件中的 language）。",
        "Language zh or en (default: `language` of the plan).",
    ),
    "audience": (
        "internal 内部资料，或 public 可公开。",
        "internal, or public (no enterprise, no confidential figure).",
    ),
    "format": (
        "输出格式：{formats}（默认：终端为第一种，管道为 text）。",
        "Format: {formats} (default: the first at a terminal, text in a pipe).",
    ),
    "output": (
        "写入文件（后缀决定格式），要么写完整，要么保持原样。",
        "Write to a file; its suffix chooses the format. Whole or not at all.",
    ),
    "fail_on": (
        "有此级别及以上的问题时退出码为 1：error、warning、note、never。",
        "Exit 1 on findings of this severity or worse: error, warning, note, never.",
    ),
    "quiet": ("标准错误上不输出说明。", "No messages on stderr."),
    "debug": ("程序出错时显示详细堆栈。", "Show the traceback of a defect."),
    "version": ("显示版本号。", "Show the version."),
    **OUTPUT_HELP,
}


def help_text(key: str, lang: Lang, **values: str) -> str:
    """Help in one language.

    Raises:
        KeyError: There is no such text.
    """
    text = HELP[key][0 if lang == "zh" else 1]
    return text.format_map(values) if values else text
