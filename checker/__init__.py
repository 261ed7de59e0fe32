"""Checks order histories against a marketplace's cancellation rules, with proof for every verdict.

policies/*.yaml ──┐ loading            ┌ interpreter (the definition)
                  ├─────────► engines ─┤                             ─► Report ─► reports
order logs ───────┘ conversation       └ faster engines, equal to it
"""

__version__ = "0.1.0"
