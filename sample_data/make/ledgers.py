"""The ledgers of the park office: platforms, new enterprises, talent services, commitments, growth steps."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from make.frame import ENTRANT_DATE, NEW_ARRIVALS, RELOCATIONS, Enterprise
from make.park import AS_OF
from make.trades import INDUSTRY, IT, SMALL
from make.workbook import Cell, Sheet, workbook

if TYPE_CHECKING:
    from collections.abc import Iterable

COMMITMENTS = Path(__file__).with_name("commitments.csv")
PLATFORMS = (
    ("样例端侧芯片验证创新平台", "创新平台", IT, "2025-05-20", "是", "样例文〔2025〕3号"),
    ("样例车联网应用场景", "应用场景", IT, "2025-11-18", "是", "样例文〔2025〕11号"),
    ("样例开源鸿图软件创新平台", "创新平台", IT, "2026-06-09", "是", "样例文〔2026〕6号"),
    ("样例无线通信测试平台", "创新平台", IT, "2024-11-26", "是", "样例文〔2024〕9号"),
    ("样例智能传感联合平台", "创新平台", IT, "2026-03-17", "否", "样例文〔2026〕2号"),
)
SERVICES = (
    ("就业创业“一件事”", "样例人才服务中心", "2025-09-01", "已上线"),
    ("宜居青浦“一件事”", "样例人才服务中心", "2025-12-15", "已上线"),
    ("子女教育“一件事”", "样例教育服务窗口", "2026-04-20", "已上线"),
    ("就医费用报销“一件事”", "样例医保服务窗口", "2026-07-01", "已上线"),
    ("人才落户“一件事”", "样例人才服务中心", "2026-09-28", "已上线"),
    ("青年公寓申请“一件事”", "样例住房服务窗口", "", "筹备中"),
    ("出入境办理“一件事”", "样例国际人才服务窗口", "", "筹备中"),
)
GROWN = ("2026-05-18", "2026-06-11", "2026-07-09", "2026-08-20", "2026-09-03", "2026-09-24", "2026-10-15")
STRONGER, INCORPORATED, LISTED = (
    ("2025-06-25", "2025-12-19", "2026-07-30"),
    ("2025-08-08", "2026-05-22"),
    ("2026-01-16",),
)
GROWN_BEFORE_THE_PLAN = "2024-01-31"


def day(text: str) -> date | None:
    """A date, or nothing."""
    return date.fromisoformat(text) if text else None


def _write(path: Path, title: str, header: str, rows: Iterable[list[Cell]]) -> None:
    names = header.split()
    with workbook(path) as file:
        sheet = Sheet(file, "台账")
        sheet.title(title, len(names))
        sheet.line([AS_OF])
        sheet.line(names)
        sheet.lines(rows)


def write_platforms(folder: Path, firms: list[Enterprise]) -> None:
    """创新平台台账: three count; one is older than the plan, one lies outside the park."""
    hosts = [firm for firm in firms if firm.segment in {"flagship", "service_chip_ai"} and firm.lasts(2024)]
    rows: list[list[Cell]] = [
        [number, name, kind, host.name, host.uscc, chain, day(start), inside, paper]
        for number, ((name, kind, chain, start, inside, paper), host) in enumerate(
            zip(PLATFORMS, hosts, strict=False), start=1
        )
    ]
    header = "序号 平台名称 类型 依托单位 统一社会信用代码 所属产业链 设立日期 是否在园区 批准文件"
    _write(folder / "创新平台台账.xlsx", "西岑园创新平台（应用场景）台账（样例数据）", header, rows)


def write_new_enterprises(folder: Path, firms: list[Enterprise]) -> None:
    """新增企业台账: 19 count; two moved within Qingpu, one stands twice, one came before the plan."""
    arrivals = sorted((f for f in firms if f.joined >= date(2024, 11, 1)), key=lambda firm: (firm.joined, firm.uscc))
    moved = {date.fromisoformat(text) for text in RELOCATIONS}
    rows: list[list[Cell]] = []
    for firm in arrivals:
        rows.append(_arrival(len(rows) + 1, firm, firm.joined, "是" if firm.joined in moved else "否"))
        if firm.joined == date(2025, 8, 14):
            twice = next(other for other in arrivals if other.joined == date.fromisoformat(NEW_ARRIVALS[1]))
            rows.append(_arrival(len(rows) + 1, twice, date(2025, 9, 2), "否", "重复登记"))
    header = "序号 统一社会信用代码 企业名称 类别 登记日期 入园日期 是否区内迁入 备注"
    _write(folder / "新增企业台账.xlsx", "西岑园新增企业台账（样例数据）", header, rows)


def _arrival(number: int, firm: Enterprise, joined: date, moved: str, note: str = "") -> list[Cell]:
    kind = "上下游企业" if number % 3 == 0 else "创新创业企业"
    if moved == "是":
        note = "由青浦区内其他园区迁入"
    elif firm.joined == ENTRANT_DATE:
        note = "已纳入规上服务业"
    return [number, firm.uscc, firm.name, kind, firm.opened, joined, moved, note or None]


def write_services(folder: Path) -> None:
    """人才服务台账: five launched, two being prepared."""
    rows: list[list[Cell]] = [
        [number, name, unit, day(start), state] for number, (name, unit, start, state) in enumerate(SERVICES, start=1)
    ]
    header = "序号 服务名称 牵头单位 上线日期 状态"
    _write(folder / "人才服务台账.xlsx", "西岑园人才“一件事”服务台账（样例数据）", header, rows)


def write_commitments(folder: Path) -> None:
    """承诺事项台账: what responsible units have reported; the rest of the plan is not in it."""
    with COMMITMENTS.open(encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    rows: list[list[Cell]] = [
        [
            *(entry[name] for name in ("编号", "事项", "责任单位", "状态")),
            day(entry["计划完成日期"]),
            day(entry["完成日期"]),
            *(int(entry[name]) if entry[name] else None for name in ("完成数", "总数")),
            entry["佐证材料"] or None,
        ]
        for entry in entries
    ]
    header = "编号 事项 责任单位 状态 计划完成日期 完成日期 完成数 总数 佐证材料"
    _write(folder / "承诺事项台账.xlsx", "西岑园行动方案承诺事项台账（样例数据）", header, rows)


def write_growth_steps(folder: Path, firms: list[Enterprise]) -> None:
    """培育企业台账: 小升规 7, 规转强 3, 强转股 2, 股上市 1 within the plan, and one 小升规 before it."""
    small = [firm for firm in firms if firm.form == SMALL and firm.joined < date(2024, 1, 1)]
    large = sorted(
        (f for f in firms if f.form == INDUSTRY and "高新技术企业" in f.titles), key=lambda f: (-f.size, f.uscc)
    )
    old = next(firm for firm in firms if firm.segment == "industry_other" and firm.size < 0.4)
    steps = [("小升规", old, GROWN_BEFORE_THE_PLAN)]
    steps += [("小升规", firm, start) for firm, start in zip(small, GROWN, strict=False)]
    taken = 0
    for step, dates in (("规转强", STRONGER), ("强转股", INCORPORATED), ("股上市", LISTED)):
        steps += [(step, firm, start) for firm, start in zip(large[taken:], dates, strict=False)]
        taken += len(dates)
    rows: list[list[Cell]] = [
        [number, firm.uscc, firm.name, step, day(start)] for number, (step, firm, start) in enumerate(steps, start=1)
    ]
    header = "序号 统一社会信用代码 企业名称 类别 认定日期"
    _write(folder / "培育企业台账.xlsx", "西岑园企业梯度培育台账（样例数据）", header, rows)


def write_ledgers(folder: Path, firms: list[Enterprise]) -> None:
    """All ledgers."""
    write_platforms(folder, firms)
    write_new_enterprises(folder, firms)
    write_services(folder)
    write_commitments(folder)
    write_growth_steps(folder, firms)
