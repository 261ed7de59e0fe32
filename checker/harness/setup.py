"""What does each sentence of a feature that tells of the world change in it?"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from checker.harness.instants import instant
from checker.harness.sentence import Said
from checker.harness.world import World, with_event
from checker.model.activity import Activity, Observable
from checker.model.error import PolicyError
from checker.model.event import Actor, Event, Precision, Value
from checker.model.history import OrderHistory

_FLAGS = {"yes": True, "no": False}


def applied(world: World, said: Said) -> World:
    """The world after a sentence. Raises: PolicyError where it names what is not there."""
    return STEPS[said.step.id](world, said)


def _policy(world: World, said: Said) -> World:
    name, _, version = said.values["policy"].partition("@")
    chosen = tuple(p for p in world.pool if p.id == name and version in ("", p.effective.isoformat()))
    if not chosen:
        known = [f"{policy.id}@{policy.effective}" for policy in world.pool]
        near = get_close_matches(said.values["policy"], known, n=1)
        hint = (
            f"did you mean `{near[0]}`"
            if near
            else f"expected one of {', '.join(known) or 'none, no policy is loaded'}"
        )
        raise PolicyError(f"no policy `{said.values['policy']}`; {hint}")
    return replace(world, policies=(*world.policies, *chosen), zone=ZoneInfo(chosen[0].timezone))


def _zone(world: World, said: Said) -> World:
    try:
        return replace(world, zone=ZoneInfo(said.values["zone"]))
    except (ZoneInfoNotFoundError, ValueError):
        raise PolicyError(f"no time zone `{said.values['zone']}`; expected one like `Asia/Tokyo`") from None


def _fact(world: World, said: Said) -> World:
    stated = said.values["value"]
    return replace(world, facts={**world.facts, said.values["fact"]: _FLAGS.get(stated, _value(world, stated))})


def _value(world: World, text: str) -> Value:
    if text.startswith('"'):
        return text[1:-1]
    if len(text) == 10 and text[4:8:3] == "--":
        return date.fromisoformat(text)
    return instant(text, world.zone) if len(text) > 10 and text[4:11:3] == "-- " else text


def _blind(world: World, said: Said) -> World:
    hidden = Observable(said.values["observable"])
    return replace(world, observes={name: span for name, span in world.observes.items() if name is not hidden})


def _log_starts(world: World, said: Said) -> World:
    start = instant(said.values["at"], world.zone)
    events = tuple(event for event in world.events if event.occurred_at >= start)
    return replace(world, events=events, observes={name: replace(s, start=start) for name, s in world.observes.items()})


def _log_ends(world: World, said: Said) -> World:
    end = instant(said.values["at"], world.zone)
    return replace(world, observes={name: replace(span, end=end) for name, span in world.observes.items()})


def _assume(world: World, said: Said) -> World:
    return replace(world, assumptions=(*world.assumptions, (said.values["parameter"], said.values["quantity"])))


def _event(world: World, said: Said) -> World:
    activity, actor = Activity(said.values["activity"]), Actor(said.values["actor"])
    return with_event(world, _made(world, said, activity, actor, {}))


def _message(world: World, said: Said) -> World:
    text = {"text": said.values["text"][1:-1]}
    return with_event(world, _made(world, said, Activity.MESSAGE_SENT, Actor(said.values["actor"]), text))


def _status(world: World, said: Said) -> World:
    status = {"status": said.values["state"]}
    return with_event(world, _made(world, said, Activity.STATUS_CHANGED, Actor.PLATFORM, status))


def _deadline(world: World, said: Said) -> World:
    set_to: dict[str, Value] = {"deadline_name": said.values["name"], "due": instant(said.values["due"], world.zone)}
    return with_event(world, _made(world, said, Activity.DEADLINE_SET, Actor.PLATFORM, set_to))


def _made(world: World, said: Said, activity: Activity, actor: Actor, attributes: Mapping[str, Value]) -> Event:
    fields: dict[str, Value] = {**attributes, **dict(_field(world, detail) for detail in said.details)}
    recorded_at, precision = fields.pop("@recorded_at", None), fields.pop("@precision", "second")
    return Event(
        event_id=f"e{len(world.events) + 1}",
        order_id="order",
        activity=activity,
        occurred_at=instant(said.values["at"], world.zone),
        actor=actor,
        attributes=fields,
        recorded_at=None if recorded_at is None else instant(str(recorded_at), world.zone),
        precision=Precision(str(precision)),
    )


def _field(world: World, detail: Said) -> tuple[str, Value]:
    """The attribute that a remark sets."""
    if detail.step.sets is not None and detail.step.field is not None:
        return detail.step.field, detail.step.sets
    if detail.step.field is None:
        return detail.values["name"], _value(world, detail.values["value"])
    (text,) = detail.values.values()
    return detail.step.field, text[1:-1] if text.startswith('"') else text


def _more_orders(world: World, said: Said) -> World:
    return _with_crowd(world, said, None)


def _more_cancelled(world: World, said: Said) -> World:
    return _with_crowd(world, said, Actor(said.values["actor"]))


def _with_crowd(world: World, said: Said, cancelled_by: Actor | None) -> World:
    bare = replace(world, events=())
    created = _made(bare, replace(said, details=()), Activity.ORDER_CREATED, Actor.BUYER, {})
    events = [created]
    if cancelled_by is not None:
        events.append(_made(with_event(bare, created), said, Activity.ORDER_CANCELLED, cancelled_by, {}))
    start = len(world.crowd)
    others = tuple(
        OrderHistory(f"other{start + n}", world.facts, world.observes, tuple(events))
        for n in range(1, int(said.values["count"]) + 1)
    )
    return replace(world, crowd=(*world.crowd, *others))


def _check(world: World, said: Said) -> World:
    return replace(world, as_of=instant(said.values["at"], world.zone))


STEPS: Mapping[str, Callable[[World, Said], World]] = {
    "policy": _policy,
    "zone": _zone,
    "fact": _fact,
    "blind": _blind,
    "log_starts": _log_starts,
    "log_ends": _log_ends,
    "assume": _assume,
    "more_orders": _more_orders,
    "more_cancelled": _more_cancelled,
    "event": _event,
    "message": _message,
    "status": _status,
    "deadline": _deadline,
    "check": _check,
}
