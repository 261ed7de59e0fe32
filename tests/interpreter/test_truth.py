"""Is the logic Kleene's, and does an unknown always say why?"""

from itertools import permutations, product

import pytest

from checker.interpreter.truth import NO, YES, Truth, Unknown, all_of, any_of, known, negated, unknown
from checker.model.finding import Reason

MAYBE = unknown(Reason.FIELD_MISSING, "a")
VALUES = (YES, NO, MAYBE)


def kleene(values: tuple[Truth, ...], absorbing: bool) -> bool | None:
    """The strong logic by its definition: the absorbing value wins, then the unknown."""
    plain = [truth.value for truth in values]
    if absorbing in plain:
        return absorbing
    return None if None in plain else not absorbing


@pytest.mark.parametrize("values", [values for size in range(4) for values in product(VALUES, repeat=size)])
def test_all_and_any_of_everything(values: tuple[Truth, ...]) -> None:
    """All and any of up to three claims are what the truth tables say."""
    assert all_of(values).value is kleene(values, absorbing=False)
    assert any_of(values).value is kleene(values, absorbing=True)


@pytest.mark.parametrize(("truth", "expected"), [(YES, False), (NO, True), (MAYBE, None)])
def test_negation(truth: Truth, expected: bool | None) -> None:
    """Not turns true and false round and leaves the unknown."""
    assert negated(truth).value is expected
    assert negated(negated(truth)) == truth


@pytest.mark.parametrize("values", list(product(VALUES, repeat=2)))
def test_de_morgan(values: tuple[Truth, Truth]) -> None:
    """Not all is any not, and not any is all not."""
    assert negated(all_of(values)) == any_of(map(negated, values))
    assert negated(any_of(values)) == all_of(map(negated, values))


@pytest.mark.parametrize("values", list(permutations(VALUES)))
def test_the_order_of_claims_changes_no_value(values: tuple[Truth, ...]) -> None:
    """Whichever claim is read first, the value is the same."""
    assert all_of(values).value is False
    assert any_of(values).value is True


def test_known_is_known() -> None:
    """A plain boolean is true or false and names no cause."""
    assert (known(True), known(False)) == (YES, NO)


def test_an_unknown_names_everything_missing_for_its_reason() -> None:
    """The first cause leads, with the other names of the same reason, each once."""
    found = all_of(
        [unknown(Reason.FIELD_MISSING, "a"), unknown(Reason.NOT_OBSERVED, "x"), unknown(Reason.FIELD_MISSING, "b", "a")]
    )
    assert found.cause == Unknown(Reason.FIELD_MISSING, ("a", "b"))


def test_a_decided_claim_has_no_cause() -> None:
    """What is false or true in spite of unknown parts says nothing of them."""
    assert all_of([MAYBE, NO]) == NO
    assert any_of([MAYBE, YES]) == YES
