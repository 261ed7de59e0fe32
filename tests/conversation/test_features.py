"""Can every feature be read, and are they only so many?"""

from checker.conversation.features import before, claims, own
from checker.conversation.tokens import Tokens


def tokens(*words: str) -> Tokens:
    concepts = tuple(word for word in words if word.startswith("<"))
    return Tokens(("^", *words, "$"), ("^", *words, "$"), (" ".join(words),), (concepts,))


def test_runs_and_pairs() -> None:
    """Runs of up to four words with the ends, and concepts in their order with others between."""
    found = own(tokens("<please>", "do", "<cancel>"))
    assert {"<please>", "do", "^ <please>", "<cancel> $", "<please> do <cancel>", "<please>~<cancel>"} <= found
    assert "^ <please> do <cancel>" in found
    assert "^" not in found
    assert "<cancel>~<please>" not in found


def test_lines_before_are_told_apart() -> None:
    """What the buyer said is another feature than what the seller said."""
    assert set(before("buyer", tokens("ok"))) == {"buyer: ok", "buyer: ^ ok", "buyer: ok $"}
    assert list(claims(["wish"])) == ["[wish]"]


def test_many_concepts_make_no_square() -> None:
    """A hostile sentence of nothing but concepts costs its length."""
    assert len(own(tokens(*(f"<{n}>" for n in range(4000))))) < 4000 * (4 + 8 + 1)
