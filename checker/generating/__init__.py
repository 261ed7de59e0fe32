"""Made-up logs that look real, with violations that are known: which order breaks which rule, and which nearly does."""

from checker.generating.sample import Made, Sample, made, order_id

__all__ = ["Made", "Sample", "made", "order_id"]
