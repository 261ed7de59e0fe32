"""What does the history of one order look like as a picture?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from checker.model.activity import Activity
from checker.model.event import Event
from checker.model.finding import Due, Finding, Verdict
from checker.model.history import OrderHistory
from checker.reports.phrases import phrase
from checker.reports.spots import shown_place
from checker.reports.summary import is_seen
from checker.reports.view import View
from checker.reports.wording import Wording


@dataclass(frozen=True, slots=True)
class Dot:
    """An event: where on the axis (percent), when and what, in words; `text` is what people wrote, if shown."""

    at: float
    when: str
    what: str
    place: str
    actor: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A duty with a due time: its clock from `start` to `due`, and `over` where it went beyond (all percent)."""

    title: str
    verdict: str
    start: float
    due: float
    over: float | None
    told: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The timeline of one order; `now` is the moment of the audit, None where it is off the axis."""

    order_id: str
    first: str
    last: str
    now: float | None
    dots: tuple[Dot, ...]
    spans: tuple[Span, ...]


FARTHEST = 0.5
"""So much of the order's own time may pass on the axis before the audit is cut off."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A length of time that is 100 percent wide, with a little room at both ends."""

    first: datetime
    last: datetime

    def percent(self, at: datetime) -> float:
        """Where the instant stands; what is off the axis at its end."""
        whole = max((self.last - self.first) / timedelta(seconds=1), 1.0)
        return round(2 + 96 * min(max((at - self.first) / timedelta(seconds=1) / whole, 0.0), 1.0), 2)


def picture(history: OrderHistory, findings: Sequence[Finding], say: Wording, view: View) -> Picture:
    """The order's events to scale, with every duty that had a due time."""
    events = [event for event in history.events if is_seen(event, say.as_of)]
    dated = [(finding.evidence.due, finding) for finding in findings if _is_drawn(finding)]
    axis = _axis([*(e.occurred_at for e in events), *(due.due_at for due, _ in dated if due)], say.as_of)
    return Picture(
        history.order_id,
        say.clock.instant(axis.first),
        say.clock.instant(axis.last),
        axis.percent(say.as_of) if say.as_of <= axis.last else None,
        tuple(_dot(event, axis, say, view) for event in events),
        tuple(_spans(dated, axis, say)),
    )


def _axis(instants: Sequence[datetime], as_of: datetime) -> Axis:
    """From the first to the last of these, and on to the audit unless that would squeeze them all into a corner."""
    if not instants:
        return Axis(as_of, as_of)
    first, last = min(instants), max(instants)
    far = last + max((last - first) * FARTHEST, timedelta(hours=1))
    return Axis(min(first, as_of), max(last, min(as_of, far)))


def _is_drawn(finding: Finding) -> bool:
    return finding.evidence.due is not None and finding.verdict is not Verdict.NOT_APPLICABLE


def _dot(event: Event, axis: Axis, say: Wording, view: View) -> Dot:
    text = event.attributes.get("text")
    is_message = event.activity is Activity.MESSAGE_SENT and isinstance(text, str)
    hidden = phrase(say.lang, "mark", "message_hidden", n=len(str(text))) if is_message else ""
    return Dot(
        axis.percent(event.occurred_at),
        say.clock.event_time(event),
        say.event(event, closely=True),
        shown_place(event, view.root),
        event.actor.value,
        str(text) if is_message and view.show_messages else hidden,
    )


def _spans(dated: Sequence[tuple[Due | None, Finding]], axis: Axis, say: Wording) -> Iterator[Span]:
    for due, finding in sorted(dated, key=lambda pair: pair[0].due_at if pair[0] else say.as_of):
        if due is not None:
            trigger, decisive = finding.evidence.trigger, finding.evidence.decisive
            start = due.steps[0].start_at if due.steps else trigger.occurred_at if trigger else axis.first
            ended = decisive.occurred_at if decisive else say.as_of
            over = axis.percent(ended) if finding.verdict is Verdict.VIOLATED and ended > due.due_at else None
            told = say.arithmetic(finding) or ""
            begun = max(start, axis.first)
            yield Span(
                say.title(finding.rule),
                finding.verdict.value,
                axis.percent(begun),
                axis.percent(due.due_at),
                over,
                told,
            )
