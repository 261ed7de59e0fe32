"""How was a due time computed?"""

from checker.model.deadline import Deadline, FromDeadline, FromFact, FromField, FromTrigger, Recorded
from checker.model.finding import Due, DueStep, Evidence
from checker.model.policy import Policy
from checker.model.rule import Obligation, Prohibition, Rule
from checker.reports.instants import Clock, duration, span
from checker.reports.phrases import named, phrase


def arithmetic(evidence: Evidence, rule: Rule | None, policy: Policy | None, clock: Clock) -> str | None:
    """`buyer asked to cancel Mon 1 Dec 10:00 JST + 48 h = Wed 3 Dec 10:00 JST`, None where nothing is due."""
    due = evidence.due
    if due is None:
        return None
    parts = [_start(evidence, due, rule, clock)]
    parts += [_step(step, policy, clock) for step in due.steps]
    return " ".join(part for part in parts if part)


def _start(evidence: Evidence, due: Due, rule: Rule | None, clock: Clock) -> str:
    """Where the clock starts: a name and an instant; for a deadline of the platform only, that deadline."""
    if due.recorded is not None:
        at = due.steps[0].start_at if due.steps else due.due_at
        name = named(clock.lang, "field", due.recorded)
        return phrase(clock.lang, "mark", "recorded", name=name, due=clock.instant(at))
    if not due.steps:
        return clock.instant(due.due_at)
    name = _anchor_name(evidence, rule, clock)
    return f"{name} {clock.instant(due.steps[0].start_at)}".strip()


def _anchor_name(evidence: Evidence, rule: Rule | None, clock: Clock) -> str:
    within = rule.within if isinstance(rule, Obligation | Prohibition) else None
    start = None if within is None else innermost(within).start
    match start:
        case FromField(name) | FromFact(name):
            return named(clock.lang, "field", name)
        case _ if evidence.trigger is not None:
            return phrase(clock.lang, "activity", evidence.trigger.activity.value)
        case _:
            return ""


def innermost(deadline: Deadline) -> Deadline:
    """The deadline at the beginning of the chain, the one that does not count from another."""
    match deadline.start:
        case FromDeadline(earlier):
            return innermost(earlier)
        case Recorded(otherwise=fallback) if fallback is not None:
            return innermost(fallback)
        case FromTrigger() | FromField() | FromFact() | Recorded():
            return deadline


def _step(step: DueStep, policy: Policy | None, clock: Clock) -> str:
    length = duration(clock.lang, step.duration, step.amount)
    due = Clock(clock.lang, step.timezone, clock.as_of).instant(step.due_at)
    if not step.skipped:
        return f"+ {length} = {due}"
    skipped = phrase(clock.lang, "joined", "comma").join(_holidays(step, policy, clock))
    passing = phrase(clock.lang, "mark", "skipping", days=skipped)
    return f"+ {phrase(clock.lang, 'joined', 'with', thing=length, details=passing)} = {due}"


def _holidays(step: DueStep, policy: Policy | None, clock: Clock) -> list[str]:
    """The holidays passed over, by day and name."""
    calendar = policy.calendars.get(step.duration.calendar or "") if policy else None
    names = calendar.holidays if calendar else {}
    return [f"{clock.day(day)} {names.get(day, '')}".strip() for day in step.skipped]


def platform_figure(due: Due, clock: Clock) -> str | None:
    """The platform's own deadline and how far it is from ours, None where the log has none."""
    if due.platform_due_at is None or due.drift is None:
        return None
    own = phrase(clock.lang, "mark", "platform_own", own=clock.instant(due.platform_due_at))
    seconds = due.drift.total_seconds()
    which = "drift_none" if not seconds else "drift_later" if seconds > 0 else "drift_earlier"
    drift = phrase(clock.lang, "mark", which, drift=span(clock.lang, due.drift))
    return phrase(clock.lang, "joined", "with", thing=own, details=drift)
