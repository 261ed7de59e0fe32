"""Where in the log does it stand?"""

from checker.model.event import Event, SourceRef


def place(event: Event | None) -> str:
    """`webhooks.jsonl:12`, or the file and a JSON pointer; of several places the first; "" where none is known."""
    return "" if event is None or not event.refs else ref_text(event.refs[0])


def ref_text(ref: SourceRef) -> str:
    """One place in a log."""
    line = "" if ref.line is None else f":{ref.line}"
    pointer = "" if ref.pointer is None else f"#{ref.pointer}"
    return f"{ref.path}{line}{pointer}"
