"""`python -m xicen_kpi`, the same as `xicen-kpi`."""

from __future__ import annotations

from xicen_kpi.cli import run

run()
