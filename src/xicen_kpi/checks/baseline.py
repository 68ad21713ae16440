"""What was known before: fingerprints of findings, which neither a moved row nor a renamed month changes."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from xicen_kpi.errors import Location, UsageError
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from xicen_kpi.errors import Finding

VERSION = 1
_PERIOD = re.compile(
    r"(?:19|20)\d{2}(?:年(?:\d{1,2}(?:[-至]\d{1,2})?月)?|[-_.]?(?:0?[1-9]|1[0-2])(?!\d))?|\d{1,2}(?:[-至]\d{1,2})?月"
)


def rule_of(found: Finding) -> str:
    """The rule behind a finding: its slug, or the name of a rule of the user's own."""
    own = found.parameters.get("rule") if found.slug.startswith("own-rule-") else None
    return found.slug if own is None else str(own)


def stem_without_period(path: str) -> str:
    """A file's name without folder, suffix and period: the same for every month of a form.

    >>> stem_without_period("2026/B203_2026年10月.xlsx")
    'B203'
    """
    name = unicodedata.normalize("NFKC", PurePosixPath(path).stem)
    return _PERIOD.sub("", name).strip(" _-.()（）") or name


def fingerprint(found: Finding) -> str:
    """Rule, file without its period, the row's key and the field, as 16 hexadecimal digits; no row number, no value."""
    about = found.parameters
    parts = (
        rule_of(found),
        stem_without_period(found.where.file) if found.where.file else "",
        found.where.sheet or "",
        str(about.get("code", "")),
        str(about.get("period", "")),
        found.where.field or "",
        # A cell that cannot be read has no key: what stands in it tells it from others.
        str(about.get("raw", "")),
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def read_baseline(path: Path) -> frozenset[str]:
    """The fingerprints of a baseline file.

    Raises:
        UsageError: There is no such file, or it is none.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return frozenset(content["fingerprints"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        where = Location(file=str(path))
        raise UsageError([finding("baseline-unreadable", where, reason=type(error).__name__)]) from error


def baseline_text(findings: Iterable[Finding]) -> str:
    """A baseline file that knows these findings: each fingerprint with its rule, sorted, without name or value."""
    known: Mapping[str, str] = {fingerprint(found): rule_of(found) for found in findings}
    content = {"version": VERSION, "fingerprints": dict(sorted(known.items(), key=lambda pair: (pair[1], pair[0])))}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
