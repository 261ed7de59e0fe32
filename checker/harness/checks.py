"""What did the audit really find, in the terms of the sentence that claims it?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from checker.harness.catalogue import catalogue
from checker.harness.instants import instant, quantity, span, written
from checker.harness.sentence import Said
from checker.model.finding import Finding, Verdict

Actual = Callable[[Said, Finding, ZoneInfo], Mapping[str, str]]


def truth(claim: Said, findings: Sequence[Finding], zone: ZoneInfo) -> Said:
    """The claim as the findings have it: the claim itself where it is true, else the first finding that differs.

    `findings` are those of the whole audit; a claim that several findings bear on must be true of each.
    """
    rule = claim.values["rule"]
    of_rule = [finding for finding in findings if finding.rule.rule == rule and _concerns(claim, finding)]
    if not of_rule or claim.step.id == "no_finding":
        return _as_found(of_rule, rule, claim)
    said = [_said(claim, finding, zone) for finding in of_rule]
    return next((one for one in said if one != claim), claim)


def _as_found(findings: Sequence[Finding], rule: str, claim: Said) -> Said:
    checks = catalogue().sentences["check"]
    if not findings:
        return Said(checks["no_finding"], {"rule": rule})
    return Said(checks["verdict"], {"rule": rule, "verdict": findings[0].verdict.value})


def _concerns(claim: Said, finding: Finding) -> bool:
    """Whether the finding is on the scenario's own order - or shop - and on the request that the claim names."""
    if finding.subject_id.startswith("other"):
        return False
    request = claim.values.get("request")
    trigger = finding.evidence.trigger
    return request is None or (trigger is not None and trigger.field("request_id") == request)


def _said(claim: Said, finding: Finding, zone: ZoneInfo) -> Said:
    """The claim with the finding's values; where the finding has none of that sort, its verdict and reason."""
    values = ACTUAL[claim.step.id](claim, finding, zone)
    found = replace(claim, values={**claim.values, **values})
    if None not in values.values() and "" not in values.values():
        return found
    reason = catalogue().sentences["check"]["verdict_reason"]
    return Said(reason, {"rule": claim.values["rule"], **_verdict_reason(claim, finding, zone)})


def _verdict(claim: Said, finding: Finding, zone: ZoneInfo) -> Mapping[str, str]:
    return {"verdict": finding.verdict.value}


def _verdict_severity(claim: Said, finding: Finding, zone: ZoneInfo) -> Mapping[str, str]:
    return {"verdict": finding.verdict.value, "severity": finding.severity.name.lower()}


def _verdict_reason(claim: Said, finding: Finding, zone: ZoneInfo) -> Mapping[str, str]:
    return {"verdict": finding.verdict.value, "reason": finding.evidence.reason.value}


def _undetermined(claim: Said, finding: Finding, zone: ZoneInfo) -> Mapping[str, str]:
    """The name claimed where it is among the missing ones, else the first."""
    if finding.verdict is not Verdict.UNDETERMINED:
        return {"missing": ""}
    missing = finding.evidence.missing
    claimed = claim.values["missing"]
    named = claimed if claimed in missing else next(iter(missing), "")
    return {"reason": finding.evidence.reason.value, "missing": named}


def _due(claim: Said, finding: Finding, zone: ZoneInfo) -> Mapping[str, str]:
    due = finding.evidence.due
    return {"due": "" if due is None else written(due.due_at, zone)}


def _late_by(claim: Said, finding: Finding, zone: ZoneInfo) -> Mapping[str, str]:
    late = finding.evidence.late_by
    if late is None:
        return {"quantity": ""}
    return {"quantity": claim.values["quantity"] if span(claim.values["quantity"]) == late else quantity(late)}


def _outcome(claim: Said, finding: Finding, zone: ZoneInfo) -> Mapping[str, str]:
    return {"outcome": finding.outcome or ""}


def _counts(claim: Said, finding: Finding, zone: ZoneInfo) -> Mapping[str, str]:
    counts = finding.evidence.counts
    if counts is None:
        return {"count": ""}
    return {"count": str(counts.numerator), "total": str(counts.denominator)}


def _version(claim: Said, finding: Finding, zone: ZoneInfo) -> Mapping[str, str]:
    return {"day": finding.rule.effective.isoformat(), "verdict": finding.verdict.value}


def _shows(claim: Said, finding: Finding, zone: ZoneInfo) -> Mapping[str, str]:
    return {"at": claim.values["at"] if _is_shown(claim, finding, zone) else ""}


def _omits(claim: Said, finding: Finding, zone: ZoneInfo) -> Mapping[str, str]:
    return {"at": "" if _is_shown(claim, finding, zone) else claim.values["at"]}


def _is_shown(claim: Said, finding: Finding, zone: ZoneInfo) -> bool:
    evidence = finding.evidence
    events = (evidence.trigger, evidence.decisive, *evidence.used)
    return instant(claim.values["at"], zone) in {event.occurred_at for event in events if event is not None}


ACTUAL: Mapping[str, Actual] = {
    "verdict": _verdict,
    "verdict_severity": _verdict_severity,
    "verdict_reason": _verdict_reason,
    "undetermined": _undetermined,
    "verdict_of_request": _verdict,
    "due": _due,
    "late_by": _late_by,
    "outcome": _outcome,
    "counts": _counts,
    "version": _version,
    "shows": _shows,
    "omits": _omits,
}
NO_CLAIM_ON_VERDICT = frozenset({"due", "counts", "shows", "omits"})


def asserted(claim: Said, finding: Finding) -> Verdict | None:
    """The verdict that the claim pins down if it is true of the finding, None where it leaves it open."""
    if claim.step.id in NO_CLAIM_ON_VERDICT or not _concerns(claim, finding):
        return None
    return finding.verdict
