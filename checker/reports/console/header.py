"""Which moment, which policies, which files?"""

from checker import __version__
from checker.model.policy import Policy
from checker.model.report import Report
from checker.reports.console.sheet import Sheet


def header(sheet: Sheet) -> None:
    """The moment, the policies in force, the files and the account of their records."""
    say, paper = sheet.say, sheet.paper
    moment = (say.clock.dated(sheet.report.as_of), "bold")
    paper.put((f"checker {__version__}", "bold"), f"  {sheet.word('as_of')} ", moment, hang=2)
    for policy in in_force(sheet.report):
        key = "in_force" if policy.effective_at <= sheet.report.as_of else "not_in_force"
        told = sheet.word(key, title=policy.title[say.lang], effective=policy.effective)
        paper.put(told, (f"  {policy.id}", "dim"), indent=2, hang=2)
    log, tally = sheet.report.log, sheet.report.log.tally
    census = sheet.report.census
    counts = {"orders": f"{census.orders:,}", "events": f"{census.events:,}", "files": f"{len(log.sources):,}"}
    paper.put(sheet.word("read" if log.sources else "read_store", **counts), indent=2, hang=2)
    account = {name: f"{getattr(tally, name):,}" for name in type(tally).__slots__}
    if log.sources:
        paper.put((sheet.word("account", **account), "dim"), indent=2, hang=2)


def in_force(report: Report) -> tuple[Policy, ...]:
    """The version of each policy in force at `as_of`; the first to come where none is yet."""
    chosen: dict[str, Policy] = {}
    for policy in sorted(report.policies, key=lambda policy: policy.effective):
        if policy.id not in chosen or policy.effective_at <= report.as_of:
            chosen[policy.id] = policy
    return tuple(chosen.values())
