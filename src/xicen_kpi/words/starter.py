"""Texts that `init` writes: a README for the office, a crontab, a CI job."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.labels import Lang

CRONTAB: Mapping[Lang, str] = {
    "zh": """# 每月9日8:00生成简报；把 /srv/xicen 改成本文件夹的路径，然后 crontab crontab.txt
# 内部资料：收件人须有权查看。
MAILTO=statistics@example.invalid
0 8 9 * * cd /srv/xicen && xicen-kpi summary
5 8 9 * * cd /srv/xicen && xicen-kpi report --format text -o report.txt
""",
    "en": """# The brief on the 9th of each month at 8:00; change /srv/xicen to this folder, then: crontab crontab.txt
# Internal: mail it only to people who may see it.
MAILTO=statistics@example.invalid
0 8 9 * * cd /srv/xicen && xicen-kpi summary
5 8 9 * * cd /srv/xicen && xicen-kpi report --format text -o report.txt
""",
}

CI_JOB = """# Checks every drop of exports that is pushed. Annotations name rule, file and row: no enterprise, no value.
name: xicen-kpi
on: [push, pull_request]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      # not on a package index yet: pip wheel --no-deps -w tools /path/to/xicen-kpi
      - run: pip install ./tools/xicen_kpi-*.whl
      - run: xicen-kpi targets --quiet > /dev/null
      - run: xicen-kpi check --format github
"""

_README: Mapping[Lang, str] = {
    "zh": """# 行动方案指标对账

本文件夹由 `xicen-kpi init` 生成，里面是样例数据，可以马上试用：

    xicen-kpi report                     各项指标与目标的差距
    xicen-kpi explain industrial_output  一个数字的来龙去脉
    xicen-kpi summary                    简报
    xicen-kpi report --commitments       全部承诺事项

换成自己的数据：

1. 新建一个文件夹，把平台导出的文件原样放进去（文件名保留表号，如 B204-1、B203、F203、107-2；园区名录、各台账同样）。
2. 运行 `xicen-kpi report 文件夹`。读不懂的地方会指出文件、行、列和改法。
3. 把 targets.yaml 里的 `data: sample_data` 改成这个文件夹，以后直接运行 `xicen-kpi report`。
4. 园区范围、统计口径、产业目录与实际不符的，改 targets.yaml；改完运行 `xicen-kpi targets` 检查。

每月：放入新文件 → `xicen-kpi check` → `xicen-kpi report` → `xicen-kpi summary`。

| 文件 | 用途 |
|---|---|
| targets.yaml | 方案的指标、口径、承诺；编辑器可按 targets.schema.json 提示 |
| sample_data/ | 样例数据，全部虚构 |
| crontab.txt | 定时任务 |
| .github/workflows/xicen-kpi.yml | 数据入库时自动检查 |

企业数据依法保密（统计法第二十八条）：对外的输出请加 `--audience public`。
""",
    "en": """# The action plan's scoreboard

`xicen-kpi init` made this folder, with made-up sample data, so that it works at once:

    xicen-kpi report                     every indicator against its target
    xicen-kpi explain industrial_output  the trail of one figure
    xicen-kpi summary                    the brief
    xicen-kpi report --commitments       every commitment

Your own data:

1. Make a folder and put the exports in as they came (keep the form's number in the name: B204-1, B203, F203, 107-2;
   the enterprise list and the ledgers too).
2. Run `xicen-kpi report FOLDER`. What cannot be read is told with file, row, column and what to do.
3. Change `data: sample_data` in targets.yaml to that folder; from then on `xicen-kpi report` is enough.
4. Where the park's bounds, definitions or industry lists differ, change targets.yaml and run `xicen-kpi targets`.

Every month: put the new files in, `xicen-kpi check`, `xicen-kpi report`, `xicen-kpi summary`.

| file | what for |
|---|---|
| targets.yaml | the plan's indicators, definitions, commitments; editors complete it by targets.schema.json |
| sample_data/ | sample data, all made up |
| crontab.txt | scheduled runs |
| .github/workflows/xicen-kpi.yml | checks every drop of data |

Enterprise data are confidential by law: use `--audience public` for what leaves the house.
""",
}


def office_readme(lang: Lang) -> str:
    """The README for the office."""
    return _README[lang]
