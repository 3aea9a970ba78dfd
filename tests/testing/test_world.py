"""A world in a test, by the client: what is asked of it happens, and what is wrong is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest

from simulator.testing import (
    NoServer,
    NothingCame,
    NotServed,
    Refused,
    Simulator,
    VerificationFailed,
    World,
    WrongVersion,
    connect,
)
from simulator.testing.answers import Served
from tests.support.server import serving
from tests.testing.conftest import AT

Ship = Callable[[], int]


def test_a_carrier_is_told_by_what_goes_into_settings(world: World) -> None:
    inpost = world.inpost
    assert inpost.base_url == f"{world.url}/inpost"
    assert inpost.headers == {"Authorization": f"Bearer {inpost.credential}"}
    assert list(world.carriers) == ["inpost", "myparcel", "postplus"]
    for carrier in world.carriers.values():
        assert httpx2.get(carrier.openapi_url).json()["openapi"].startswith("3.")
        for credential in carrier.credentials:
            assert carrier.headers_of(credential.value) == credential.headers
    with pytest.raises(KeyError, match="there are: sim-inpost-sandbox"):
        inpost.headers_of("none")


def test_every_carriers_first_credential_lets_in(world: World) -> None:
    asked = {
        "inpost": "/v1/organizations",
        "myparcel": "/shipments",
        "postplus": "/api/v1/tracking/event-codes",
    }
    for name, carrier in world.carriers.items():
        answer = httpx2.get(f"{carrier.base_url}{asked[name]}", headers=dict(carrier.headers))
        assert answer.status_code == 200, (name, answer.text)


def test_a_carrier_that_is_not_served_is_named(world: World) -> None:
    with pytest.raises(NotServed, match="does not serve dhl; it serves: inpost, myparcel"):
        world.carrier("dhl")


def test_worlds_know_nothing_of_each_other(simulator: Simulator, world: World, ship: Ship) -> None:
    ship()
    with simulator.world() as other:
        assert other.records("inpost", "shipments") == []
    assert len(world.records("inpost", "shipments")) == 1


def test_a_world_goes_with_its_block(simulator: Simulator) -> None:
    with simulator.world() as world:
        assert world.clock().mode == "real"
    with pytest.raises(Refused, match=r"refused with 404"):
        world.clock()


def test_time_stands_and_moves(world: World) -> None:
    assert world.freeze(datetime(2026, 3, 2, 9, tzinfo=UTC)).at == datetime(
        2026, 3, 2, 9, tzinfo=UTC
    )
    assert world.advance("90m").now == datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
    assert world.advance(timedelta(minutes=1, microseconds=7)).now == datetime(
        2026, 3, 2, 10, 31, 0, 7, tzinfo=UTC
    )
    assert world.advance(to="2026-03-03T00:00:00+00:00").now.day == 3
    assert world.run_clock("scaled", at=AT, speed=60).speed == 60
    with pytest.raises(ValueError, match="has no offset"):
        world.freeze(datetime(2026, 3, 2))
    with pytest.raises(ValueError, match="not negative"):
        world.advance(timedelta(seconds=-1))


def test_who_listens_hears_of_every_move(world: World) -> None:
    heard: list[datetime] = []
    world.on_time(heard.append)
    world.freeze("2026-03-02T10:00:00+00:00")
    world.advance("1h")
    assert [each.hour for each in heard] == [10, 11]


def test_until_an_event_that_comes_and_one_that_does_not(world: World, ship: Ship) -> None:
    number = ship()
    assert world.look_ahead("10s")["jobs"] == 4
    moved = world.advance(until="inpost.shipment_confirmed", match={"shipment_id": number})
    assert moved.event is not None
    assert moved.event.payload["shipment_id"] == number
    with pytest.raises(Refused, match="does not happen within 1h") as refused:
        world.advance(until="inpost.shipment_confirmed", within="1h")
    assert refused.value.status == 409


def test_the_world_acts(world: World, ship: Ship) -> None:
    number = ship()
    world.advance("10s")
    world.do("inpost.set_balance", organization=1, amount="5.00")
    world.move("inpost", number, to="delivered")
    [shipment] = world.records("inpost", "shipments", id=number)
    assert shipment["status"] == "delivered"
    with pytest.raises(Refused, match=r'Did you mean "inpost.set_balance"'):
        world.do("inpost.set_balanse")


def test_a_parcel_gets_a_journey_or_a_history(world: World, ship: Ship) -> None:
    first, second = ship(), ship()
    world.advance("10s")
    world.play("inpost", first, "locker_delivered")
    world.play("inpost", second, [{"at": "+1h", "status": "dispatched_by_sender"}])
    world.advance("30d")
    statuses = {each["id"]: each["status"] for each in world.records("inpost", "shipments")}
    assert statuses == {first: "delivered", second: "dispatched_by_sender"}


def test_what_fails_fails_as_often_as_said(world: World) -> None:
    url, headers = f"{world.inpost.base_url}/v1/organizations", dict(world.inpost.headers)
    rule = world.fail("inpost.list_organizations", times=2, status=502)
    answers = [httpx2.get(url, headers=headers).status_code for _ in range(3)]
    assert answers == [502, 502, 200]
    assert (rule.state().used, rule.state().spent) == (2, True)
    broken = world.fail("inpost.list_organizations", kind="connection_reset", times=None)
    with pytest.raises(httpx2.HTTPError):
        httpx2.get(url, headers=headers)
    broken.remove()
    assert httpx2.get(url, headers=headers).status_code == 200
    with pytest.raises(Refused, match=r'Did you mean "inpost.list_organizations"'):
        world.fail("inpost.list_organisations")


def test_an_answer_is_lost_behind_the_work(world: World, ship: Ship) -> None:
    world.fail("inpost.create_shipment", status=504, lost_answer=True)
    with pytest.raises(httpx2.HTTPStatusError):
        ship()
    ship()
    with pytest.raises(VerificationFailed, match="was shipped 2 times"):
        world.verify({"no_duplicates": True})


def test_what_is_held_waits_for_its_release(world: World, ship: Ship) -> None:
    hold = world.hold("inpost.offers")
    ship()
    world.advance("1h")
    held = hold.state().held
    assert held is not None
    assert held["count"] == 1
    hold.release()
    world.advance("10s")
    assert [each.event for each in world.inbox(event="shipment_confirmed")] == [
        "shipment_confirmed"
    ]


def test_rules_as_the_documents_have_them(world: World) -> None:
    made = world.rules({"when": {"carrier": "inpost"}, "delay": {"by": "1ms"}})
    slow = world.slow("inpost.get_shipment", by="2ms")
    assert [each.id for each in world.rules()] == [made[0].id, slow.id]
    flaky = world.rules({"profile": "flaky", "carrier": "inpost"})
    assert {each.id for each in flaky} <= {each.id for each in world.rules()}
    assert len(flaky) == len(world.rules()) - 2


def test_a_scenario_of_the_library_of_a_file_and_as_text(world: World, tmp_path: Path) -> None:
    assert world.load("inpost/runs-dry").name == "runs-dry"
    story = (
        "scenario: One parcel\ngiven:\n  - inpost.set_balance: {organization: 1, amount: '5.00'}\n"
    )
    (tmp_path / "mine.yaml").write_text(story)
    assert world.load(tmp_path / "mine.yaml").name == "mine"
    assert world.load(story, name="told").scenario == "One parcel"
    assert world.load({"scenario": "As a value"}, name="value").scenario == "As a value"
    with pytest.raises(Refused, match=r'line 2, column 1: "givn" is not a key.*"given"'):
        world.load("scenario: x\ngivn: []\n")
    looked_at = r"no scenario none\.yaml; looked at .*/none\.yaml, "
    with pytest.raises(FileNotFoundError, match=looked_at):
        world.load("none.yaml")


def test_the_client_is_judged(world: World, ship: Ship) -> None:
    ship()
    [verdict] = world.verify(operation="inpost.create_shipment", count=1)
    assert verdict.found == 1
    with pytest.raises(VerificationFailed) as failed:
        world.verify(
            {"operation": "inpost.create_shipment", "count": 2},
            {"operation": "inpost.get_label"},
        )
    assert len(str(failed.value).splitlines()) == 2
    with pytest.raises(Refused, match=r'Did you mean "inpost.create_shipment"'):
        world.verify(operation="inpost.create_shipmnet", count=1)


def test_the_journal_and_its_why(world: World, ship: Ship) -> None:
    ship()
    [exchange] = world.journal(operation="inpost.create_shipment")
    assert (exchange.method, exchange.status) == ("POST", 201)
    assert world.explain(exchange) == world.explain(exchange.id)
    assert "answered with 201" in world.explain(exchange)["why"][0]
    assert world.journal(unmatched=True) == []


def test_a_webhook_is_waited_for_without_a_receiver(world: World, ship: Ship) -> None:
    first, second = ship(), ship()
    world.advance("10s")
    came = [world.webhooks.wait("shipment_confirmed").body["payload"] for _ in range(2)]
    assert [each["shipment_id"] for each in came] == [first, second]
    with pytest.raises(NothingCame, match=r"the clock stands.*advance\(.1h.\) moves it"):
        world.webhooks.wait("shipment_confirmed", timeout=0.001)
    with pytest.raises(Refused, match="shipment_confirmed"):
        world.webhooks.wait("shipment_confirm")


def test_a_receiver_gets_what_is_sent(world: World, ship: Ship) -> None:
    receiver = world.receive(organization=4)
    ship()
    world.advance("10s")
    events = [receiver.wait().body["event"] for _ in range(2)]
    assert events == [each.body["event"] for each in receiver.received[:2]]
    assert {each.status for each in world.webhooks.log()} == {"delivered"}
    receiver.status = 500
    world.webhooks.trigger("inpost", "shipment_confirmed")
    assert receiver.wait(timeout=20).body
    [again] = world.webhooks.log(status="pending") or world.webhooks.log()[-1:]
    world.webhooks.redeliver(again.id)


def test_a_second_receiver_takes_the_place_of_the_first(world: World, ship: Ship) -> None:
    first = world.receive(organization=4)
    elsewhere = world.receive(organization=1)
    ship()
    world.advance("10s")
    heard = [first.wait().body["payload"]["shipment_id"] for _ in first.received]
    second = world.receive(organization=4)
    number = ship()
    world.advance("10s")
    assert second.wait().body["payload"]["shipment_id"] == number
    assert {each.body["payload"]["shipment_id"] for each in first.received} == {*heard}
    with pytest.raises(NothingCame) as told:
        first.wait(timeout=0.001)
    assert str(told.value) == (
        f"nothing arrived at {first.url} within 0.001 s; since a second receiver was asked for, "
        f"the webhooks of organization 4 go to that one: {second.url}"
    )
    with pytest.raises(NothingCame, match=r"when the world's clock moves, and webhooks\.log\(\)"):
        elsewhere.wait(timeout=0.001)


def test_what_happens_by_itself_is_waited_for(simulator: Simulator) -> None:
    with simulator.world() as world:
        world.run_clock("scaled", at=AT, speed=1000)
        url = f"{world.inpost.base_url}/v1/organizations/4/shipments"
        from tests.support.shipments import to_locker

        httpx2.post(url, headers=dict(world.inpost.headers), json=to_locker()).raise_for_status()
        event = world.wait_for("inpost.shipment_confirmed")
        assert event.id in [each.id for each in world.events("inpost.shipment_confirmed")]
        world.freeze()
        with pytest.raises(NothingCame, match=r"the clock stands.*advance\(until"):
            world.wait_for("inpost.shipment_confirmed", after=event.id, timeout=0.01)


def test_a_world_is_kept_copied_and_begun_again(world: World, ship: Ship) -> None:
    ship()
    kept = world.snapshot()
    with world.fork(f"{world.name}-copy") as copy:
        world.reset(seed=7, profile="documented")
        assert world.records("inpost", "shipments") == []
        assert len(copy.records("inpost", "shipments")) == 1
    world.restore(kept)
    assert len(world.records("inpost", "shipments")) == 1


def test_switches_are_set_and_read(world: World) -> None:
    assert world.quirks()["inpost.expired_offers"] == "refuse"
    assert (
        world.quirks(**{"inpost.expired_offers": "lenient"})["inpost.expired_offers"] == "lenient"
    )


def test_nobody_answers_or_somebody_else() -> None:
    with (
        pytest.raises(NoServer, match=r"no simulator answers at http://127\.0\.0\.1:9"),
        connect("http://127.0.0.1:9"),
    ):
        pass


class _Other:
    """Answers everything as a simulator of a far version would."""

    garbled = None

    async def __call__(self, scope: dict[str, str], receive: object, send: object) -> None:
        if scope["type"] != "http":
            return
        start = {"type": "http.response.start", "status": 200, "headers": []}
        await send(start)  # type: ignore[operator]
        body = b'{"name": "carrier-simulator", "version": "99.1.0"}'
        await send({"type": "http.response.body", "body": body})  # type: ignore[operator]


def test_another_version_says_what_to_install() -> None:
    with (
        serving(_Other()) as url,
        pytest.raises(WrongVersion, match=r"pip|install carrier-simulator==99\.1\.0"),
        connect(url),
    ):
        pass


def test_what_a_newer_server_adds_is_passed_over() -> None:
    import msgspec

    told = {"name": "x", "title": "X", "path": "/x", "openapi": "/x", "hosts": [], "new": 1}
    assert msgspec.convert({**told, "credentials": []}, Served).name == "x"


def test_code_that_polls_needs_no_other_time(world: World, ship: Ship) -> None:
    world.eager(AT)
    url = f"{world.inpost.base_url}/v1/shipments/{ship()}"
    asked = 0
    while httpx2.get(url, headers=dict(world.inpost.headers)).json()["status"] != "confirmed":
        asked += 1
        assert asked < 10


def test_copies_go_with_their_world(simulator: Simulator) -> None:
    with simulator.world() as world:
        copies = [world.fork(), world.fork()]
        assert len({world.name, *(each.name for each in copies)}) == 3
        assert [each.clock().mode for each in copies] == ["real", "real"]
    for copy in copies:
        with pytest.raises(Refused, match="refused with 404"):
            simulator.existing(copy.name).clock()
    world.delete()


def test_who_listens_hears_of_a_world_that_begins_otherwise(world: World) -> None:
    kept = world.snapshot()
    world.advance("3d")
    heard: list[datetime] = []
    world.on_time(heard.append)
    world.restore(kept)
    world.load("clock: {mode: frozen, at: '2027-05-01T00:00:00+00:00'}\nscenario: Later\n")
    world.reset()
    assert [each.year for each in heard[:2]] == [2026, 2027]
    assert heard[0].day == 2
    assert len(heard) == 3


def test_a_rule_holds_for_a_block(world: World) -> None:
    url, headers = f"{world.inpost.base_url}/v1/organizations", dict(world.inpost.headers)
    with world.fail("inpost.list_organizations", times=None):
        assert httpx2.get(url, headers=headers).status_code == 503
    assert httpx2.get(url, headers=headers).status_code == 200


def test_a_fault_says_more_or_is_refused(world: World) -> None:
    limit = {"requests": 1, "per": "1m"}
    world.fail("inpost.list_organizations", kind="rate_limit", fault=limit, times=None)
    url, headers = f"{world.inpost.base_url}/v1/organizations", dict(world.inpost.headers)
    assert [httpx2.get(url, headers=headers).status_code for _ in range(2)] == [200, 429]
    with pytest.raises(Refused, match="status"):
        world.fail("inpost.get_shipment", kind="connection_reset", status=500)


def test_what_is_no_time_and_no_name_says_so(simulator: Simulator, world: World) -> None:
    with pytest.raises(TypeError, match="2 is no span of time"):
        world.advance(2)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="12345 is no instant"):
        world.freeze(12345)  # type: ignore[arg-type]
    for wrong in (simulator.world, world.fork):
        with pytest.raises(ValueError, match=r"'a/b c' is no name of a world"):
            wrong("a/b c")


def test_a_token_that_is_wanted_is_asked_for() -> None:
    from simulator.settings import Settings
    from tests.support.server import running

    with (
        running(Settings(control_token="opensesame", carriers=("inpost",))) as url,
        pytest.raises(NoServer, match="wants its control token"),
        connect(url),
    ):
        pass
