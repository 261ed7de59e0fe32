"""What does it all come to, and what to run next?"""

from checker.reports.console.sheet import VERDICT_STYLE, Sheet
from checker.reports.phrases import phrase
from checker.reports.summary import pending, provisional, violations


def closing(sheet: Sheet) -> None:
    """The counts of the five verdicts in one line, and the next commands."""
    counts = sheet.report.verdicts
    sheet.heading("summary")
    told: list[tuple[str, str]] = []
    for verdict, style in VERDICT_STYLE.items():
        name = phrase(sheet.view.lang, "verdict", verdict.value)
        told += [(" · " if told else "", "dim"), (f"{name} {counts[verdict]:,}", style if counts[verdict] else "dim")]
    sheet.paper.put(*told, indent=2, hang=2)
    open_ended = provisional(sheet.report)
    if open_ended:
        sheet.paper.put((sheet.word("provisional", n=f"{open_ended:,}"), "dim"), indent=2, hang=2)
    sheet.heading("next_steps")
    for command, why in _next_steps(sheet):
        sheet.paper.put((f"{why}:", "dim"), indent=2, hang=2)
        sheet.paper.uncut(command, indent=4)


def _next_steps(sheet: Sheet) -> list[tuple[str, str]]:
    """Commands with the words of this run, and what each shows."""
    # The words of this run come from its caller: what hostile file names hold is made printable with the rest.
    log, groups = sheet.view.command, violations(sheet.report)
    steps = [(f"checker check {log} --format json", sheet.word("hint_json"))]
    if sheet.report.whole:
        steps = [(f"checker check {log} --output parquet=FILE", sheet.word("hint_all"))]
    if pending(sheet.report):
        steps.insert(0, (f"checker due {log}", sheet.word("hint_due")))
    if groups:
        worst = groups[0].findings[0].subject_id
        steps.insert(0, (f"checker explain {worst} {log}", sheet.word("hint_explain")))
    return steps
