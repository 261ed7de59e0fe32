"""A violation that somebody answers for, for a limited time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from checker.model.rule import Location, Severity


@dataclass(frozen=True, slots=True)
class WaiverMatch:
    """Which violations are meant: those of one order, one shop, one product, or of triggers with these fields."""

    order_id: str | None = None
    shop_id: str | None = None
    product_id: str | None = None
    trigger: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver, in effect from `begins_at` to `ends_at`, both inclusive, aware UTC."""

    id: str
    policy: str
    rule: str
    match: WaiverMatch
    reason: str
    approved_by: str
    begins_at: datetime
    ends_at: datetime
    location: Location
    ticket: str | None = None


class Lapse(StrEnum):
    """What is wrong with a waiver at `as_of`."""

    EXPIRED = "expired"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class LapsedWaiver:
    """A waiver that waives nothing: its time is over, or no violation matches it. A finding about the waiver itself."""

    waiver: Waiver
    lapse: Lapse
    severity: Severity = Severity.MINOR
