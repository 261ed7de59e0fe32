"""Which violations does a format for machines list, in which order, and in which words?"""

from checker.model.finding import Finding, Verdict
from checker.model.report import DataProblem, Report
from checker.model.rule import Subject
from checker.reports.phrases import phrase
from checker.reports.wording import Wording


def violated(report: Report) -> tuple[Finding, ...]:
    """Every violation, those waived or known too: gravest first, then by rule and subject."""
    found = (finding for finding in report.findings if finding.verdict is Verdict.VIOLATED)
    return tuple(sorted(found, key=lambda f: (-f.severity, str(f.rule), f.subject_id, _when(f))))


def _when(finding: Finding) -> str:
    trigger = finding.evidence.trigger
    return "" if trigger is None else trigger.occurred_at.isoformat()


def rule_id(finding: Finding) -> str:
    """`tiktok_shop.jp.order_cancellation/seller_answers_cancel_request`: the same in every version."""
    return f"{finding.rule.policy}/{finding.rule.rule}"


def subject(finding: Finding, say: Wording) -> str:
    """`order 5823...`."""
    return f"{phrase(say.lang, 'subject', finding.subject.value)} {finding.subject_id}".strip()


def remark(finding: Finding, say: Wording) -> str:
    """One line: whom it is about, why, and the arithmetic of the due time."""
    told = f"{subject(finding, say)}: {say.sentence(finding)}"
    sums = (say.arithmetic(finding), say.assumed(finding))
    return " | ".join(part for part in (told, *sums) if part)


def problem_text(problem: DataProblem) -> str:
    """What is wrong with a record, and what may help; never the record itself."""
    return f"{problem.reason}; {problem.hint}" if problem.hint else problem.reason


def is_about_order(finding: Finding) -> bool:
    """Whether the finding has an order's history behind it."""
    return finding.subject is Subject.ORDER
