"""Takes the pictures of the HTML page for the README with headless Chromium.

python docs/screenshots.py     needs Chromium (Debian: chromium, fonts-noto-cjk)
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SHOTS = {"page-zh.png": ("zh", "1200,1400"), "page-en-phone.png": ("en", "420,1200")}
"""Picture to language and size of the window."""


def main() -> int:
    """Renders the sample's page in each language and photographs it."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        sys.stderr.write("no chromium here; the pictures stay as they are\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        for name, (lang, size) in SHOTS.items():
            page = Path(folder) / f"{lang}.html"
            report = [sys.executable, "-m", "xicen_kpi", "report", "--lang", lang, "-o", str(page)]
            subprocess.run(report, cwd=ROOT, check=True)
            shoot = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
            quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
            target = [f"--user-data-dir={folder}/{lang}", f"--window-size={size}", f"--screenshot={IMAGES / name}"]
            subprocess.run([*shoot, *quiet, *target, page.as_uri()], check=True, capture_output=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
