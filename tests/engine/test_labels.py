"""A condition on a column of labels looks at each label, not at the whole cell."""

from __future__ import annotations

import numpy as np
import pandas as pd

from xicen_kpi.engine.filters import Linked
from xicen_kpi.engine.question import Rows
from xicen_kpi.engine.question import Test as Wanted


def counting(*tests: Wanted) -> list[bool]:
    titles = pd.Series(["高新技术企业", "高新技术企业;专精特新", "专精特新（60%）", "", None, "高新"])
    frame = pd.DataFrame({"titles": titles})
    linked = Linked(frame, np.full(len(frame), -1), None, frozenset({"titles"}))
    return linked.counting(Rows(tests=tests)).tolist()


def test_any_label_of_a_cell_counts():
    assert counting(Wanted("titles", equals="高新技术企业")) == [True, True, False, False, False, False]


def test_one_of_several_labels():
    wanted = ("高新技术企业", "专精特新")
    assert counting(Wanted("titles", one_of=wanted)) == [True, True, True, False, False, False]


def test_two_conditions_want_two_labels():
    both = (Wanted("titles", equals="高新技术企业"), Wanted("titles", equals="专精特新"))
    assert counting(*both) == [False, True, False, False, False, False]
