"""What do the cancellations of a bucket come to?"""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from checker.engines.columnar.bucket import EPOCH, Bucket, Coded, activity_rows
from checker.engines.columnar.clock import DAY, local
from checker.engines.columnar.probe import Ints
from checker.model.activity import Activity
from checker.model.census import Cancellations, products
from checker.model.event import Actor

FIELDS = ("reason", "reason_text")
FACTS = ("product_ids",)


def cancelled(bucket: Bucket, timezone: str) -> Cancellations:
    """The visible cancellations, counted; every distinct value is named once."""
    rows, found = activity_rows(bucket, Activity.ORDER_CANCELLED), Cancellations()
    for (code, text), count in _counted(*(bucket.field(name).at(rows) for name in FIELDS)):
        found.by_reason[code or text] += count
        if code and text:
            found.reason_texts[code] = min(text, found.reason_texts.get(code, text))
    for (actor,), count in _counted(bucket.field("actor").at(rows)):
        found.by_initiator[actor or Actor.UNKNOWN.value] += count
    named = bucket.fact("product_ids").at(bucket.order[rows])
    for place, count in _codes(named.codes):
        for product in products(named.values[place]) if place >= 0 else ():
            found.by_product[product] += count
    for day, count in _codes(local(bucket.at[rows], timezone) // DAY):
        found.by_day[EPOCH.date() + timedelta(days=day)] += count
    return found


def _counted(*columns: Coded) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every combination of values, "" for what is unknown, with its count."""
    codes = np.stack([column.codes for column in columns], axis=1)
    for row, count in zip(*(found.tolist() for found in np.unique(codes, axis=0, return_counts=True)), strict=True):
        values = (column.values[code] if code >= 0 else None for column, code in zip(columns, row, strict=True))
        yield tuple(str(value or "") for value in values), count


def _codes(codes: Ints) -> Iterator[tuple[int, int]]:
    return zip(*(found.tolist() for found in np.unique(codes, return_counts=True)), strict=True)
