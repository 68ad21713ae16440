"""The fixed words around the help, which the parser brings along in English, and what they are in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.labels import Lang

FRAME: Mapping[str, str] = {
    "Usage: ": "用法：",
    "Arguments": "参数",
    "Options": "选项",
    "Commands": "命令",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
    "Show this message and exit.": "显示本帮助。",
    "Install completion for the current shell.": "为当前 shell 安装命令补全。",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "显示当前 shell 的补全脚本，供复制或自行安装。"
    ),
    "[required]": "（必填）",
    "<path>": "<路径>",
    "<str>": "<值>",
    "<int>": "<整数>",
}


def framed(text: str, lang: Lang) -> str:
    """A piece of help with its fixed words in the reader's language."""
    if lang == "zh":
        for english, chinese in FRAME.items():
            text = text.replace(english, chinese)
    return text
