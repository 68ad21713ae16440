"""The command line: parse, call, write, exit. The only place with a clock, an environment and a terminal."""

from __future__ import annotations

from xicen_kpi.cli.entry import main, run

__all__ = ["main", "run"]
