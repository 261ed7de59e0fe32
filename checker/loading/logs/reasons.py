"""Which published cancel reason a code or a label is."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from checker.loading.policies.policy_files import shipped_policies

TABLE = "tiktok_shop/reason_codes.csv"

LABEL_LENGTH = 90  # the published table keeps so much of a label


@dataclass(frozen=True, slots=True)
class Reason:
    """One row of the published lists: who may give this reason, in which statuses, in one market."""

    market: str
    initiator: str
    status: str
    code: str
    label: str
    seen_in: str


@cache
def published_reasons() -> tuple[Reason, ...]:
    """All rows of the table that comes with the policies."""
    with (shipped_policies() / TABLE).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(Reason(*row) for row in rows)


@cache
def published_codes() -> frozenset[str]:
    """Every code of every market."""
    return frozenset(reason.code for reason in published_reasons())


@cache
def _by_label() -> dict[tuple[str, str], tuple[Reason, ...]]:
    table: dict[tuple[str, str], list[Reason]] = defaultdict(list)
    for reason in published_reasons():
        table[reason.market, reason.label.strip().casefold()].append(reason)
    return {key: tuple(rows) for key, rows in table.items()}


def reason_of_label(label: str, market: str, actor: str | None, *, paid: bool | None) -> str | None:
    """The one code of the market that has this label, or None where none or several have.

    Several are narrowed by who cancelled, and for a paid order by leaving out what is listed for UNPAID only.
    """
    found = _by_label().get((market, label.strip()[:LABEL_LENGTH].strip().casefold()), ())
    lists = {"buyer": "buyer_cancel", "seller": "seller_cancel", "platform": "system_cancel"}
    if len({row.code for row in found}) > 1 and actor in lists:
        found = tuple(row for row in found if row.initiator == lists[actor])
    if len({row.code for row in found}) > 1 and paid:
        found = tuple(row for row in found if row.status != "UNPAID")
    codes = {row.code for row in found}
    return codes.pop() if len(codes) == 1 else None
