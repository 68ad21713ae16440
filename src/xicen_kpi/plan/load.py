"""A plan file: read, checked as a whole, every finding with its line and column."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.errors import Location, PlanError, Severity, UsageError
from xicen_kpi.plan.mend import fit
from xicen_kpi.plan.validate import find_disagreements
from xicen_kpi.plan.yaml_tree import dotted, parse
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.model import Plan
    from xicen_kpi.plan.yaml_tree import Tree

LARGEST = 2_000_000
"""Bytes: a plan of a thousand commitments has a fifth of that."""


_UNFIT_FOR_THAT = ("yaml-text-split", "yaml-alias", "yaml-tag")
"""After these, that the value fits no model at this place says nothing new."""


class LoadedPlan(NamedTuple):
    """A valid plan, and where each part of it stands.

    Attributes:
        plan: What is declared.
        path: The file, as the caller named it.
        sha256: Of the file's bytes.
        findings: Warnings and notes; an error would have been raised.
        tree: The document.
    """

    plan: Plan
    path: Path
    sha256: str
    findings: tuple[Finding, ...]
    tree: Tree

    def where(self, *loc: str | int) -> Location:
        """Line and column of a part, named by its keys: `where("indicators", "rnd_intensity", "target")`."""
        return self.tree.where(self.tree.path(loc))


def load_plan(path: Path) -> LoadedPlan:
    """Reads a plan file.

    Raises:
        UsageError: There is no such file, or it cannot be read.
        PlanError: The plan is not valid; it carries everything that is wrong, not only the first.
    """
    name = path.name if path.is_absolute() else path.as_posix()
    raw = _bytes(path, name)
    tree = parse(_text(raw, name), name)
    if not isinstance(tree.data, dict):
        raise PlanError(tree.findings or [finding("plan-empty", Location(name))])
    plan, misfits, aside = fit(tree)
    said = {one.where.field for one in tree.findings if one.slug in _UNFIT_FOR_THAT}
    found = [*tree.findings, *(misfit.finding for misfit in misfits if dotted(misfit.path) not in said)]
    if plan is not None:
        found += find_disagreements(plan, tree, aside)
    findings = _in_order(found)
    if plan is None or any(one.severity is Severity.ERROR for one in findings):
        raise PlanError(findings)
    return LoadedPlan(plan, path, hashlib.sha256(raw).hexdigest(), tuple(findings), tree)


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise PlanError([finding("plan-too-large", Location(name), largest=LARGEST)])
        return path.read_bytes()
    except FileNotFoundError:
        raise UsageError([finding("plan-file-missing", Location(name), file=name)]) from None
    except OSError as error:
        raise UsageError([finding("plan-file-unreadable", Location(name), reason=error.strerror or "")]) from error


def _text(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise PlanError([finding("plan-not-utf8", Location(name, line))]) from error


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By place; at one place an error makes the warnings about the same value needless."""
    by_place = sorted(findings, key=lambda one: (one.where.line or 0, one.where.column or 0, -one.severity.rank))
    wrong = {one.where.field for one in by_place if one.severity is Severity.ERROR and one.where.field}
    return [one for one in by_place if one.severity is Severity.ERROR or one.where.field not in wrong]
