"""Words of the findings of `command`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.errors import Severity
from xicen_kpi.words.definition import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

MESSAGES: Mapping[str, Message] = {
    "plan-not-found": Message(
        _ERROR,
        "找不到计划文件",
        "there is no such plan file",
        "用 -t 指定 targets.yaml，或设置环境变量 XICEN_KPI_TARGETS，或先运行 xicen-kpi init 目录",
        "name it with -t, set XICEN_KPI_TARGETS, or make a working folder with `xicen-kpi init DIR`",
    ),
    "data-not-given": Message(
        _ERROR,
        "没有指定数据文件夹，计划文件中也没有 data",
        "no data folder was given, and the plan names none",
        "在命令后写上文件夹，或在 targets.yaml 中写 data: 文件夹",
        "give the folder after the command, or write `data: FOLDER` in targets.yaml",
    ),
    "data-not-found": Message(
        _ERROR,
        "找不到数据文件夹",
        "there is no such data folder",
        "核对路径；它应当是一个文件夹，里面放平台导出的文件",
        "check the path; it should be a folder with the exports from the platform",
    ),
    "address-needs-spark": Message(
        _ERROR,
        "存储地址只能由 --engine pyspark 读取",
        "only --engine pyspark reads from an address",
        "在 report、explain、summary 后加 --engine pyspark，或先把文件复制、挂载到本机文件夹",
        "add --engine pyspark to report, explain or summary; or copy or mount the files, and give the folder",
    ),
    "address-secret": Message(
        _ERROR,
        "地址中不能带口令、密钥或 ? 之后的参数",
        "an address must not hold a password, a key or anything behind a ?",
        "密钥写在 Spark 的设置里（spark.hadoop.…），命令行和进程列表中都不应出现",
        "keys belong into Spark's settings (spark.hadoop.…), where no list of processes shows them",
    ),
    "store-unreadable": Message(
        _ERROR,
        "存储读取失败：{reason}",
        "the store cannot be read: {reason}",
        "核对地址、权限和网络；Spark 要有该存储的连接器（s3:// 在 Spark 中是 s3a://），见 docs/scale.md",
        "check address, rights, network; Spark needs the store's connector (s3:// is s3a:// to it), see docs/scale.md",
    ),
    "format-unknown": Message(
        _ERROR,
        "不认识的输出格式 {format}",
        "unknown format {format}",
        "可用格式：{known}",
        "formats: {known}",
    ),
    "option-invalid": Message(
        _ERROR,
        "选项 {option} 的值 {value} 不可用",
        "{value} is no value for {option}",
        "可用的值：{known}",
        "use {known}",
    ),
    "check-with-engine": Message(
        _ERROR,
        "--check 逐行核对，不能与 --engine {engine} 同用",
        "--check looks at every row: not with --engine {engine}",
        "去掉 --engine；或先 report --engine {engine}，再单独 check",
        "leave --engine out, or run `report --engine {engine}` and then `check`",
    ),
    "file-not-found": Message(
        _ERROR,
        "找不到文件",
        "there is no such file",
        "核对路径和文件名",
        "check the path and the name",
    ),
    "indicator-unknown": Message(
        _ERROR,
        "计划中没有指标 {id}",
        "the plan has no indicator {id}",
        "是不是：{known}",
        "did you mean: {known}",
    ),
    "internal-only": Message(
        _ERROR,
        "{command} 列出单个企业，只供内部使用，不能用 --audience public",
        "{command} names single enterprises and is internal: not with --audience public",
        "去掉 --audience public；对外请用 report 或 summary",
        "leave --audience public out; use report or summary for the public",
    ),
    "plan-text-unreadable": Message(
        _ERROR,
        "方案原文读不出来：{reason}",
        "the text of the plan cannot be read: {reason}",
        "给出方案原文的纯文本文件（UTF-8 或 GB18030）",
        "give the plan as a plain text file (UTF-8 or GB18030)",
    ),
    "usage": Message(
        _ERROR,
        "用法错误：{problem}",
        "usage: {problem}",
        "用 {command} --help 查看用法",
        "see {command} --help",
    ),
    "output-failed": Message(
        _ERROR,
        "无法写出文件：{reason}",
        "the output cannot be written: {reason}",
        "检查文件夹是否存在、是否可写、磁盘是否已满；原有文件未被改动",
        "check that the folder exists, is writable and the disk not full; an existing file was left as it was",
    ),
    "defect": Message(
        _ERROR,
        "程序缺陷：{error}",
        "a defect of xicen-kpi: {error}",
        "请加 --debug 重新运行，把输出（注意保密）交给维护者",
        "run it again with --debug and hand the output, minding confidentiality, to the maintainers",
    ),
}
