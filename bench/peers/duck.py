"""DuckDB SQL by somebody who knows how: each distinct event classified once, a narrow table, small joins per rule."""
# ruff: noqa: S608 - these statements are made of this file's own words

from collections import Counter

import duckdb
from question import (
    AS_OF,
    AS_OF_US,
    COLLECTION_ON,
    DAY_US,
    EIGHTEEN,
    FINAL,
    HOUR_US,
    IN_TRANSIT_ON,
    OVERDUE_DAYS,
    PAID_STATES,
    TOKYO_US,
    Answer,
    Counts,
    Question,
    codes,
    ready_by,
)

RULES = EIGHTEEN


def listed(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


SELLER_ASKED = listed(codes("seller_asked_codes"))
CLASSES = {
    "paid": "activity = 'payment_succeeded'",
    "ready": "activity = 'ready_to_ship'",
    "shipped": "activity IN ('ready_to_ship', 'collected')",
    "delivered": "activity = 'delivered'",
    "asks": "activity = 'cancel_requested' AND actor = 'buyer'",
    "asks_steered": f"activity = 'cancel_requested' AND actor = 'buyer' AND reason IN ({SELLER_ASKED})",
    "withdraws": "activity = 'cancel_withdrawn' AND actor = 'buyer'",
    "approves": "activity = 'cancel_approved'",
    "seller_answers": "activity IN ('cancel_approved', 'cancel_rejected') AND actor = 'seller'",
    "seller_rejects": "activity = 'cancel_rejected' AND actor = 'seller'",
    "platform_approves": "activity = 'cancel_approved' AND actor = 'platform'",
    "asks_return": "activity = 'return_requested' AND actor = 'buyer'",
    "seller_answers_return": "activity IN ('return_approved', 'return_rejected') AND actor = 'seller'",
    "platform_approves_return": "activity = 'return_approved' AND actor = 'platform'",
    "disputes": "activity = 'dispute_opened'",
    "cancelled": "activity = 'order_cancelled'",
    "cancelled_by_buyer": "activity = 'order_cancelled' AND actor = 'buyer'",
    "cancelled_by_seller": "activity = 'order_cancelled' AND actor = 'seller'",
    "cancelled_by_platform": "activity = 'order_cancelled' AND actor = 'platform'",
    "cancelled_by_house": "activity = 'order_cancelled' AND actor IN ('platform', 'operator')",
    "cancelled_by_others": "activity = 'order_cancelled' AND actor IN ('buyer', 'seller', 'operator')",
    "unpaid_reason": f"reason IN ({listed(codes('seller_reasons_unpaid'))})",
    "paid_reason": f"reason IN ({listed(codes('seller_reasons_paid'))})",
    "refunds": "activity = 'refund_succeeded'",
    "steers": "activity = 'message_sent' AND actor = 'seller' AND solicits IN ('explicit', 'indirect')",
    "begs": "activity = 'message_sent' AND actor = 'seller' AND solicits = 'explicit'",
    "in_transit": f"status IN ({listed(IN_TRANSIT_ON)})",
    "in_collection": f"status IN ({listed(COLLECTION_ON)})",
    "final": f"status IN ({listed(FINAL)})",
    "stated": "status IS NOT NULL",
    "is_unpaid": "status = 'UNPAID'",
    "is_paid": f"status IN ({listed(PAID_STATES)})",
    "is_cancelled": "status = 'CANCELLED'",
}
BIT = {name: 1 << place for place, name in enumerate(CLASSES)}


def has(name: str, table: str = "n") -> str:
    return f"{table}.k & {BIT[name]} <> 0"


FREE, ANSWER, BATCH = HOUR_US, 48 * HOUR_US, HOUR_US
ABSENT = (
    "SELECT o, CASE WHEN final THEN 'satisfied' ELSE 'pending' END AS verdict FROM ord WHERE o NOT IN (SELECT o FROM t)"
)


def answered(triggers: str, must: str, unless: str = "", keyed: bool = True) -> str:
    """The first event that answers or releases decides, if it comes in time; null due: no end."""
    release = f"({unless})" if unless else "false"
    key = " AND x.request = t.request" if keyed else ""
    return f"""
    WITH t AS ({triggers}),
    x AS MATERIALIZED (SELECT o, place, ts, request, ({must}) AS is_hit FROM n WHERE ({must}) OR {release}),
    d AS (
      SELECT t.o, t.place, any_value(t.given) AS given, any_value(t.due) AS due,
        min(x.place) FILTER (x.is_hit) AS hit, min(x.place) FILTER (NOT x.is_hit) AS rel
      FROM t LEFT JOIN x ON x.o = t.o AND x.place > t.place AND (t.due IS NULL OR x.ts <= t.due){key}
      GROUP BY t.o, t.place
    )
    SELECT o, CASE WHEN NOT given THEN 'not_applicable' WHEN hit < coalesce(rel, 1 << 30) THEN 'satisfied'
      WHEN rel IS NOT NULL THEN 'not_applicable' WHEN due < {AS_OF_US} THEN 'violated' ELSE 'pending' END AS verdict
    FROM d"""


def followed(triggers: str, forbidden: str, keyed: bool = True) -> str:
    """Nothing forbidden may come after the trigger and in time."""
    key = " AND x.request = t.request" if keyed else ""
    return f"""
    WITH t AS ({triggers}), x AS MATERIALIZED (SELECT o, place, ts, request FROM n WHERE {forbidden}),
    d AS (
      SELECT t.o, t.place, any_value(t.given) AS given, any_value(t.due) AS due, count(x.o) > 0 AS hit
      FROM t LEFT JOIN x ON x.o = t.o AND x.place > t.place AND (t.due IS NULL OR x.ts <= t.due){key}
      GROUP BY t.o, t.place
    )
    SELECT o, CASE WHEN NOT given THEN 'not_applicable' WHEN hit THEN 'violated'
      WHEN CASE WHEN due IS NULL THEN final ELSE due < {AS_OF_US} END THEN 'satisfied' ELSE 'pending' END AS verdict
    FROM d JOIN ord USING (o)"""


def forbidden(triggers: str) -> str:
    """Each such event is a violation where `given`; an order without any waits for its end."""
    return f"""
    WITH t AS MATERIALIZED ({triggers})
    SELECT o, CASE WHEN given THEN 'violated' ELSE 'not_applicable' END AS verdict FROM t UNION ALL {ABSENT}"""


def requests(given: str, due: str) -> str:
    return f"SELECT o, place, request, {given} AS given, {due} AS due FROM req"


DUTY = "NOT is_free AND NOT in_transit"
READY = f"""
    SELECT n.o, n.place, n.request, NOT coalesce(ord.ready < n.place, false) AS given, c.due + {{more}} AS due
    FROM n JOIN ord USING (o) JOIN calendar c ON c.day = (n.ts + {TOKYO_US}) // {DAY_US} WHERE {has("paid")}"""
RETURNS = f"SELECT o, place, request, true AS given, ts + {{within}} AS due FROM n WHERE {has('asks_return')}"
OF_SELLER = has("cancelled_by_seller")

SQL = {
    "seller_answers_cancel_request": answered(
        requests(DUTY, f"ts + {ANSWER}"), has("seller_answers"), has("withdraws")
    ),
    "platform_approves_unanswered_cancel_request": answered(
        requests(DUTY, f"ts + {ANSWER + BATCH}"),
        has("platform_approves"),
        f"{has('seller_answers')} OR {has('withdraws')}",
    ),
    "seller_answers_refund_request": answered(RETURNS.format(within=ANSWER), has("seller_answers_return")),
    "platform_approves_unanswered_refund_request": answered(
        RETURNS.format(within=ANSWER + BATCH), has("platform_approves_return"), has("seller_answers_return")
    ),
    "seller_readies_order_in_time": answered(READY.format(more=0), has("ready"), has("cancelled"), keyed=False),
    "platform_cancels_late_order": answered(
        READY.format(more=BATCH),
        has("cancelled_by_platform"),
        f"{has('ready')} OR {has('cancelled_by_others')}",
        keyed=False,
    ),
    "platform_refunds_paid_order": answered(
        f"""SELECT n.o, n.place, n.request, coalesce(ord.paid < n.place, false) AS given, NULL::BIGINT AS due
        FROM n JOIN ord USING (o) WHERE {has("cancelled_by_house")}""",
        has("refunds"),
        keyed=False,
    ),
    "seller_does_not_refuse_free_cancellation": followed(requests("is_free", "NULL::BIGINT"), has("seller_rejects")),
    "platform_does_not_approve_early": followed(
        requests(f"paid AND {DUTY}", f"ts + {ANSWER}"), has("platform_approves")
    ),
    "seller_does_not_ship_cancelled_order": followed(
        f"SELECT o, place, request, true AS given, NULL::BIGINT AS due FROM n WHERE {has('cancelled')}",
        has("shipped"),
        keyed=False,
    ),
    "steered_buyer_does_not_cancel": followed(
        f"""SELECT n.o, n.place, n.request, NOT coalesce(ord.asks < n.place, false) AS given, NULL::BIGINT AS due
        FROM n JOIN ord USING (o) WHERE {has("steers")}""",
        has("asks"),
        keyed=False,
    ),
    "late_buyer_cancellation_is_approved_first": f"""
    WITH t AS (
      SELECT n.o, n.place, n.request, coalesce(ord.transit < n.place, false) AS in_transit,
        max(p.ts) IS NOT NULL AS paid, coalesce(n.ts <= max(p.ts) + {FREE}, false) AS is_free
      FROM n JOIN ord USING (o) LEFT JOIN pay p ON p.o = n.o AND p.place < n.place
      WHERE {has("cancelled_by_buyer")} GROUP BY n.o, n.place, n.request, n.ts, ord.transit
    ), d AS (
      SELECT t.o, t.place, any_value(paid AND {DUTY}) AS given, count(x.o) > 0 AS approved
      FROM t LEFT JOIN (SELECT o, place, request FROM n WHERE {has("approves")}) x
        ON x.o = t.o AND x.request = t.request AND x.place < t.place
      GROUP BY t.o, t.place
    )
    SELECT o, CASE WHEN NOT given THEN 'not_applicable' WHEN approved THEN 'satisfied' ELSE 'violated' END AS verdict
    FROM d""",
    "platform_steps_in_last": f"""
    SELECT n.o, CASE WHEN coalesce(ord.asks_return < n.place AND ord.answers_return < n.place, false)
      THEN 'satisfied' ELSE 'violated' END AS verdict
    FROM n JOIN ord USING (o) WHERE {has("disputes")}""",
    "buyer_does_not_report_being_asked_to_cancel": forbidden(
        f"SELECT o, true AS given FROM n WHERE {has('asks_steered')}"
    ),
    "seller_cancels_with_permitted_reason": forbidden(f"""
    SELECT n.o, NOT coalesce(ord.collection < n.place, false) AND NOT (
        ({has("unpaid_reason")} AND arg_max(s.k, s.place) & {BIT["is_unpaid"]} <> 0)
        OR ({has("paid_reason")} AND arg_max(s.k, s.place) & {BIT["is_paid"]} <> 0)) AS given
    FROM n JOIN ord USING (o) JOIN n s ON s.o = n.o AND s.place < n.place AND {has("stated", "s")}
    WHERE {OF_SELLER} GROUP BY n.o, n.place, n.k, ord.collection"""),
    "seller_does_not_ask_buyer_to_cancel": forbidden(f"""
    SELECT n.o, arg_max(s.k, s.place) & {BIT["is_cancelled"]} = 0 AS given
    FROM n JOIN n s ON s.o = n.o AND s.place < n.place AND {has("stated", "s")}
    WHERE {has("begs")} GROUP BY n.o, n.place"""),
    "seller_cancels_before_in_transit": forbidden(
        f"SELECT n.o, coalesce(ord.transit < n.place, false) AS given FROM n JOIN ord USING (o) WHERE {OF_SELLER}"
    ),
    "seller_does_not_refuse_undelivered_cancellation": forbidden(f"""
    SELECT n.o, NOT coalesce(ord.delivered < n.place, false) AND n.ts > facts.overdue AS given
    FROM n JOIN ord USING (o) JOIN facts USING (o) WHERE {has("seller_rejects")}"""),
}


def connected(asked: Question) -> duckdb.DuckDBPyConnection:
    """The narrow table of classified events, and what most rules ask of an order."""
    db = duckdb.connect()
    db.execute("SET threads = 1")
    db.execute("SET preserve_insertion_order = false")
    db.execute("CREATE TABLE calendar(day BIGINT, due BIGINT)")
    db.executemany("INSERT INTO calendar VALUES (?, ?)", list(ready_by()))
    db.execute(f"CREATE TEMP VIEW ev AS {_union(asked, 'events', EVENT)} WHERE ts <= '{AS_OF}' AND seen <= '{AS_OF}'")
    bits = " + ".join(f"CASE WHEN {test} THEN {BIT[name]} ELSE 0 END" for name, test in CLASSES.items())
    db.execute(f"CREATE TEMP TABLE classes AS SELECT *, {bits} AS k FROM (SELECT DISTINCT {KINDS} FROM ev)")
    same = " AND ".join(f"ev.{name} IS NOT DISTINCT FROM c.{name}" for name in KINDS.split(", "))
    db.execute(
        f"""CREATE TEMP TABLE n AS SELECT o, place, epoch_us(ts) AS ts, c.k, request
        FROM ev JOIN classes c ON {same} WHERE c.k <> 0"""
    )
    firsts = {
        "transit": "in_transit",
        "collection": "in_collection",
        "ready": "ready",
        "paid": "paid",
        "delivered": "delivered",
        "asks": "asks",
        "asks_return": "asks_return",
        "answers_return": "seller_answers_return",
    }
    minima = ", ".join(f"min(place) FILTER ({has(kind)}) AS {name}" for name, kind in firsts.items())
    db.execute(
        f"""CREATE TEMP TABLE ord AS SELECT o, {minima},
        arg_max(k, place) FILTER ({has("stated")}) & {BIT["final"]} <> 0 AS final FROM n GROUP BY o"""
    )
    db.execute(f"CREATE TEMP TABLE pay AS SELECT o, place, ts FROM n WHERE {has('paid')}")
    db.execute(f"""CREATE TEMP TABLE req AS
    SELECT n.o, n.place, n.ts, n.request, coalesce(any_value(ord.transit) < n.place, false) AS in_transit,
      max(p.ts) IS NOT NULL AS paid, coalesce(n.ts <= max(p.ts) + {FREE}, false) AS is_free
    FROM n JOIN ord USING (o) LEFT JOIN pay p ON p.o = n.o AND p.place < n.place
    WHERE {has("asks")} GROUP BY n.o, n.place, n.ts, n.request""")
    days = " ".join(f"WHEN '{shipping}' THEN {days}" for shipping, days in OVERDUE_DAYS.items())
    db.execute(f"""CREATE TEMP VIEW facts AS SELECT o, ((day - DATE '1970-01-01') + CASE shipping {days} END + 1)
      * {DAY_US} - {TOKYO_US} - 1 AS overdue FROM ({_union(asked, "orders", FACTS)})""")
    return db


KINDS = "activity, actor, status, reason, solicits"
EVENT = """SELECT {bucket}::BIGINT << 32 | "order" AS o, place, "at" AS ts, recorded_at AS seen, activity, actor,
    "field:status:text" AS status, "field:reason:text" AS reason, "field:request_id:text" AS request,
    "field:solicits:text" AS solicits FROM '{path}'"""
FACTS = """SELECT {bucket}::BIGINT << 32 | file_row_number AS o, order_id, "fact:shipping:text" AS shipping,
    "fact:latest_estimated_delivery:day" AS day FROM read_parquet('{path}', file_row_number = true)"""


def _union(asked: Question, kind: str, select: str) -> str:
    parts = (select.format(bucket=bucket, path=path) for bucket, path in enumerate(asked.files(kind)))
    return f"SELECT * FROM ({' UNION ALL '.join(parts)})"


def counts(asked: Question) -> Counts:
    db, found = connected(asked), Counter()
    for rule in asked.rules:
        for verdict, count in db.execute(f"SELECT verdict, count(*) FROM ({SQL[rule]}) GROUP BY ALL").fetchall():
            found[rule, verdict] = count
    return found


def answers(asked: Question) -> list[Answer]:
    db, found = connected(asked), []
    db.execute(f"CREATE TEMP TABLE ids AS {_union(asked, 'orders', FACTS)}")
    for rule in asked.rules:
        rows = db.execute(f"SELECT order_id, '{rule}', verdict FROM ({SQL[rule]}) JOIN ids USING (o)").fetchall()
        found += rows
    return found
