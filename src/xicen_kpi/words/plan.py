"""Words of the findings of `plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.words import plan_checks, plan_shape, plan_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.definition import Message

MESSAGES: Mapping[str, Message] = {**plan_yaml.MESSAGES, **plan_shape.MESSAGES, **plan_checks.MESSAGES}
