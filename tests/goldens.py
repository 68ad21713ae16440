"""Golden files: an output compared byte for byte with the one that was read and approved.

`XICEN_KPI_UPDATE_GOLDEN=1 pytest …` writes them anew; then read the difference that git shows.
"""

from __future__ import annotations

import os
from pathlib import Path

from xicen_kpi import __version__

FOLDER = Path(__file__).parent / "golden"


def assert_golden(name: str, text: str) -> None:
    """The text is the golden file's, the version of the tool aside."""
    scrubbed = text.replace(__version__, "VERSION")
    path = FOLDER / name
    if os.environ.get("XICEN_KPI_UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(scrubbed, encoding="utf-8", newline="\n")
    assert path.is_file(), f"{path} is missing: run with XICEN_KPI_UPDATE_GOLDEN=1 and read what it writes"
    assert scrubbed == path.read_text(encoding="utf-8"), f"differs from {path}"
