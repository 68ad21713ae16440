"""The engines under test; Spark is started once, for it takes ten seconds."""

from __future__ import annotations

import shutil
import warnings
from typing import TYPE_CHECKING

import pytest

from xicen_kpi.engine.on_duckdb import DuckDb
from xicen_kpi.engine.on_polars import Polars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.engine.backend import Backend


@pytest.fixture(scope="session")
def spark() -> Iterator[Backend]:
    """A session on this machine."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    module = pytest.importorskip("xicen_kpi.engine.on_spark", reason="pyspark is not installed")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        session = module.Spark()
    yield session
    session.close()


@pytest.fixture(scope="session")
def duckdb() -> Iterator[Backend]:
    """A connection."""
    opened = DuckDb()
    yield opened
    opened.close()


@pytest.fixture(params=["polars", "duckdb"])
def local(request: pytest.FixtureRequest) -> Backend:
    """Each of the engines that need nothing but their package."""
    found: Backend = Polars() if request.param == "polars" else request.getfixturevalue("duckdb")
    return found


@pytest.fixture(params=["polars", "duckdb", "spark"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """Each of the engines."""
    found: Backend = Polars() if request.param == "polars" else request.getfixturevalue(request.param)
    return found
