"""Every reason the analysis can give: for a status, or for a number that does not exist."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar


class Reason(StrEnum):
    """A stable code; the sentence for it lives in the words of the project.

    A function of this package that may have no answer returns ``float | Reason``: the number, or why there is none.
    """

    # The target is met, or was.
    TARGET_MET = "target_met"
    MEETS_NOW = "meets_now"
    WAS_MET_AT_BASELINE = "was_met_at_baseline"
    DEADLINE_PAST = "deadline_past"
    CEILING_EXCEEDED = "ceiling_exceeded"

    # The target is ahead.
    PROJECTION_REACHES = "projection_reaches"
    PROJECTION_SHORT = "projection_short"
    PROGRESS_ON_PACE = "progress_on_pace"
    PROGRESS_BEHIND_PACE = "progress_behind_pace"
    NO_CHANGE = "no_change"
    BELOW_BASELINE = "below_baseline"

    # It cannot be said.
    PLAN_NOT_BEGUN = "plan_not_begun"
    TARGET_YEAR_NOT_BEGUN = "target_year_not_begun"
    JANUARY_EXEMPT = "january_exempt"
    NOT_STARTED = "not_started"
    NO_DATA = "no_data"
    STALE = "stale"
    INSUFFICIENT_HISTORY = "insufficient_history"
    MONTHS_MISSING = "months_missing"
    NO_BASELINE = "no_baseline"
    COVERAGE_TOO_LOW = "coverage_too_low"

    # The number does not exist.
    TARGET_IS_ZERO = "target_is_zero"
    TARGET_EQUALS_BASELINE = "target_equals_baseline"
    BASE_MEETS_TARGET = "base_meets_target"
    BASE_NOT_POSITIVE = "base_not_positive"
    DENOMINATOR_IS_ZERO = "denominator_is_zero"
    NO_TIME_ELAPSED = "no_time_elapsed"
    NO_TIME_LEFT = "no_time_left"
    LAST_YEAR_NOT_POSITIVE = "last_year_not_positive"
    RATIO_TARGET_IS_WHOLE = "ratio_target_is_whole"
    TOTAL_UNCHANGED = "total_unchanged"
    NO_MATCHED_UNITS = "no_matched_units"
    DEFINITION_DIFFERS = "definition_differs"

    # Whether a status holds under what is not known.
    BOUNDS_AGREE = "bounds_agree"
    BOUNDS_STRADDLE_TARGET = "bounds_straddle_target"


Answer = TypeVar("Answer")


def known(answer: Answer | Reason) -> Answer:
    """The number of an answer that is known to have one.

    Raises:
        TypeError: There is a reason instead.
    """
    if isinstance(answer, Reason):
        message = f"no number here: {answer}"
        raise TypeError(message)
    return answer
