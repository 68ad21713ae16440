"""规上 thresholds: from which annual revenue an enterprise enters the monthly statistics, by industry division.

Source: the standards of 规模以上 and 限额以上 of the National Bureau of Statistics: industry 20 million yuan of main
business revenue; services 20, 10 or 5 million by section; wholesale 20, retail 5, hotels and catering 2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_THOUSANDS: Mapping[range, float] = {
    range(6, 47): 20_000.0,  # mining, manufacturing, power
    range(51, 52): 20_000.0,  # wholesale
    range(52, 53): 5_000.0,  # retail
    range(53, 61): 20_000.0,  # transport, storage, post
    range(61, 63): 2_000.0,  # hotels and catering
    range(63, 66): 20_000.0,  # information, software
    range(70, 71): 10_000.0,  # real estate services; development has no threshold of its own
    range(71, 76): 10_000.0,  # leasing, business, research and technical services
    range(76, 80): 20_000.0,  # water, environment, public facilities
    range(80, 83): 5_000.0,  # residents' services
    range(83, 84): 10_000.0,  # education
    range(84, 85): 20_000.0,  # health
    range(85, 86): 5_000.0,  # social work
    range(86, 91): 5_000.0,  # culture, sport, entertainment
}


def threshold_of(division: str) -> float | None:
    """Annual revenue from which enterprises of a division are 规上, in 千元; None where there is no such rule.

    Args:
        division: 行业大类, two digits of GB/T 4754-2017.
    """
    if not division.isdigit():
        return None
    number = int(division)
    return next((amount for numbers, amount in _THOUSANDS.items() if number in numbers), None)
