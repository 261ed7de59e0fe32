"""What a rule means: the definition that every engine obeys, one file per rule kind."""

from checker.interpreter.counting import RateKey, Sums, add_counts, rate_sums
from checker.interpreter.judge import judge
from checker.interpreter.rate import rate_findings, rates

__all__ = ["RateKey", "Sums", "add_counts", "judge", "rate_findings", "rate_sums", "rates"]
