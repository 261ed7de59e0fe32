"""Files of whatever format become records, and the records of all files become one history per order."""

from checker.loading.logs.log import load_log, read_records
from checker.loading.logs.options import LogOptions

__all__ = ["LogOptions", "load_log", "read_records"]
