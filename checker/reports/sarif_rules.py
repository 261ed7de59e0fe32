"""Which rules does a SARIF log describe?"""

from datetime import date

from checker.model.policy import Policy
from checker.model.report import Report
from checker.model.rule import RuleHead, Severity
from checker.reports.sarif_places import Json
from checker.reports.wording import Wording

LEVELS = {Severity.CRITICAL: "error", Severity.MAJOR: "error", Severity.MINOR: "warning", Severity.INFO: "note"}
LAPSED_RULE = "checker/lapsed_waiver"


def rules(report: Report, say: Wording) -> list[Json]:
    """Every rule of the policies once, as its latest version in force has it; a rule for waivers where one lapsed."""
    chosen: dict[str, tuple[Policy, RuleHead]] = {}
    versions: dict[str, list[date]] = {}
    for policy in sorted(report.policies, key=lambda policy: policy.effective):
        for rule in policy.rules:
            name = f"{policy.id}/{rule.head.id}"
            versions.setdefault(name, []).append(policy.effective)
            if name not in chosen or policy.effective_at <= report.as_of:
                chosen[name] = policy, rule.head
    told = [_rule(name, *chosen[name], say) | {"properties": _versions(versions[name])} for name in sorted(chosen)]
    return told + ([_LAPSED] if report.lapsed else [])


_LAPSED = {"id": LAPSED_RULE, "shortDescription": {"text": "A waiver that has expired, or that matches no violation"}}


def _versions(versions: list[date]) -> Json:
    return {"versions": [day.isoformat() for day in versions]}


def _rule(name: str, policy: Policy, head: RuleHead, say: Wording) -> Json:
    title = head.title.get(say.lang, head.id)
    clauses = "; ".join(f"{cite.source} §{cite.clause}" for cite in head.cites)
    told: Json = {
        "id": name,
        "shortDescription": {"text": title},
        "fullDescription": {"text": f"{title} ({policy.id}, {clauses})" if clauses else f"{title} ({policy.id})"},
        "defaultConfiguration": {"level": LEVELS[head.severity]},
    }
    address = _address(policy, head)
    return told | ({"helpUri": address} if address else {})


def _address(policy: Policy, head: RuleHead) -> str | None:
    """The address of the first cited source that has one."""
    found = (policy.sources[cite.source].address for cite in head.cites if cite.source in policy.sources)
    return next((address for address in found if address and address.startswith(("https://", "http://"))), None)
