"""Which local day is it, and what time of that day?"""

from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from checker.engines.columnar.bucket import EPOCH, instant_of
from checker.engines.columnar.probe import Ints, distinct

MINUTE = 60_000_000
DAY = 24 * 60 * MINUTE


def local(at: Ints, zone: str) -> Ints:
    """The local wall time of instants, in microseconds since the local beginning of 1970.

    The offset is looked up once per day; on the days on which it changes, once per instant.
    """
    days = at // DAY
    places, which = distinct(days)
    first = np.array([_offset(int(days[place]) * DAY, zone) for place in places], np.int64)
    last = np.array([_offset(int(days[place]) * DAY + DAY - 1, zone) for place in places], np.int64)
    offsets = first[which]
    for place in np.flatnonzero((first != last)[which]):
        offsets[place] = _offset(int(at[place]), zone)
    return at + offsets


@lru_cache(maxsize=100_000)
def _offset(at: int, zone: str) -> int:
    wall = instant_of(at).astimezone(ZoneInfo(zone)).replace(tzinfo=EPOCH.tzinfo)
    return (wall - EPOCH) // (instant_of(1) - EPOCH) - at
