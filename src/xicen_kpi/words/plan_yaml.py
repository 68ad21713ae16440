"""Words of the findings of `plan`: the file and its YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.errors import Severity
from xicen_kpi.words.definition import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

MESSAGES: Mapping[str, Message] = {
    "plan-file-missing": Message(
        _ERROR,
        "找不到计划文件 {file}",
        "there is no plan file {file}",
        "用 -t 指定计划文件，或在当前文件夹放一个 targets.yaml",
        "name it with -t, or put a targets.yaml into this folder",
    ),
    "plan-file-unreadable": Message(
        _ERROR,
        "计划文件无法读取：{reason}",
        "the plan file cannot be read: {reason}",
        "检查文件权限，确认它是文件而不是文件夹",
        "check its permissions, and that it is a file and not a folder",
    ),
    "plan-too-large": Message(
        _ERROR,
        "计划文件超过 {largest} 字节，不像是一份计划",
        "the plan file has more than {largest} bytes: that is hardly a plan",
        "确认没有把数据文件当作计划文件",
        "check that it is not a file of data",
    ),
    "plan-not-utf8": Message(
        _ERROR,
        "计划文件不是 UTF-8 编码，从这一行起无法读出",
        "the plan file is not UTF-8: it cannot be read from this line on",
        "在编辑器中另存为 UTF-8（有无 BOM 均可）",
        "save it as UTF-8 in the editor, with or without BOM",
    ),
    "plan-empty": Message(
        _ERROR,
        "计划文件没有内容：最外层应是 plan、sources、indicators 等键",
        "the plan file declares nothing: plan, sources, indicators and so on should stand at its top level",
        "参照 docs/targets-yaml.md 的最小例子",
        "start from the smallest example in docs/targets-yaml.md",
    ),
    "yaml-alias": Message(
        _ERROR,
        "用了别名 *{name}",
        "an alias, *{name}",
        "计划文件里不用锚点和别名：请把内容写在原处",
        "a plan has no anchors and aliases: write the text out where it belongs",
    ),
    "yaml-anchor": Message(
        _ERROR,
        "用了锚点 &{name}",
        "an anchor, &{name}",
        "计划文件里不用锚点和别名：请删去锚点，把内容写在原处",
        "a plan has no anchors and aliases: take the anchor out and write the text where it belongs",
    ),
    "yaml-tag": Message(
        _ERROR,
        "用了 YAML 标签 {tag}",
        "a YAML tag, {tag}",
        "删去标签；文字用引号括起即可",
        "take it out; quotes are enough to make a text of something",
    ),
    "yaml-documents": Message(
        _ERROR,
        "一个文件里有多份 YAML 文档，从这一行起未读",
        "more than one YAML document in a file: from this line on nothing was read",
        "删去单独成行的 ---，或另存为一份计划",
        "delete the --- that stands alone on a line, or save the rest as a plan of its own",
    ),
    "yaml-too-deep": Message(
        _ERROR,
        "嵌套超过 {deepest} 层，其后未读",
        "more than {deepest} levels deep: the rest was not read",
        "检查括号和缩进",
        "check brackets and indentation",
    ),
    "yaml-key": Message(
        _ERROR,
        "键应是一个名称，而不是列表或映射",
        "a key should be a name, not a list or a mapping",
        "检查行首的问号、方括号或花括号",
        "look for a question mark or a bracket at the start of the line",
    ),
    "duplicate-yaml-key": Message(
        _ERROR,
        "键 {key} 出现两次，第一次在第 {first} 行",
        "the key {key} stands here again; the first is in line {first}",
        "合并两处，或改其中一处的名称",
        "merge the two, or rename one of them",
    ),
    "yaml-trap": Message(
        _WARNING,
        "{value} 未加引号，在此作文字处理；其他 YAML 软件会读成别的值",
        "{value} without quotes is taken as text here; other YAML readers make something else of it",
        "文字请加引号；数字请写成普通数字，真假请写 true 或 false",
        "put quotes around a text; write numbers plainly, and true or false for a yes or no",
    ),
    "value-empty": Message(
        _WARNING,
        "{key} 后面没有内容",
        "nothing stands behind {key}",
        "填写内容，或删去这一行；如下面几行属于它，请增加缩进",
        "fill it in or delete the line; if the lines below belong to it, indent them",
    ),
    "yaml-text-split": Message(
        _ERROR,
        "花括号里的逗号把文字切断了：“{key}”成了一个键",
        "a comma within braces cuts the text in two: {key} becomes a key",
        "给含逗号的文字加引号",
        "put quotes around a text with a comma in it",
    ),
    "yaml-full-width-colon": Message(
        _ERROR,
        "用了全角冒号：{line}",
        "a full-width colon: {line}",
        "改为半角冒号，后面加一个空格",
        "use a plain colon followed by a blank",
    ),
    "yaml-full-width-comma": Message(
        _ERROR,
        "列表中用了全角逗号：{line}",
        "a full-width comma in a list: {line}",
        "改为半角逗号",
        "use a plain comma",
    ),
    "yaml-tab": Message(
        _ERROR,
        "用制表符缩进：{line}",
        "a tab in the indentation: {line}",
        "改为空格缩进",
        "indent with blanks",
    ),
    "yaml-quote-open": Message(
        _ERROR,
        "引号没有成对：{line}",
        "a quotation mark that is never closed: {line}",
        "补上另一半引号；中文引号不能代替",
        "close it with the same mark; Chinese quotation marks do not count",
    ),
    "yaml-bracket-open": Message(
        _ERROR,
        "括号没有成对，或各项之间缺逗号：{line}",
        "a bracket that is not closed, or a comma that is missing between items: {line}",
        "补上括号或半角逗号",
        "close the bracket or put a comma",
    ),
    "yaml-colon": Message(
        _ERROR,
        "冒号用法有误：{line}",
        "a colon where none can stand, or none where one must: {line}",
        "键后写半角冒号加空格；文字里有冒号时请加引号；检查上一行",
        "write a colon and a blank after a key, and quotes around a text with a colon; look at the line above too",
    ),
    "yaml-indentation": Message(
        _ERROR,
        "缩进与上下文不一致：{line}",
        "the indentation does not match what is around it: {line}",
        "同一层的键应对齐；文字里有引号时，整段用另一种引号括起",
        "keys of one level stand in one column; a text with quotes in it needs the other sort around it",
    ),
    "yaml-character": Message(
        _ERROR,
        "字符 {character} 不能出现在这里",
        "the character {character} cannot stand here",
        "给整段文字加引号，或删去该字符",
        "put quotes around the text, or delete the character",
    ),
    "yaml-invalid": Message(
        _ERROR,
        "不是有效的 YAML：{line}",
        "this is no YAML: {line}",
        "对照 docs/targets-yaml.md 的例子检查这一行和上一行",
        "compare this line and the one above with the example in docs/targets-yaml.md",
    ),
}
