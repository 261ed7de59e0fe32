"""Which clauses of a policy do its features try, and which verdicts do they pin down?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from checker.engines.reference import findings as judged
from checker.harness.cases import Case
from checker.harness.checks import asserted
from checker.harness.world import judging
from checker.interpreter.condition import holds
from checker.interpreter.scene import Scene, visible
from checker.model.finding import Finding, Reason, Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.rule import Classification, Obligation, Precedence, Prohibition, Rate, Rule


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that a rule says - `given 1 holds`, `verdict violated` - and whether a test tries it."""

    name: str
    is_covered: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """The clauses of one rule; how far the tests nearest to its deadline lie from it, and how many tests it has."""

    rule: Rule
    clauses: tuple[Clause, ...]
    nearest: tuple[timedelta, ...]
    tests: int

    @property
    def covered(self) -> int:
        """How many of its clauses a test tries."""
        return sum(clause.is_covered for clause in self.clauses)


def coverage(policy: Policy, cases: Sequence[Case]) -> tuple[Coverage, ...]:
    """The coverage of every rule of a policy version, in its order."""
    mine = [case for case in cases if any(one is policy for one in case.world.policies)]
    trials = [(case, judged(case.orders, judging(case.world), case.as_of)) for case in mine]
    return tuple(_of_rule(rule, policy, trials) for rule in policy.rules)


Trials = Sequence[tuple[Case, Sequence[Finding]]]


def _of_rule(rule: Rule, policy: Policy, trials: Trials) -> Coverage:
    name = rule.head.id
    mine = [
        (case, [finding for finding in findings if finding.rule.rule == name])
        for case, findings in trials
        if any(claim.said.values["rule"] == name for claim in case.claims)
    ]
    tried = {clause for case, findings in mine for clause in _tried(rule, policy, case, findings)}
    clauses = tuple(Clause(clause, clause in tried) for clause in _expected(rule))
    return Coverage(rule, clauses, _nearest(mine), len(mine))


def _expected(rule: Rule) -> Iterator[str]:
    """Everything about a rule that a test should try."""
    yield from (f"verdict {verdict.value}" for verdict in possible(rule))
    for index, _ in enumerate(getattr(rule, "given", ()), start=1):
        yield from (f"given {index} holds", f"given {index} does not hold")
    for index, _ in enumerate(getattr(rule, "unless", ()), start=1):
        yield from (f"unless {index} releases", f"unless {index} does not release")
    if getattr(rule, "within", None) is not None:
        yield from ("inside the deadline", "at the deadline", "outside the deadline")
    if isinstance(rule, Classification):
        yield from (f"case {index}" for index, _ in enumerate(rule.cases, start=1))
        yield "otherwise"


def possible(rule: Rule) -> tuple[Verdict, ...]:
    """The verdicts that the rule can give at all."""
    match rule:
        case Classification():
            return (Verdict.SATISFIED, Verdict.UNDETERMINED)
        case Rate():
            return (Verdict.SATISFIED, Verdict.VIOLATED, Verdict.UNDETERMINED)
        case Precedence(given=given):
            excluded = (Verdict.NOT_APPLICABLE,) if given else ()
            return (Verdict.SATISFIED, Verdict.VIOLATED, *excluded, Verdict.UNDETERMINED)
        case Obligation() | Prohibition():
            excluded = (Verdict.NOT_APPLICABLE,) if rule.given or rule.unless else ()
            broken = () if isinstance(rule, Obligation) and rule.within is None else (Verdict.VIOLATED,)
            return (Verdict.SATISFIED, *broken, Verdict.PENDING, *excluded, Verdict.UNDETERMINED)


def _tried(rule: Rule, policy: Policy, case: Case, findings: Sequence[Finding]) -> Iterator[str]:
    """What one test tries of a rule."""
    for finding in findings:
        yield from _pinned(case, finding)
        yield from _conditions(rule, policy, case, finding)
        yield from _releases(rule, finding)
        yield from (_position(distance) for distance in _distances(case, finding))
        if isinstance(rule, Classification) and finding.evidence.reason is Reason.CLASSIFIED:
            row = finding.evidence.case
            yield "otherwise" if row is None else f"case {row + 1}"


def _pinned(case: Case, finding: Finding) -> Iterator[str]:
    for claim in case.claims:
        if claim.said.values["rule"] == finding.rule.rule:
            verdict = asserted(claim.said, finding)
            if verdict is not None:
                yield f"verdict {verdict.value}"


def _conditions(rule: Rule, policy: Policy, case: Case, finding: Finding) -> Iterator[str]:
    """Which conditions hold at the finding's trigger, and which do not."""
    trigger = finding.evidence.trigger
    order = next((order for order in case.orders if trigger in order.events), None)
    if trigger is None or order is None:
        return
    scene, at = _scene(policy, case, order, finding)
    for index, condition in enumerate(getattr(rule, "given", ()), start=1):
        truth = holds(scene, condition, at)
        if truth.value is not None:
            yield f"given {index} {'holds' if truth.value else 'does not hold'}"


def _scene(policy: Policy, case: Case, order: OrderHistory, finding: Finding) -> tuple[Scene, int]:
    (version,) = [p for p in judging(case.world) if p.id == policy.id and p.effective == policy.effective]
    events = visible(order, case.as_of)
    trigger = finding.evidence.trigger
    return Scene(version, order, events, case.as_of), next(at for at, event in enumerate(events) if event == trigger)


def _releases(rule: Rule, finding: Finding) -> Iterator[str]:
    decisive, reason = finding.evidence.decisive, finding.evidence.reason
    for index, release in enumerate(getattr(rule, "unless", ()), start=1):
        if reason is Reason.RELEASED and decisive is not None and decisive.activity in release.activities:
            yield f"unless {index} releases"
        elif reason in (Reason.DONE, Reason.LATE, Reason.NOT_DONE, Reason.HAPPENED, Reason.DID_NOT_HAPPEN):
            yield f"unless {index} does not release"


def _distances(case: Case, finding: Finding) -> Iterator[timedelta]:
    """How far from the due time the deciding event lies; without one, how far the check."""
    evidence = finding.evidence
    if evidence.due is None or evidence.reason in (Reason.RELEASED, Reason.GIVEN_EXCLUDES):
        return
    decided_at = case.as_of if evidence.decisive is None else evidence.decisive.occurred_at
    yield decided_at - evidence.due.due_at


def _position(distance: timedelta) -> str:
    if not distance:
        return "at the deadline"
    return f"{'inside' if distance < timedelta() else 'outside'} the deadline"


def _nearest(trials: Trials) -> tuple[timedelta, ...]:
    """The nearest test before the deadline, one at it, the nearest after it - as far as there are."""
    distances = [
        distance for case, findings in trials for finding in findings for distance in _distances(case, finding)
    ]
    zero = timedelta()
    before = max((distance for distance in distances if distance < zero), default=None)
    after = min((distance for distance in distances if distance > zero), default=None)
    at = zero if zero in distances else None
    return tuple(distance for distance in (before, at, after) if distance is not None)


def nearest(found: Coverage) -> str:
    """The distances to the deadline in words: `-1 s / 0 s / +1 s`."""
    return " / ".join(_distance(distance) for distance in found.nearest)


def _distance(distance: timedelta) -> str:
    seconds = distance.total_seconds()
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds and seconds % length == 0:
            return f"{seconds / length:+g} {unit}"
    return f"{seconds:+g} s" if seconds else "0 s"
