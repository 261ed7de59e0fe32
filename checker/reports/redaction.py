"""Which fields of an event may leave the house?"""

from collections.abc import Mapping

from checker.model.event import Event, Value

SHOWN = frozenset(
    {
        "status",
        "reason",
        "reason_text",
        "request_id",
        "line_item_ids",
        "product_ids",
        "sku_ids",
        "lang",
        "channel",
        "conversation_id",
        "deadline_name",
        "due",
        "inferred_from",
        "gives_reason",
        "states_cancellation",
        "confirms_order",
        "states_ship_date",
        "solicits",
        "solicits_words",
        "solicits_because",
    }
)
"""Fields that the checker itself knows to hold codes, times and ids. Whatever else a log carries may be personal."""

HIDDEN = "[hidden]"


def shown_fields(event: Event, *, show_messages: bool) -> Mapping[str, Value]:
    """The event's fields; without `show_messages`, those that people wrote or that nobody knows are hidden."""
    if show_messages:
        return event.attributes
    return {name: value if name in SHOWN else HIDDEN for name, value in event.attributes.items()}
