"""How does SARIF tell what happened to an order? As a code flow: its events in time, with the due time among them."""

from collections.abc import Iterator
from datetime import datetime

from checker.model.finding import Finding
from checker.model.history import OrderHistory
from checker.reports.phrases import phrase
from checker.reports.remarks import is_about_order
from checker.reports.sarif_places import Json, instant, place
from checker.reports.spots import Spot, event_spot, spots
from checker.reports.summary import is_seen
from checker.reports.view import View
from checker.reports.wording import Wording

Step = tuple[datetime, int, Json]
LONGEST = 500
"""Viewers cut long flows; the events that counted are essential and come with their neighbours."""


def code_flow(finding: Finding, history: OrderHistory | None, say: Wording, view: View) -> Json:
    """The `codeFlows` of a result, nothing where there is no order behind it."""
    if history is None or not is_about_order(finding):
        return {}
    steps = sorted(_steps(finding, history, say, view), key=lambda step: step[:2])[:LONGEST]
    told = [step for _, _, step in steps]
    return {"codeFlows": [{"threadFlows": [{"id": history.order_id, "locations": told}]}]} if told else {}


def _steps(finding: Finding, history: OrderHistory, say: Wording, view: View) -> Iterator[Step]:
    evidence = finding.evidence
    for event in history.events:
        if is_seen(event, say.as_of):
            counted = event in (evidence.trigger, evidence.decisive)
            importance = "essential" if counted else "important" if event in evidence.used else "unimportant"
            spot = event_spot(event, view.root)
            yield event.occurred_at, 0, _step(event.occurred_at, say.event(event), spot, importance)
    if evidence.due is not None:
        told = phrase(say.lang, "report", "due_mark", title=say.title(finding.rule))
        spot = next(iter(spots(finding, say, view.root)[::-1]), None)
        yield evidence.due.due_at, 1, _step(evidence.due.due_at, told, spot, "essential")


def _step(at: datetime, text: str, spot: Spot | None, importance: str) -> Json:
    located = {"message": {"text": text}} if spot is None else place(spot, text=text)
    return {"location": located, "executionTimeUtc": instant(at), "importance": importance}
