"""Whole orders as columns: the form in which millions of them are read, kept and judged."""

from checker.columns.kinds import INSTANT, Columns, Ints, kind_of, python_values, taken
from checker.columns.orders import Orders, as_columns, facts_alike, places_text, together

__all__ = [
    "INSTANT",
    "Columns",
    "Ints",
    "Orders",
    "as_columns",
    "facts_alike",
    "kind_of",
    "places_text",
    "python_values",
    "taken",
    "together",
]
