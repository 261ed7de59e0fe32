"""What do classifications, cancellations, rates and data problems come to?"""

from collections import Counter

from checker.reports.console.sheet import EXAMPLES, VERDICT_STYLE, Sheet
from checker.reports.patterns import actor_name
from checker.reports.phrases import named, phrase
from checker.reports.summary import by_name, cancellations, classes, rated, rates


def class_counts(sheet: Sheet) -> None:
    """How often each class was given."""
    counted = classes(sheet.report)
    if not counted:
        return
    sheet.heading("classes")
    for rule, counts in counted:
        told = Counter({named(sheet.view.lang, "outcome", name): n for name, n in counts.items()})
        _counted(sheet, sheet.say.title(rule), told)


def cancellation_counts(sheet: Sheet) -> None:
    """Cancellations by initiator, reason and product."""
    found = cancellations(sheet.report)
    if not found.total:
        return
    sheet.heading("cancellations", f"{found.total:,}")
    actors = Counter({actor_name(sheet.view.lang, actor): n for actor, n in by_name(found.by_initiator).items()})
    reasons = Counter({name or sheet.word("no_reason"): n for name, n in by_name(found.by_reason).items()})
    _counted(sheet, sheet.word("by_initiator"), actors)
    _listed(sheet, sheet.word("by_reason"), reasons)
    if found.by_product:
        _listed(sheet, sheet.word("by_product"), by_name(found.by_product))


def _listed(sheet: Sheet, title: str, counts: Counter[str]) -> None:
    """A title, then a line for each name with its count, most frequent first."""
    sheet.paper.put(f"{title}:", indent=2)
    for name, number in counts.most_common(EXAMPLES):
        sheet.paper.put(f"{number:>6,}  {name}", indent=2, hang=8)
    sheet.more(len(counts), key="more_of_these", indent=10)


def _counted(sheet: Sheet, title: str, counts: Counter[str]) -> None:
    """One paragraph: a title, then names with their counts, most frequent first."""
    top = counts.most_common(EXAMPLES)
    shown = " · ".join(f"{name} {n:,}" for name, n in top)
    rest = counts.total() - sum(n for _, n in top)
    sheet.paper.put(f"{title}: ", shown, (f" · … {rest:,}" if rest else "", "dim"), indent=2, hang=2)


def rate_lines(sheet: Sheet) -> None:
    """Each rate with its verdict."""
    found = rates(sheet.report)
    if not found:
        return
    sheet.heading("rates")
    for finding in found[:EXAMPLES]:
        verdict = phrase(sheet.view.lang, "verdict", finding.verdict.value)
        subject = f"{phrase(sheet.view.lang, 'subject', finding.subject.value)} {finding.subject_id}".strip()
        told = f"{sheet.say.title(finding.rule)}, {subject}: {sheet.say.sentence(finding)}"
        sheet.paper.put(told, "  ", (verdict, VERDICT_STYLE[finding.verdict]), indent=2, hang=2)
        assumed = sheet.say.assumed(finding)
        if assumed is not None:
            sheet.paper.put(assumed, indent=4, hang=2)
    sheet.more(rated(sheet.report))


def data_problems(sheet: Sheet) -> None:
    """What is wrong with the log itself."""
    problems = sheet.report.log.problems
    if not problems:
        return
    found = sheet.report.census.problems
    sheet.heading("data_problems", f"{found:,}")
    for problem in problems[:EXAMPLES]:
        where = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
        sheet.paper.put((f"{where}: ", "dim"), f"{problem.reason}; {problem.hint}", indent=2, hang=2)
    sheet.more(found)
