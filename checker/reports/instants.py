"""How are an instant, a day and a length of time written in the reader's language?"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from checker.model.deadline import Duration
from checker.model.event import Event, Precision
from checker.reports.phrases import Lang, phrase

_END_OF_DAY = time(23, 59, 59, 999999)


@dataclass(frozen=True, slots=True)
class Clock:
    """A reader's clock: language, zone, and the moment that decides which years need no saying."""

    lang: Lang
    timezone: str
    as_of: datetime

    def instant(self, at: datetime) -> str:
        """`Mon 1 Dec 10:00 JST`; seconds only where there are any; the last instant of a day as its end."""
        local = at.astimezone(ZoneInfo(self.timezone))
        if local.time() == _END_OF_DAY:
            return phrase(self.lang, "calendar", "end_of_day", day=self.day(local.date()), zone=zone_name(local))
        return phrase(
            self.lang, "calendar", "instant", day=self.day(local.date()), time=_time(local), zone=zone_name(local)
        )

    def day(self, day: date) -> str:
        """`Mon 1 Dec`; with the year unless it is that of `as_of`."""
        same_year = self.as_of.year > 1 and day.year == self.as_of.astimezone(ZoneInfo(self.timezone)).year
        return phrase(
            self.lang,
            "calendar",
            "day" if same_year else "day_of_year",
            weekday=phrase(self.lang, "calendar", "weekdays").split()[day.weekday()],
            month=phrase(self.lang, "calendar", "months").split()[day.month - 1],
            day=day.day,
            year=day.year,
        )

    def time_of_day(self, at: datetime) -> str:
        """`10:00`; of the last instant of a day, whole seconds."""
        return _time(at.astimezone(ZoneInfo(self.timezone)))[:8]

    def time(self, event: Event) -> str:
        """The time of day of an event, no more exactly than the log knows."""
        return "--:--" if event.precision is Precision.DAY else self.time_of_day(event.occurred_at)

    def dated(self, at: datetime) -> str:
        """The instant with its year, whatever the year."""
        return Clock(self.lang, self.timezone, datetime.min.replace(tzinfo=UTC)).instant(at)

    def event_time(self, event: Event) -> str:
        """When the event happened, no more exactly than the log knows."""
        if event.precision is not Precision.DAY:
            return self.instant(event.occurred_at)
        local = event.occurred_at.astimezone(ZoneInfo(self.timezone))
        return phrase(self.lang, "calendar", "day_only", day=self.day(local.date()))


def zone_name(local: datetime) -> str:
    """`JST`, or `UTC+07` where the zone has no letters."""
    name = local.tzname() or ""
    return f"UTC{name}" if name.startswith(("+", "-")) else name


def _time(local: datetime) -> str:
    if local.microsecond:
        return local.strftime("%H:%M:%S.%f")
    return local.strftime("%H:%M:%S" if local.second else "%H:%M")


def span(lang: Lang, length: timedelta) -> str:
    """The length of time in its two largest units, cut: `1 h 20 min`."""
    whole = int(abs(length).total_seconds())
    if whole == 0:
        return phrase(lang, "span", "instantly")
    days, rest = divmod(whole, 86_400)
    hours, rest = divmod(rest, 3_600)
    counts = {"days": days, "hours": hours, "minutes": rest // 60, "seconds": rest % 60}
    parts = [(unit, n) for unit, n in counts.items() if n]
    units = list(counts)
    near = [(unit, n) for unit, n in parts if units.index(unit) <= units.index(parts[0][0]) + 1]
    return phrase(lang, "span", "join").join(phrase(lang, "span", unit, n=n) for unit, n in near)


def duration(lang: Lang, length: Duration, amount: int) -> str:
    """The length as the policy has it: `48 h`, `3 calendar days`."""
    text = phrase(lang, "duration", length.unit.value, n=amount)
    return text.removesuffix("s") if lang == "en" and amount == 1 else text
