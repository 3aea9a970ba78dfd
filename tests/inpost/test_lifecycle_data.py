"""The status, transition and journey tables agree with each other."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from simulator.carriers.inpost.catalog.journeys import JOURNEYS, Journey
from simulator.carriers.inpost.catalog.lifecycle import (
    BEFORE_PURCHASE,
    BOUGHT,
    FINAL,
    TRANSITIONS,
    possible_after,
)
from simulator.carriers.inpost.catalog.status_texts_en import TEXTS_EN
from simulator.carriers.inpost.catalog.status_texts_pl import TEXTS_PL
from simulator.carriers.inpost.catalog.statuses import ENTRIES, STATUS_NAMES, STATUSES


def reachable_from(status: str) -> set[str]:
    seen = {status}
    frontier = [status]
    while frontier:
        for following in TRANSITIONS[frontier.pop()] - seen:
            seen.add(following)
            frontier.append(following)
    return seen


def test_there_are_53_statuses_with_texts_in_both_languages_and_a_code_of_their_own() -> None:
    assert len(STATUSES) == len(STATUS_NAMES) == 53
    assert list(ENTRIES) == list(TEXTS_PL) == list(TEXTS_EN)
    assert len({entry.origin for entry in STATUSES}) == 53
    for entry in STATUSES:
        assert entry.title_pl
        assert entry.description_pl
        assert entry.title_en
        assert entry.description_en


def test_observed_titles_are_kept_to_the_letter() -> None:
    assert [entry.title_en for entry in STATUSES[:4]] == [
        "Parcel created.",
        "Offers are prepared.",
        "Offer selected.",
        "Prepared by the Sender.",
    ]
    assert ENTRIES["delivered"].title_en == "Delivered."
    assert ENTRIES["missing"].title_en == "translation missing: en_GB.statuses.missing.title"
    assert ENTRIES["missing"].title_pl == "translation missing: pl_PL.statuses.missing.title"


def test_every_status_has_a_row_and_leads_only_to_other_known_statuses() -> None:
    assert list(TRANSITIONS) == list(ENTRIES)
    for status, following in TRANSITIONS.items():
        assert following <= STATUS_NAMES
        assert status not in following


def test_every_status_is_reachable_from_created() -> None:
    assert reachable_from("created") == STATUS_NAMES


def test_exactly_the_final_statuses_lead_nowhere() -> None:
    assert {status for status, following in TRANSITIONS.items() if not following} == FINAL


@pytest.mark.parametrize("status", sorted(STATUS_NAMES - FINAL))
def test_every_way_can_end(status: str) -> None:
    assert reachable_from(status) & FINAL


def test_nothing_bought_becomes_unbought_and_only_confirmed_is_still_cancellable() -> None:
    assert BOUGHT | BEFORE_PURCHASE | {"canceled"} == STATUS_NAMES
    for status in BOUGHT:
        assert not TRANSITIONS[status] & BEFORE_PURCHASE
        assert ("canceled" in TRANSITIONS[status]) == (status == "confirmed")
    assert {status for status in BEFORE_PURCHASE if TRANSITIONS[status] & BOUGHT} == {
        "offer_selected"
    }


@pytest.mark.parametrize("status", sorted(BOUGHT - FINAL))
def test_anything_on_the_way_can_be_delayed_unrecognised_or_lost(status: str) -> None:
    assert {"delay_in_delivery", "other", "missing"} - {status} <= TRANSITIONS[status]


def test_possible_after_keeps_the_carriers_order() -> None:
    assert possible_after("created") == ("offers_prepared", "canceled")
    assert possible_after("offer_selected") == ("offers_prepared", "confirmed", "canceled")
    assert possible_after("delivered") == ()
    with pytest.raises(KeyError):
        possible_after("stored_by_sender")


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=list(JOURNEYS))
def test_a_journey_takes_only_legal_steps_and_ends_in_a_final_status(journey: Journey) -> None:
    route = ["confirmed", *(step.status for step in journey.steps)]
    for status, following in pairwise(route):
        assert following in TRANSITIONS[status], f"{journey.name}: {status} -> {following}"
    assert route[-1] in FINAL
    assert all(step.after > timedelta(0) for step in journey.steps)


def test_the_locker_keeps_a_parcel_for_48_hours_and_reminds_12_hours_before() -> None:
    steps = {step.status: step.after for step in JOURNEYS["locker_not_collected"].steps}
    assert steps["pickup_reminder_sent"] == timedelta(hours=36)
    assert steps["pickup_time_expired"] == timedelta(hours=12)


def test_an_unused_label_is_cancelled_after_45_days() -> None:
    (step,) = JOURNEYS["unused_canceled"].steps
    assert (step.status, step.after) == ("canceled", timedelta(days=45))
