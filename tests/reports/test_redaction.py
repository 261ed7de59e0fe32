"""Is what people wrote hidden?"""

from checker.reports.redaction import shown_fields


def test_what_people_wrote_is_hidden(made):
    """A message's text is hidden, the words of the lexicon that decided are not."""
    assert shown_fields(made.MESSAGE, show_messages=False) == {
        "text": "[hidden]",
        "solicits_words": ("キャンセルをお願い",),
    }


def test_unknown_fields_are_hidden(made):
    """A field that the checker does not know may be personal."""
    event = made.event(made.Activity.DELIVERED, made.AS_OF, made.Actor.CARRIER, phone="090", status="DELIVERED")
    assert shown_fields(event, show_messages=False) == {"phone": "[hidden]", "status": "DELIVERED"}


def test_shown_on_request(made):
    """Who asks for texts gets them."""
    assert shown_fields(made.MESSAGE, show_messages=True) == made.MESSAGE.attributes
