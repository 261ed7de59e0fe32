"""Is the learned score the sum of what it shows?"""

from checker.conversation.score import strongest, weight
from checker.model.lexicon import Linear

LEARNED = Linear({"<cancel>": 2.0, "<please> <cancel>": 1.5, "^ <please>": -0.25}, bias=-1.0)


def test_score_is_the_sum_of_its_features() -> None:
    """What was never learned says nothing."""
    assert weight({"<cancel>", "<please> <cancel>", "^ <please>", "unheard of"}, LEARNED) == 3.25


def test_the_strongest_features_explain_it() -> None:
    """Those towards the sign that is asked for, strongest first."""
    seen = {"^ <please>", "<please> <cancel>", "<cancel>", "unheard of"}
    assert strongest(seen, LEARNED, 1) == ("<cancel>", "<please> <cancel>")
    assert strongest(seen, LEARNED, -1) == ("^ <please>",)
