"""Says at the end of a run how many of the real files were read right."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line, where there are real files."""
    right, wrong = (
        sum("test_a_real_file[" in report.nodeid for report in terminalreporter.stats.get(outcome, []))
        for outcome in ("passed", "failed")
    )
    if right + wrong:
        terminalreporter.write_line(f"real files: {right} of {right + wrong} are read right")
