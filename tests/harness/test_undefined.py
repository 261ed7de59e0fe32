"""Does the message name the word that is wrong, and the ones that are right?"""

import pytest

from checker.harness.undefined import complaint, unsuitable

OBSERVABLES = (
    "`payments`, `statuses`, `cancellation requests`, `decisions`, `cancellations`, `refunds`, `refund requests`, "
    "`disputes`, `messages`, `notifications`, `deadlines`"
)


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        (
            "the log does not show payment",
            "en",
            f"in `the log does not show payment` `payment` is no observable; expected one of {OBSERVABLES}",
        ),
        (
            "在 2025/12/01 检查",
            "zh",
            "in `在 2025/12/01 检查` `2025/12/01` is no at; expected `2025-12-01 10:00`",
        ),
        (
            "the order is checked at 2025-12-01 10:00",
            "ja",
            (
                "`the order is checked at 2025-12-01 10:00` is written in `en`; "
                "expected `2025-12-01 10:00 の時点で確認する`"
            ),
        ),
        (
            "the order is checked on 2025-12-01",
            "en",
            "no sentence reads `the order is checked on 2025-12-01`; did you mean `the order is checked at {at}`",
        ),
        (
            "完全に違う文",
            "ja",
            "no sentence reads `完全に違う文`; `checker spec steps` lists the sentences",
        ),
    ],
)
def test_complaint(text: str, language: str, told: str) -> None:
    """One sentence that a person who cannot read Python can act upon."""
    assert complaint(text, language) == told


def test_a_bad_remark_lists_the_remarks() -> None:
    """The remark, not the whole line, is what is wrong."""
    told = complaint("at 2025-12-01 10:00 the buyer asks to cancel (reqest R1)", "en")
    assert told.startswith("in `at 2025-12-01 10:00 the buyer asks to cancel (reqest R1)` `reqest R1` is no remark; ")


def test_a_cell_is_judged_by_the_slot_that_it_fills() -> None:
    """A cell that fits gives no message."""
    assert unsuitable("verdict", "合规", "zh") is None
    assert unsuitable("verdict", "合格", "zh") == (
        "`合格` is no verdict; expected one of `合规`, `违规`, `待定`, `不适用`, `无法判定`"
    )
    assert unsuitable("detail", "申请号 R1", "zh") is None
