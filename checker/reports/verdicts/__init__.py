"""How is every verdict on a store written, bucket by bucket? As rows of the columns that the report of a log has."""

from checker.reports.verdicts.formats import VERDICT_FORMATS, render_verdicts

__all__ = ["VERDICT_FORMATS", "render_verdicts"]
