"""Which violations are waived, and which waivers waive nothing?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime

from checker.model.event import Value
from checker.model.finding import Finding, Verdict
from checker.model.policy import Policy
from checker.model.report import Report
from checker.model.rule import Subject
from checker.model.waiver import Lapse, LapsedWaiver, Waiver, WaiverMatch

Facts = Mapping[str, Value]


def with_waivers(report: Report, waivers: Sequence[Waiver]) -> Report:
    """The report with waived violations marked - they stay violated and visible - and with lapsed waivers as findings.

    The clock is the report's `as_of`. Waivers of policies that did not judge are left alone.
    """
    active = tuple(waiver for waiver in waivers if waiver.begins_at <= report.as_of <= waiver.ends_at)
    facts = {history.order_id: history.facts for history in report.log.histories}
    findings = tuple(_waived(finding, active, facts) for finding in report.findings)
    used = {finding.waived_by for finding in findings if finding.waived_by is not None}
    return replace(report, findings=findings, lapsed=lapsed_waivers(waivers, used, report.policies, report.as_of))


def lapsed_waivers(
    waivers: Sequence[Waiver], used: Set[str], policies: Sequence[Policy], as_of: datetime
) -> tuple[LapsedWaiver, ...]:
    """The waivers of these policies whose time is over, and those in effect that nothing used."""
    judging = {policy.id for policy in policies}
    return tuple(_lapsed((waiver for waiver in waivers if waiver.policy in judging), used, as_of))


def _lapsed(waivers: Iterable[Waiver], used: Set[str], as_of: datetime) -> Iterator[LapsedWaiver]:
    for waiver in waivers:
        if waiver.ends_at < as_of:
            yield LapsedWaiver(waiver, Lapse.EXPIRED)
        elif waiver.begins_at <= as_of and waiver.id not in used:
            yield LapsedWaiver(waiver, Lapse.UNUSED)


def _waived(finding: Finding, waivers: Sequence[Waiver], facts: Mapping[str, Facts]) -> Finding:
    if finding.verdict is not Verdict.VIOLATED:
        return finding
    by = next((waiver.id for waiver in waivers if _covers(waiver, finding, facts)), None)
    return finding if by is None else replace(finding, waived_by=by)


def _covers(waiver: Waiver, finding: Finding, facts: Mapping[str, Facts]) -> bool:
    if (waiver.policy, waiver.rule) != (finding.rule.policy, finding.rule.rule):
        return False
    return _subject_fits(waiver.match, finding, facts) and _trigger_fits(waiver.match, finding)


def _subject_fits(match: WaiverMatch, finding: Finding, facts: Mapping[str, Facts]) -> bool:
    """Whether every subject that the waiver names is the finding's; an unknown one is not."""
    order = facts.get(finding.subject_id, {}) if finding.subject is Subject.ORDER else {}
    products = order.get("product_ids")
    known = {
        Subject.ORDER: {finding.subject_id} if finding.subject is Subject.ORDER else set(),
        Subject.SHOP: {str(order.get("shop_id"))} if "shop_id" in order else set(),
        Subject.PRODUCT: set(products) if isinstance(products, tuple) else set(),
    }
    known[finding.subject].add(finding.subject_id)
    wanted = ((Subject.ORDER, match.order_id), (Subject.SHOP, match.shop_id), (Subject.PRODUCT, match.product_id))
    return all(value is None or value in known[subject] for subject, value in wanted)


def _trigger_fits(match: WaiverMatch, finding: Finding) -> bool:
    trigger = finding.evidence.trigger
    if not match.trigger:
        return True
    return trigger is not None and all(str(trigger.field(name)) == value for name, value in match.trigger)
