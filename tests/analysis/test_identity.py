"""The guard of every decomposition."""

from __future__ import annotations

import pytest

from xicen_kpi.analysis.identity import IdentityError, require_identity


def test_parts_that_add_up_pass() -> None:
    require_identity("sum", (0.1, 0.2), 0.3)
    require_identity("nothing", (), 0.0)


def test_parts_that_do_not_add_up_are_a_defect() -> None:
    with pytest.raises(IdentityError, match="sum: the parts differ from the whole by 0\\.1"):
        require_identity("sum", (0.1, 0.2), 0.2)


def test_the_tolerance_follows_the_largest_number() -> None:
    require_identity("large", (1e12, 1.0), 1e12)
    with pytest.raises(IdentityError):
        require_identity("small", (1e-12, 1e-15), 1e-12)
    require_identity("a small difference of large numbers", (1e-12,), 0.0, scale=1.0)


def test_a_number_that_is_none_is_a_defect_too() -> None:
    with pytest.raises(IdentityError):
        require_identity("nan", (float("nan"),), 1.0)


def test_below_the_smallest_precise_number_nothing_is_claimed() -> None:
    require_identity("subnormal", (5e-324,), 1e-323)
