"""One way to break a rule, and the twin that just keeps it."""

from collections.abc import Callable
from dataclasses import dataclass

from checker.generating.draft import Draft
from checker.model.finding import Verdict

POLICY = "tiktok_shop.jp.order_cancellation"


@dataclass(frozen=True, slots=True)
class Injection:
    """`act` makes the order: it breaks the rule if told to slip, else it is the twin.

    `also` are rules that the slip breaks too, `both` those that slip and twin break.
    """

    rule: str
    done: str
    twin: str
    act: Callable[[Draft, bool], None]
    twin_verdict: Verdict = Verdict.SATISFIED
    also: tuple[str, ...] = ()
    both: tuple[str, ...] = ()

    def make(self, draft: Draft, slip: bool) -> None:
        """Makes the order, and notes what a check must find."""
        self.act(draft, slip)
        done = self.done if slip else self.twin
        draft.expect(f"{POLICY}.{self.rule}", Verdict.VIOLATED if slip else self.twin_verdict, done)
        for rule in (*self.both, *(self.also if slip else ())):
            draft.expect(f"{POLICY}.{rule}", Verdict.VIOLATED, done)
