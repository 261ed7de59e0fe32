"""What a row of the canonical event log says, be it of JSON Lines, CSV or Parquet."""

import zlib
from collections.abc import Mapping
from difflib import get_close_matches

import orjson

from checker.loading.logs.cells import json_object, moment, parse_observes, parse_refs, parse_value, text_list
from checker.loading.logs.fields import identifier
from checker.loading.logs.record import BadRecord, Coverage, Facts, Notice, Place, Record, content_number
from checker.model.activity import Activity
from checker.model.event import Actor, Event, Precision, SourceRef, Value

SOURCE = "canonical"
FACTS_ROW = "order_facts"
COVERAGE_ROW = "log_coverage"

TEXTS = ("status", "reason", "reason_text", "request_id", "text", "lang", "channel", "conversation_id", "deadline_name")
COLUMNS = (
    "event_id",
    "order_id",
    "ts",
    "ts_precision",
    "observed_at",
    "type",
    "actor",
    "status",
    "reason",
    "reason_text",
    "request_id",
    "line_item_ids",
    "text",
    "lang",
    "channel",
    "conversation_id",
    "deadline_name",
    "due",
    "inferred",
    "source",
    "source_ref",
    "facts",
)
KNOWN, WORDS = frozenset(COLUMNS), frozenset(TEXTS)
ACTIVITIES: Mapping[object, Activity] = {activity.value: activity for activity in Activity}
ACTORS: Mapping[object, Actor] = {actor.value: actor for actor in Actor}
KINDS = ACTIVITIES.keys() | {FACTS_ROW, COVERAGE_ROW}
IDS = frozenset({"event_id", "order_id", "ts"})
PRECISIONS: Mapping[object, Precision] = {precision.value: precision for precision in Precision}
TRUTHS: Mapping[object, bool] = {"true": True, "1": True, "false": False, "0": False, "": False}


def read_row(row: Mapping[str, object], place: Place) -> Record:
    """The event of one row, or the order facts or the coverage that it declares."""
    kind = str(row.get("type") or "")
    activity = ACTIVITIES.get(kind)
    if activity is not None:
        return _event_record(row, activity, place)
    if kind == FACTS_ROW:
        return _facts_record(row, place)
    if kind == COVERAGE_ROW:
        coverage = Coverage(parse_observes(json_object(row.get("facts"), "facts").get("observes")), declared=True)
        return Record(SOURCE, place, coverage=(coverage,))
    if not kind:
        raise BadRecord("missing field `type`", "every canonical row says what happened")
    near = get_close_matches(kind[:64], [*Activity, FACTS_ROW, COVERAGE_ROW], 1)
    hint = f"did you mean `{near[0]}`?" if near else f"expected one of {', '.join(Activity)}"
    raise BadRecord(f"unknown activity `{kind}`", hint)


def _event_record(row: Mapping[str, object], activity: Activity, place: Place) -> Record:
    at = moment(row.get("ts"), "ts")
    if at is None:
        raise BadRecord("missing field `ts`", "an occurrence at an unknown time is a fact, not an event")
    order_id = identifier(row.get("order_id"), "order_id") or ""
    if not order_id and not (activity is Activity.MESSAGE_SENT and row.get("conversation_id")):
        raise BadRecord("missing field `order_id`", "only a message with a conversation_id may come without")
    source = str(row.get("source") or SOURCE)
    native = row.get("event_id")
    event_id = str(native) if native else _derived_id(row, (source, order_id, activity.value))
    written = row.get("source_ref")
    refs = parse_refs(str(written), source) if written else (SourceRef(source, place.path, place.line, place.pointer),)
    event = Event(
        event_id,
        order_id,
        activity,
        at,
        _actor(row.get("actor")),
        _attributes(row),
        moment(seen, "observed_at") if (seen := row.get("observed_at")) else None,
        _precision(row.get("ts_precision")),
        _truth(row.get("inferred")),
        refs,
    )
    identity = f"canonical:{native}" if native else None
    fingerprint = content_number(activity, at, order_id, event.actor, sorted(event.attributes.items())) if native else 0
    return Record(SOURCE, place, (event,), notices=_notices(row), identity=identity, fingerprint=fingerprint)


def _derived_id(row: Mapping[str, object], parts: tuple[str, ...]) -> str:
    """A stable id for a row that has none: the same row gets the same id again."""
    try:
        check = zlib.crc32(orjson.dumps(dict(row), default=str, option=orjson.OPT_SORT_KEYS))
    except TypeError:
        raise BadRecord("this record is nested too deeply", "expected a row of plain cells") from None
    return ":".join((*parts, f"{check:08x}"))


def _attributes(row: Mapping[str, object]) -> dict[str, Value]:
    found: dict[str, Value] = {name: str(value) for name, value in row.items() if value and name in WORDS}
    if (lines := row.get("line_item_ids")) and (ids := text_list(lines)):
        found["line_item_ids"] = ids
    if (due := row.get("due")) and (at := moment(due, "due")):
        found["due"] = at
    if extra := row.get("facts"):
        found |= fact_values(json_object(extra, "facts"))
    return found


def fact_values(facts: Mapping[str, object]) -> dict[str, Value]:
    """What a `facts` object says, without what is null or empty."""
    parsed = {name: parse_value(name, value) for name, value in facts.items()}
    return {name: value for name, value in parsed.items() if value is not None}


def _facts_record(row: Mapping[str, object], place: Place) -> Record:
    order_id = identifier(row.get("order_id"), "order_id")
    if order_id is None:
        raise BadRecord("missing field `order_id`", "order facts belong to one order")
    facts = dict(json_object(row.get("facts"), "facts"))
    observes = facts.pop("observes", None)
    coverage = () if observes is None else (Coverage(parse_observes(observes), (order_id,), declared=True),)
    return Record(SOURCE, place, facts=(Facts(order_id, fact_values(facts)),), coverage=coverage, notices=_notices(row))


def _notices(row: Mapping[str, object]) -> tuple[Notice, ...]:
    notices = []
    if not row.keys() <= KNOWN:
        for name in sorted(str(key) for key in row.keys() - KNOWN):
            near = get_close_matches(name[:64], COLUMNS, 1)
            hint = f"did you mean `{near[0]}`?" if near else "put further attributes into the object `facts`"
            notices.append(Notice(f"unknown column `{name}` was left out", hint))
    if isinstance(row.get("order_id"), int):
        hint = "it was read exactly, but other JSON readers round such ids"
        notices.append(Notice("`order_id` is a number, not text", hint))
    return tuple(notices)


def _actor(value: object) -> Actor:
    if not value:
        return Actor.UNKNOWN
    actor = ACTORS.get(str(value))
    if actor is None:
        raise BadRecord(f"unknown actor `{value}`", f"expected one of {', '.join(Actor)}")
    return actor


def _precision(value: object) -> Precision:
    if not value:
        return Precision.SECOND
    precision = PRECISIONS.get(str(value))
    if precision is None:
        raise BadRecord(f"unknown ts_precision `{value}`", f"expected one of {', '.join(Precision)}")
    return precision


def _truth(value: object) -> bool:
    if value is None or isinstance(value, bool):
        return bool(value)
    truth = TRUTHS.get(str(value).strip().lower())
    if truth is None:
        raise BadRecord(f"`inferred` is `{value}`", "expected true or false")
    return truth
