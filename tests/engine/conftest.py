"""The engines under test; Spark is started once, for it takes ten seconds."""

from __future__ import annotations

import shutil
import warnings
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.engine.backend import Backend


def _module(engine: str) -> Any:
    return pytest.importorskip(f"xicen_kpi.engine.on_{engine}", reason=f"needs the extra `{engine}`")


@pytest.fixture(scope="session")
def spark() -> Iterator[Backend]:
    """A session on this machine."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    module = _module("spark")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        session = module.Spark()
    yield session
    session.close()


@pytest.fixture(scope="session")
def polars() -> Backend:
    """Nothing to be opened."""
    found: Backend = _module("polars").Polars()
    return found


@pytest.fixture(scope="session")
def duckdb() -> Iterator[Backend]:
    """A connection."""
    opened = _module("duckdb").DuckDb()
    yield opened
    opened.close()


@pytest.fixture(params=["polars", "duckdb"])
def local(request: pytest.FixtureRequest) -> Backend:
    """Each of the engines that need nothing but their package."""
    found: Backend = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=["polars", "duckdb", "spark"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """Each of the engines."""
    found: Backend = request.getfixturevalue(request.param)
    return found
