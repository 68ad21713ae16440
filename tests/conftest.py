"""What the tests share: the repository's own plan and data, small drops, and the command line as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from xicen_kpi.plan.load import LoadedPlan
    from xicen_kpi.report.assessment import Assessment

TESTS = Path(__file__).parent
ROOT = TESTS.parent
for _folder in (TESTS, TESTS / "sample"):  # tables, small_plans, chunks and totals are plain modules
    if str(_folder) not in sys.path:
        sys.path.insert(0, str(_folder))

from small_plans import assessed  # noqa: E402 -- found by the path above
from tables import write_drop  # noqa: E402 -- likewise

from xicen_kpi.plan.load import load_plan  # noqa: E402 -- stands with the others


@pytest.fixture(scope="session")
def targets() -> Path:
    """The repository's plan file."""
    return ROOT / "targets.yaml"


@pytest.fixture(scope="session")
def sample_data() -> Path:
    """The repository's sample exports."""
    return ROOT / "sample_data"


@pytest.fixture(scope="session")
def vectors() -> Path:
    """Published and own examples with their answers."""
    return TESTS / "vectors"


@pytest.fixture(scope="session")
def loaded(targets: Path) -> LoadedPlan:
    """The repository's plan, loaded once."""
    return load_plan(targets)


@pytest.fixture(scope="session")
def sample(loaded: LoadedPlan, sample_data: Path) -> Callable[[str | None], Assessment]:
    """The report of the sample data at a month, each worked out once."""
    return cache(lambda as_of: assessed(loaded.plan, sample_data, as_of))


@pytest.fixture
def make_drop(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Writes a drop of pipe tables below the test's own folder."""
    return lambda files: write_drop(tmp_path / "drop", files)


@pytest.fixture
def cli(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs `python -m xicen_kpi` as a process in an environment of its own.

    Called with the arguments; `env` adds variables, `cwd` is the working directory, by default an empty folder.
    """
    plain = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}

    def run(
        *arguments: str | Path, env: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "xicen_kpi", *map(str, arguments)]
        around = plain | dict(env or {})
        return subprocess.run(command, capture_output=True, cwd=cwd or tmp_path, env=around, check=False, timeout=120)

    return run
