"""Of which orders is not known that everything up to now has been seen?"""

import numpy as np

from checker.engines.columnar.bucket import Bucket
from checker.engines.columnar.probe import FOREVER, Flags


def provisional_orders(bucket: Bucket, now: int) -> Flags:
    """For which orders some source is not known to be complete up to now."""
    count = bucket.count
    shows_any, is_open = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    for shown in bucket.shown.values():
        shows_any |= shown.shows
        is_open |= shown.shows & ((shown.end == FOREVER) | (shown.end < now))
    return ~shows_any | is_open
