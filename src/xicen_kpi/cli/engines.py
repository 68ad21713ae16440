"""What adds up, opened for one run: pandas needs nothing; the other engines are optional extras."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from xicen_kpi.errors import UsageError
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.engine.backend import Backend
    from xicen_kpi.engine.run import Kernel
    from xicen_kpi.read.stored import StoredFolder

EXTRA = {"polars": "polars", "duckdb": "duckdb", "pyspark": "spark"}
"""Engine to the extra that installs it."""


@contextmanager
def kernel_of(engine: str) -> Iterator[Kernel]:
    """The engine of this name while it is used.

    Raises:
        UsageError: It is not installed, or does not start.
    """
    if engine == "pandas":
        from xicen_kpi.engine.fold import Fold

        yield Fold
        return
    if find_spec(engine) is None or find_spec("narwhals") is None:
        raise UsageError([finding("engine-missing", None, engine=engine, extra=EXTRA[engine])])
    from xicen_kpi.engine.handed import Handed

    try:
        backend = _opened(engine)
    except Exception as error:  # Spark without Java raises errors of its own; whatever it is, it does not run
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise UsageError([finding("engine-not-started", None, engine=engine, reason=reason)]) from error
    try:
        yield partial(Handed, backend=backend)
    finally:
        backend.close()


@contextmanager
def folder_at(place: Path | str) -> Iterator[Path | StoredFolder]:
    """The folder; of an address what lies there, for Spark is open meanwhile, and goes on to add up.

    Raises:
        UsageError: It is not installed, or does not start.
    """
    if isinstance(place, Path):
        yield place
        return
    with kernel_of("pyspark"):
        from pyspark.sql import SparkSession

        from xicen_kpi.engine.spark_folder import SparkFolder

        yield SparkFolder(SparkSession.builder.getOrCreate(), place)


def _opened(engine: str) -> Backend:
    if engine == "polars":
        from xicen_kpi.engine.on_polars import Polars

        return Polars()
    if engine == "duckdb":
        from xicen_kpi.engine.on_duckdb import DuckDb

        return DuckDb()
    from xicen_kpi.engine.on_spark import Spark

    return Spark()
