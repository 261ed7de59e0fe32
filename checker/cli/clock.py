"""What time is it? The only place that reads a clock."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)
