"""What the reader of a log must be told, because no log says it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from checker.model.activity import Observable

FORMATS = ("canonical", "order", "cancellation", "return", "webhook", "message", "export")

DateOrder = Literal["dmy", "mdy", "ymd"]


@dataclass(frozen=True, slots=True)
class LogOptions:
    """What is known about the files beforehand.

    `timezone` is that of wall clocks in Seller Center exports. `market`, `shop_id` and `shipping` (local or
    cross_border) are facts of every order unless its own record says otherwise. `observes` declares what the files
    can show for every order, beyond what their formats prove. `format` forces one of `FORMATS` on every file.
    `quarantine` receives every record that could not be used. `response_hours` serves only to infer who decided on a
    cancel request whose own deadline is not in the log; None infers nothing from it.
    """

    timezone: str = "Asia/Tokyo"
    market: str | None = "JP"
    shop_id: str | None = None
    shipping: str | None = None
    date_order: DateOrder | None = None
    observes: tuple[Observable, ...] = ()
    format: str | None = None
    quarantine: Path | None = None
    response_hours: int | None = 48
