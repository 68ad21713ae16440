"""LibreOffice without a window: opens what was written and writes it anew, recalculated."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def converted(path: Path, suffix: str, work: Path) -> Path:
    """The file as LibreOffice writes it in another format (or the same, recalculated)."""
    profile = work / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    target = work / "converted"
    command = [
        str(SOFFICE),
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        suffix,
        "--outdir",
    ]
    done = subprocess.run([*command, str(target), str(path)], capture_output=True, timeout=180, check=False)
    made = target / f"{path.stem}.{suffix}"
    assert made.is_file(), done.stderr.decode(errors="replace")
    return made
