# The nine rules over one order: input.events with their place, input.is_final; data.codes, data.ready_by, data.as_of.
package orders

hour := 3600000000

answer := 48 * hour

reached(t, states) if {
	some s in input.events
	s.place < t.place
	s.status in states
}

paid(t) if {
	some p in input.events
	p.activity == "payment_succeeded"
	p.place < t.place
}

is_free(t) if {
	some p in input.events
	p.activity == "payment_succeeded"
	p.place < t.place
	t.at <= p.at + hour
}

same(t, e) if {
	e.request != ""
	e.request == t.request
}

# The place of the first of these events after the trigger and in time, else one that no event has.
first(places) := min(places) if count(places) > 0

else := 1000000

decided(hit, released, due) := "satisfied" if {
	hit < 1000000
	hit <= released
} else := "not_applicable" if {
	released < 1000000
} else := "violated" if {
	due < data.as_of
} else := "pending"

unfollowed := "satisfied" if input.is_final

else := "pending"

requests contains t if {
	some t in input.events
	t.activity == "cancel_requested"
	t.actor == "buyer"
}

cancelled contains t if {
	some t in input.events
	t.activity == "order_cancelled"
}

# seller_answers_cancel_request
cancel_answered(t) := "not_applicable" if {
	reached(t, data.in_transit)
} else := "not_applicable" if {
	is_free(t)
} else := verdict if {
	due := t.at + answer
	hits := {e.place | some e in input.events; e.place > t.place; e.at <= due; e.activity in {"cancel_approved", "cancel_rejected"}; e.actor == "seller"; same(t, e)}
	releases := {e.place | some e in input.events; e.place > t.place; e.at <= due; e.activity == "cancel_withdrawn"; e.actor == "buyer"; same(t, e)}
	verdict := decided(first(hits), first(releases), due)
}

verdicts contains ["seller_answers_cancel_request", t.place, cancel_answered(t)] if some t in requests

verdicts contains ["seller_answers_refund_request", t.place, verdict] if {
	some t in input.events
	t.activity == "return_requested"
	t.actor == "buyer"
	due := t.at + answer
	hits := {e.place | some e in input.events; e.place > t.place; e.at <= due; e.activity in {"return_approved", "return_rejected"}; e.actor == "seller"; same(t, e)}
	verdict := decided(first(hits), 1000000, due)
}

readied(t) := "not_applicable" if {
	some s in input.events
	s.activity == "ready_to_ship"
	s.place < t.place
} else := verdict if {
	due := data.ready_by[t.day]
	hits := {e.place | some e in input.events; e.place > t.place; e.at <= due; e.activity == "ready_to_ship"}
	releases := {e.place | some e in input.events; e.place > t.place; e.at <= due; e.activity == "order_cancelled"}
	verdict := decided(first(hits), first(releases), due)
}

verdicts contains ["seller_readies_order_in_time", t.place, readied(t)] if {
	some t in input.events
	t.activity == "payment_succeeded"
}

refused(t) := "not_applicable" if {
	not is_free(t)
} else := "violated" if {
	some e in input.events
	e.place > t.place
	e.activity == "cancel_rejected"
	e.actor == "seller"
	same(t, e)
} else := unfollowed

verdicts contains ["seller_does_not_refuse_free_cancellation", t.place, refused(t)] if some t in requests

shipped(t) := "violated" if {
	some e in input.events
	e.place > t.place
	e.activity in {"ready_to_ship", "collected"}
} else := unfollowed

verdicts contains ["seller_does_not_ship_cancelled_order", t.place, shipped(t)] if some t in cancelled

approved(t) := "not_applicable" if {
	not paid(t)
} else := "not_applicable" if {
	is_free(t)
} else := "not_applicable" if {
	reached(t, data.in_transit)
} else := "satisfied" if {
	some e in input.events
	e.place < t.place
	e.activity == "cancel_approved"
	same(t, e)
} else := "violated"

verdicts contains ["late_buyer_cancellation_is_approved_first", t.place, approved(t)] if {
	some t in cancelled
	t.actor == "buyer"
}

tried(t) := "satisfied" if {
	some asked in input.events
	asked.activity == "return_requested"
	asked.actor == "buyer"
	asked.place < t.place
	some said in input.events
	said.activity in {"return_approved", "return_rejected"}
	said.actor == "seller"
	said.place < t.place
} else := "violated"

verdicts contains ["platform_steps_in_last", t.place, tried(t)] if {
	some t in input.events
	t.activity == "dispute_opened"
}

asked_by_seller contains t.place if {
	some t in requests
	t.reason in data.codes.asked
}

verdicts contains ["buyer_does_not_report_being_asked_to_cancel", place, "violated"] if some place in asked_by_seller

verdicts contains ["buyer_does_not_report_being_asked_to_cancel", -1, unfollowed] if count(asked_by_seller) == 0

cancelled_by_seller contains t if {
	some t in cancelled
	t.actor == "seller"
}

status(t) := input.events[max({s.place | some s in input.events; s.place < t.place; s.status != ""})].status

permitted(t) if {
	status(t) == "UNPAID"
	t.reason in data.codes.unpaid
}

permitted(t) if {
	status(t) in data.paid_states
	t.reason in data.codes.paid
}

permitted(t) if reached(t, data.in_collection)

reasoned(t) := "not_applicable" if permitted(t)

else := "violated"

verdicts contains ["seller_cancels_with_permitted_reason", t.place, reasoned(t)] if some t in cancelled_by_seller

verdicts contains ["seller_cancels_with_permitted_reason", -1, unfollowed] if count(cancelled_by_seller) == 0
