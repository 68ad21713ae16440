"""Words of the findings of `checks`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.words import checks_command, checks_drop, checks_rnd, checks_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.definition import Message

MESSAGES: Mapping[str, Message] = {
    **checks_rows.MESSAGES,
    **checks_rnd.MESSAGES,
    **checks_drop.MESSAGES,
    **checks_command.MESSAGES,
}
