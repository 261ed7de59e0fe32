"""What will be judged differently once announced versions come into force?"""

from checker.model.impact import Impact
from checker.reports.change_phrases import told
from checker.reports.console.sheet import Sheet
from checker.reports.impacts import impact_line, rule_rows


def coming(sheet: Sheet) -> None:
    """Each version that is announced and not yet in force, with what it would do to these orders."""
    for impact in sheet.report.upcoming:
        _version(sheet, impact)


def _version(sheet: Sheet, impact: Impact) -> None:
    lang, policy = sheet.view.lang, impact.difference.new
    sheet.paper.gap()
    title = told(lang, "impact", "upcoming", policy=policy.title[lang], effective=policy.effective)
    sheet.paper.put((title, "bold"))
    sheet.paper.put(impact_line(impact, lang), indent=2)
    for row in rule_rows(impact, lang):
        sheet.paper.put(row, indent=2, hang=2)
