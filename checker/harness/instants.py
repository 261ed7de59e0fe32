"""Which instant does a feature mean by `2025-12-01 10:00`, and how is an instant written in one?"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from checker.model.error import PolicyError

_LAST_TICK = time(23, 59, 59, 999999)


def instant(text: str, zone: ZoneInfo) -> datetime:
    """The instant, aware UTC. `24:00` is the last microsecond of the day; a day alone is its first.

    Raises: PolicyError where there is no such day or time.
    """
    day, _, clock = text.partition(" ")
    try:
        if clock in ("24:00", "24:00:00"):
            local = datetime.combine(date.fromisoformat(day), _LAST_TICK)
        else:
            local = datetime.fromisoformat(f"{day} {_six_digits(clock)}" if clock else day)
    except ValueError:
        raise PolicyError(f"no such day or time `{text}`; expected one like `2025-12-01 10:00` or `24:00`") from None
    return local.replace(tzinfo=zone).astimezone(UTC)


def _six_digits(clock: str) -> str:
    seconds, point, fraction = clock.partition(".")
    return f"{seconds}.{fraction:0<6}" if point else seconds


def written(moment: datetime, zone: ZoneInfo) -> str:
    """The instant as a feature writes it: seconds only where they count, `24:00` for the end of a day."""
    local = moment.astimezone(zone)
    day = local.date().isoformat()
    if local.time() == _LAST_TICK:
        return f"{day} 24:00"
    if local.microsecond:
        return f"{day} {local.time().isoformat()}"
    return f"{day} {local.time().isoformat('seconds' if local.second else 'minutes')}"


def quantity(span: timedelta) -> str:
    """A span of time in its largest whole unit: `80 minutes`."""
    seconds = int(span.total_seconds())
    for unit, length in (("hours", 3600), ("minutes", 60)):
        if seconds and seconds % length == 0:
            return f"{seconds // length} {unit}"
    return f"{seconds} seconds"


def span(text: str) -> timedelta | None:
    """The length of a quantity on the clock, None where it is not one of time."""
    amount, _, unit = text.partition(" ")
    if unit not in ("seconds", "minutes", "hours"):
        return None
    return timedelta(**{unit: float(amount)})
