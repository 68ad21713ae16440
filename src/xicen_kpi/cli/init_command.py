"""`xicen-kpi init DIR`: a working folder to start from; what is there already is never overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xicen_kpi.cli.output import say, write_atomically
from xicen_kpi.errors import Location, OutputError
from xicen_kpi.plan.schema import schema_text
from xicen_kpi.words.findings import finding
from xicen_kpi.words.labels import label
from xicen_kpi.words.starter import CI_JOB, CRONTAB, office_readme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.words.labels import Lang

_SAMPLE = "sample_data"


def run_init(folder: Path, lang: Lang, *, quiet: bool) -> int:
    """Writes the plan, its schema, the sample data, a crontab line, a CI job and a README into a folder.

    Raises:
        OutputError: The folder cannot be written.
    """
    written = kept = 0
    try:
        for name, content in _files(lang):
            path = folder / name
            if path.exists():
                kept += 1
                if not quiet:
                    say(label("init.kept", lang, path=path))
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, content)
            written += 1
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError([finding("output-failed", Location(file=str(folder)), reason=reason)]) from error
    if not quiet:
        say(label("init.done", lang, written=written, kept=kept, folder=folder))
    return 0


def _files(lang: Lang) -> Iterator[tuple[str, bytes]]:
    root = starter()
    yield "targets.yaml", (root / "targets.yaml").read_bytes()
    yield "targets.schema.json", schema_text().encode()
    for path in sorted((root / _SAMPLE).iterdir()):
        if path.is_file() and path.suffix != ".py":
            yield f"{_SAMPLE}/{path.name}", path.read_bytes()
    yield "README.md", office_readme(lang).encode()
    yield "crontab.txt", CRONTAB[lang].encode()
    yield ".github/workflows/xicen-kpi.yml", CI_JOB.encode()


def starter() -> Path:
    """Where the starting files are: inside the installed package, else in the source tree around it."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "starter"
    return installed if installed.is_dir() else package.parent.parent
