"""The laws of delivery days, and the examples of the document."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.carriers.myparcel.catalog.holidays import is_holiday
from simulator.carriers.myparcel.delivery.days import (
    Plan,
    arrival,
    can_arrive,
    delivery_dates,
    first_dates,
    handing_in,
    weekday_digit,
)

NOW = st.datetimes(min_value=datetime(2015, 1, 1), max_value=datetime(2060, 1, 1))
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
WINDOWS = st.integers(1, 14)
PLANS = st.builds(
    Plan,
    cutoff=st.times(),
    dropoff_days=DAYS,
    delay=st.integers(0, 14),
    monday=st.booleans(),
)

MONDAY_PLAN = Plan(dropoff_days=frozenset({1, 2, 3, 4, 5, 6}), monday=True)
FRIDAY_MORNING = datetime(2017, 5, 5, 10)


@given(NOW, PLANS, WINDOWS)
def test_nothing_is_delivered_on_sundays_and_holidays(
    now: datetime, plan: Plan, window: int
) -> None:
    for day in first_dates(now, plan, window):
        assert day.isoweekday() != 7
        assert not is_holiday(day)


@given(NOW, PLANS, WINDOWS)
def test_the_window_is_filled_and_never_exceeded(now: datetime, plan: Plan, window: int) -> None:
    days = first_dates(now, plan, window)
    assert len(days) == window
    assert days == sorted(set(days))


@given(NOW, PLANS)
def test_a_wider_window_only_adds_later_days(now: datetime, plan: Plan) -> None:
    assert first_dates(now, plan, 14)[:5] == first_dates(now, plan, 5)


@given(NOW, PLANS)
def test_mondays_need_monday_delivery(now: datetime, plan: Plan) -> None:
    without = Plan(cutoff=plan.cutoff, dropoff_days=plan.dropoff_days, delay=plan.delay)
    assert all(day.isoweekday() != 1 for day in first_dates(now, without, 14))


@given(NOW, PLANS)
def test_a_parcel_is_handed_in_on_a_drop_off_day_that_is_no_holiday(
    now: datetime, plan: Plan
) -> None:
    for day in islice(handing_in(now, plan), 10):
        assert weekday_digit(day) in plan.dropoff_days
        assert not is_holiday(day)


@given(NOW, PLANS)
def test_the_first_day_comes_after_today_and_after_the_delay(now: datetime, plan: Plan) -> None:
    first = next(delivery_dates(now, plan))
    assert first > now.date() + timedelta(days=plan.delay)


@given(NOW, PLANS)
def test_missing_the_cut_off_never_makes_a_parcel_come_earlier(now: datetime, plan: Plan) -> None:
    morning = datetime.combine(now.date(), time())
    night = datetime.combine(now.date(), time(23, 59, 59))
    assert next(delivery_dates(morning, plan)) <= next(delivery_dates(night, plan))


@given(NOW, PLANS)
def test_a_longer_delay_never_makes_a_parcel_come_earlier(now: datetime, plan: Plan) -> None:
    longer = Plan(plan.cutoff, plan.saturday_cutoff, plan.dropoff_days, plan.delay + 1, plan.monday)
    assert next(delivery_dates(now, plan)) <= next(delivery_dates(now, longer))


@given(NOW, PLANS, st.integers(0, 60))
def test_a_wanted_day_is_possible_just_when_it_is_among_the_delivery_days(
    now: datetime, plan: Plan, later: int
) -> None:
    wanted = now.date() + timedelta(days=later)
    shown = set(islice(delivery_dates(now, plan), 61))
    assert can_arrive(now, plan, wanted) == (wanted in shown)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2017, 1, 27, 15, 30),
        datetime(2017, 1, 28, 9),
        datetime(2017, 1, 29, 23, 59),
        datetime(2017, 1, 30, 15, 29, 59),
    ],
)
def test_between_friday_and_monday_at_the_cut_off_tuesday_is_next(now: datetime) -> None:
    assert next(delivery_dates(now, Plan())) == date(2017, 1, 31)


def test_from_monday_at_the_cut_off_on_wednesday_is_next() -> None:
    assert next(delivery_dates(datetime(2017, 1, 30, 15, 30), Plan())) == date(2017, 2, 1)


def test_an_order_of_monday_with_a_window_of_three_shows_the_next_three_days() -> None:
    days = first_dates(datetime(2017, 1, 30, 12), Plan(), 3)
    assert days == [date(2017, 1, 31), date(2017, 2, 1), date(2017, 2, 2)]


def test_monday_delivery_shows_saturday_and_monday_on_a_friday() -> None:
    plan = Plan(time(16), None, frozenset({1, 2, 3, 4, 5, 6}), 0, True)
    assert first_dates(FRIDAY_MORNING, plan, 2) == [date(2017, 5, 6), date(2017, 5, 8)]


def test_without_monday_delivery_the_day_after_saturday_is_tuesday() -> None:
    plan = Plan(dropoff_days=frozenset({1, 2, 3, 4, 5, 6}))
    assert first_dates(FRIDAY_MORNING, plan, 2) == [date(2017, 5, 6), date(2017, 5, 9)]


@pytest.mark.parametrize(
    ("at", "first"), [(time(14, 59), date(2017, 5, 8)), (time(15), date(2017, 5, 9))]
)
def test_parcels_for_monday_are_taken_until_15_on_saturday(at: time, first: date) -> None:
    now = datetime.combine(date(2017, 5, 6), at)
    plan = Plan(time(16), None, frozenset({1, 2, 3, 4, 5, 6}), 0, True)
    assert next(delivery_dates(now, plan)) == first


def test_saturdays_may_have_a_cut_off_of_their_own() -> None:
    plan = Plan(time(16), time(14), frozenset({1, 2, 3, 4, 5, 6}), 0, True)
    assert next(delivery_dates(datetime(2017, 5, 6, 14), plan)) == date(2017, 5, 9)


def test_a_holiday_between_puts_the_delivery_off() -> None:
    assert arrival(date(2017, 4, 26), Plan()) == date(2017, 4, 28)
    assert arrival(date(2017, 5, 24), MONDAY_PLAN) == date(2017, 5, 26)


def test_a_delay_counts_from_the_first_drop_off_day() -> None:
    friday_evening = datetime(2017, 1, 27, 20)
    assert next(handing_in(friday_evening, Plan(delay=2))) == date(2017, 2, 1)
