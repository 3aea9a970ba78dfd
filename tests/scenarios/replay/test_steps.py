"""What each kind of step does, and what is told when it does not come true."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from simulator.scenarios.replay.events import FileEnded, FileStarted, RunStarted, StepEnded
from simulator.scenarios.replay.run import Options
from tests.scenarios.replay.playing import (
    CREATE,
    PARCEL,
    READ,
    Playing,
    StandIn,
    asked,
    gaps,
    outcomes,
)

ORDERED: dict[str, Any] = {
    "request": {
        "carrier": "myparcel",
        "auth": "sim-myparcel-postpaid",
        "method": "POST",
        "path": "/shipments",
        "headers": {
            "Content-Type": "application/vnd.shipment+json;version=1.1;charset=utf-8",
            "Accept": "application/vnd.shipment_label+json;charset=utf-8",
        },
        "body": {
            "data": {
                "shipments": [
                    {
                        "carrier": 1,
                        "recipient": {
                            "cc": "NL",
                            "postal_code": "3584CS",
                            "city": "Utrecht",
                            "street": "Kruytgebouw",
                            "number": "8",
                            "person": "Noor Visser",
                        },
                        "options": {"package_type": 1},
                    }
                ]
            }
        },
    },
    "save": {"link": "/data/pdf/url"},
}
"""MyParcel's twin links to a label by a path alone."""

BY_LINK = {"carrier": "myparcel", "auth": "", "method": "GET", "path": "${link}"}


def test_a_saved_value_is_used_and_carrier_and_token_go_on(play: Playing) -> None:
    confirmed = {"expect": {"body": {"id": "${shipment}", "status": "confirmed"}}}
    result = play(CREATE, {"advance": "5s"}, {**READ, **confirmed})
    assert outcomes(result) == ["passed", "passed", "passed"]
    assert [step.name for step in result.steps] == ["create", "advance 5s", "read"]


def test_a_difference_names_place_wanted_and_found_and_why(play: Playing) -> None:
    wrong = {"expect": {"status": 200, "body": {"status": "delivered", "parcels": [{"id": "x"}]}}}
    result = play(CREATE, {**READ, **wrong}, READ)
    assert outcomes(result) == ["passed", "failed", "not run"]
    failed = result.steps[1]
    assert gaps(failed)[0] == ("/body/status", '"delivered"', '"created"')
    assert gaps(failed)[1][:2] == ("/body/parcels/0/id", '"x"')
    assert failed.sent is not None
    assert failed.sent.method == "GET"
    assert "/inpost/v1/shipments/" in failed.sent.url
    assert failed.sent.headers["authorization"] == "***"
    assert failed.got is not None
    assert failed.got.status == 200
    assert '"created"' in failed.got.body
    assert failed.why[0] == "inpost.get_shipment answered with 200."


def test_a_step_that_expects_nothing_fails_with_an_error_of_the_server(play: Playing) -> None:
    result = play({"request": asked("GET", "/v1/shipments/1")})
    below = "below 400, since the step expects no other"
    assert gaps(result.steps[0]) == [("/status", below, "404")]


@pytest.mark.parametrize("status", [404, {"$oneof": [404, 410]}, {"$gt": 399}])
def test_an_error_that_is_expected_passes(play: Playing, status: Any) -> None:
    result = play({"request": asked("GET", "/v1/shipments/1"), "expect": {"status": status}})
    assert result.outcome == "passed"


def test_headers_are_expected_in_any_letter_case(play: Playing) -> None:
    step = {"request": asked("GET", "/v1/organizations/1")}
    right = {"expect": {"headers": {"CONTENT-type": {"$regex": "^application/json"}}}}
    wrong = {"expect": {"headers": {"X-None": {"$any": True}}}}
    result = play({**step, **right}, {**step, **wrong})
    assert outcomes(result) == ["passed", "failed"]
    assert gaps(result.steps[1]) == [("/headers/x-none", "anything", "nothing")]


def test_a_poll_moves_the_clock_until_the_answer_is_as_expected(play: Playing) -> None:
    confirmed = {
        "expect": {"body": {"status": "confirmed"}},
        "poll": {"every": "1s", "within": "10s"},
    }
    assert play(CREATE, {**READ, **confirmed}).outcome == "passed"


def test_a_poll_in_vain_says_how_often_it_asked(play: Playing) -> None:
    never = {
        "expect": {"body": {"status": "delivered"}},
        "poll": {"every": "10s", "within": "30s"},
    }
    result = play(CREATE, {**READ, **never})
    assert result.steps[1].message == "the answer is not as expected after 4 tries"
    assert gaps(result.steps[1]) == [("/body/status", '"delivered"', '"confirmed"')]


def test_a_wait_moves_the_clock_of_a_simulator(play: Playing) -> None:
    confirmed = {"expect": {"body": {"status": "confirmed"}}}
    assert play(CREATE, {"wait": "30s"}, {**READ, **confirmed}).outcome == "passed"


def test_actions_are_done(play: Playing) -> None:
    topped = {"do": [{"inpost.set_balance": {"organization": 1, "amount": "7.00"}}]}
    read = {"request": asked("GET", "/v1/organizations/1"), "expect": {"status": 200}}
    broke = {"expect": {"body": {"transactions": [{"status": "failure"}]}}}
    result = play(topped, read, CREATE, {"advance": "5s"}, {**READ, **broke})
    assert result.outcome == "passed", result


def test_an_action_that_is_refused_fails_in_the_words_of_the_server(play: Playing) -> None:
    refused = {"do": {"inpost.set_balance": {"organization": 99, "amount": "1.00"}}}
    result = play(refused, {"advance": "1s"})
    assert outcomes(result) == ["failed", "not run"]
    assert "there is no organization 99" in result.steps[0].message


def test_a_notification_is_found_in_the_inbox(play: Playing) -> None:
    heard = {
        "webhook": {
            "event": "shipment_confirmed",
            "body": {"payload": {"shipment_id": "${shipment}"}},
            "count": 1,
        }
    }
    result = play(CREATE, {"advance": "5s"}, heard)
    assert outcomes(result) == ["passed", "passed", "passed"], result.steps[-1]


def test_a_notification_that_is_missing_says_what_is_there_instead(play: Playing) -> None:
    result = play(CREATE, {"advance": "5s"}, {"webhook": {"event": "label_printed"}})
    found = gaps(result.steps[2])
    assert found[0][:2] == ("/count", "at least one")
    assert "shipment_confirmed" in found[0][2]
    assert found[1][:2] == ("/event", '"label_printed"')


def test_a_connection_that_breaks_is_what_fails_expects(play: Playing) -> None:
    broken = {"when": {"operation": "inpost.get_organization"}, "fault": {"kind": "empty_response"}}
    step = {"request": asked("GET", "/v1/organizations/1")}
    assert play({**step, "expect": {"fails": True}}, rules=[broken]).outcome == "passed"
    assert "no whole answer came" in play(step, rules=[broken]).steps[0].message
    whole = play({**step, "expect": {"fails": True}})
    assert gaps(whole.steps[0]) == [
        ("/", "a connection that breaks", "an answer with 200"),
    ]


def test_a_variable_of_the_environment_must_be_set(
    play: Playing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WHO_AM_I", raising=False)
    step = {"request": asked("GET", "/v1/organizations/1", auth="${env.WHO_AM_I}")}
    assert play(step).steps[0].message == "the environment variable is not set: WHO_AM_I"
    monkeypatch.setenv("WHO_AM_I", "sim-inpost-prepaid")
    assert play(step).outcome == "passed"


def test_a_variable_stays_within_its_segment_of_the_path(play: Playing) -> None:
    step = {**CREATE, "save": {"link": "/href"}}
    result = play(step, {"request": asked("GET", "/v1/shipments/${link}")})
    sent = result.steps[1].sent
    assert sent is not None
    assert "/v1/shipments/http%3A%2F%2F127.0.0.1" in sent.url


def test_a_link_that_the_carrier_gave_is_followed_whether_whole_or_a_path(play: Playing) -> None:
    step = {**CREATE, "save": {"link": "/href"}}
    followed = {"request": asked("GET", "${link}"), "expect": {"body": {"reference": "A-1"}}}
    assert play(step, followed).outcome == "passed"
    assert play(ORDERED, {"request": BY_LINK, "expect": {"status": 404}}).outcome == "passed"
    ready = {"request": BY_LINK, "expect": {"headers": {"content-type": "application/pdf"}}}
    assert play(ORDERED, {"advance": "1s"}, ready).outcome == "passed"


def test_a_redirect_is_followed(play: Playing) -> None:
    made = {
        "request": {**ORDERED["request"], "path": "/return_shipments", "headers": {}, "body": {}},
        "save": {"link": "/data/download_url/link"},
    }
    form = {"name": "Bram Smit", "street": "Oudegracht", "number": "112"}
    form |= {"postal_code": "3511AB", "city": "Utrecht", "email": "bram@example.com"}
    filled_in = {
        "request": {**BY_LINK, "method": "POST", "form": form},
        "expect": {"status": 303},
        "save": {"link": "header:Location"},
    }
    done = {"request": BY_LINK, "expect": {"status": 200, "body": {"$contains": "Download"}}}
    assert outcomes(play(made, filled_in, done)) == ["passed"] * 3


def test_a_link_that_leads_elsewhere_is_not_followed(play: Playing, sandbox: StandIn) -> None:
    body = {**PARCEL, "reference": f"{sandbox.url}/inpost"}
    step = {**CREATE, "request": asked("POST", "/v1/organizations/1/shipments", body=body)}
    step |= {"expect": {"status": 201}, "save": {"link": "/reference", "number": "/id"}}
    result = play(step, {"request": asked("GET", "${link}")})
    assert result.steps[1].message.startswith(f"{sandbox.url}/inpost is no link below http")
    assert sandbox.heard == []
    result = play(step, {"request": asked("GET", "${number}")})
    assert "is no link below http" in result.steps[1].message


def test_what_is_to_be_saved_must_be_there(play: Playing) -> None:
    result = play({**CREATE, "save": {"shipment": "/di"}}, READ)
    assert outcomes(result) == ["failed", "not run"]
    assert gaps(result.steps[0]) == [("/di", "a value for ${shipment}", "nothing")]


def test_headers_are_saved_too(play: Playing) -> None:
    step = {**CREATE, "save": {"kind": "header:Content-Type"}}
    twice = {**CREATE, "expect": {"headers": {"content-type": "${kind}"}}, "save": {}}
    assert play(step, twice).outcome == "passed"


def test_a_form_and_a_text_are_sent_as_such(play: Playing) -> None:
    form = {
        "request": asked("POST", "/v1/organizations/1/shipments", form={"service": "none"}),
        "expect": {"status": {"$oneof": [400, 415, 422]}},
    }
    text = {
        "request": asked("POST", "/v1/organizations/1/shipments", body="{"),
        "expect": {"status": {"$oneof": [400, 415]}},
    }
    result = play(form, text)
    assert result.outcome == "passed", result


def test_no_token_is_sent_for_an_empty_one(play: Playing) -> None:
    step = {"request": asked("GET", "/v1/organizations/1", auth=""), "expect": {"status": 401}}
    assert play(step).outcome == "passed"


def test_each_carrier_is_asked_with_its_own_key(play: Playing) -> None:
    result = play(
        {"request": asked("GET", "/v1/organizations/1")},
        {
            "request": {
                "carrier": "myparcel",
                "auth": "sim-myparcel-postpaid",
                "method": "GET",
                "path": "/shipments",
            }
        },
        {
            "request": {
                "carrier": "postplus",
                "auth": "apitest1234567890",
                "method": "GET",
                "path": "/api/v1/tracking",
                "query": {"startDate": "2020-01-01", "fetchId": ""},
            }
        },
        {"request": {"carrier": "inpost", "method": "GET", "path": "/v1/organizations/1"}},
    )
    assert outcomes(result) == ["passed"] * 4, result


def test_a_world_that_cannot_be_made_fails_before_the_first_step(play: Playing) -> None:
    result = play(CREATE, given=[{"inpost.top_up": {"organization": 99, "amount": "1.00"}}])
    assert outcomes(result)[0] == "failed"
    assert result.steps[0].name == "begin"
    assert "not run" in outcomes(result)


def test_what_is_given_and_impossible_is_told_at_its_own_line(play: Playing) -> None:
    wrong = {"inpost.top_up": {"organization": 99, "amount": "1.00"}}
    right = {"inpost.top_up": {"organization": 1, "amount": "1.00"}}
    path = play.write(CREATE, given=[right, wrong])
    step = play.run(path).results[0].steps[0]
    line = int(step.place.removeprefix(f"{path}:").partition(":")[0])
    text = path.read_text().splitlines()
    assert text[line - 1].startswith("- inpost.top_up")
    assert "99" in text[line]


def test_each_file_has_a_workspace_that_is_gone_afterwards(play: Playing) -> None:
    path = play.write(CREATE, name="who was here")
    kept = play.run(path, options=Options(keep=True)).results[0].workspace
    assert kept is not None
    assert kept.startswith("replay-who-was-here-")
    control = f"{play.server}/_sim/workspaces"
    assert (
        httpx2.get(f"{control}/{kept}/journal", trust_env=False, verify=False).json()["recorded"]
        == 1
    )
    assert httpx2.delete(f"{control}/{kept}", trust_env=False, verify=False).status_code == 204
    assert play.run(path).results[0].workspace is None
    names = [
        each["name"] for each in httpx2.get(control, trust_env=False, verify=False).json()["items"]
    ]
    assert [name for name in names if name.startswith("replay-who-was-here")] == []


def test_many_files_are_played_and_told_in_their_order(play: Playing) -> None:
    paths = [play.write(CREATE, name=f"story-{number}") for number in range(6)]
    ended = play.run(*paths, options=Options(jobs=3))
    assert [result.path for result in ended.results] == [str(path) for path in paths]
    assert {result.outcome for result in ended.results} == {"passed"}
    kinds = [type(event) for event in play.events]
    assert kinds[0] is RunStarted
    assert [kinds.count(kind) for kind in (FileStarted, StepEnded, FileEnded)] == [6, 6, 6]


def test_checks_are_judged_at_the_end(play: Playing) -> None:
    checks = [
        {"operation": "inpost.create_shipment", "count": 1, "name": "bought once"},
        {"operation": "inpost.get_shipment", "path": {"shipment_id": "2"}, "at_least": 1},
    ]
    result = play(CREATE, READ, verify=checks)
    assert outcomes(result) == ["passed", "passed", "passed", "failed"]
    assert result.steps[2].name == "verify bought once"
    failed = result.steps[3]
    assert "inpost.get_shipment with this path was asked for 0 times" in failed.message
    assert failed.why[0].startswith("near: GET /v1/shipments/")
    assert "/path/shipment_id is" in failed.why[0]


def test_nothing_is_judged_where_the_story_ended_early(play: Playing) -> None:
    wrong = {**CREATE, "expect": {"status": 500}}
    result = play(wrong, verify=[{"operation": "inpost.create_shipment", "count": 1}])
    assert outcomes(result) == ["failed", "not run"]


def test_what_the_timeline_could_not_do_is_told_with_its_place(play: Playing) -> None:
    too_soon = {"inpost.move": {"shipment": "${event.shipment_id}", "to": "created"}}
    entry = {"name": "the scan", "after": {"event": "inpost.shipment_confirmed"}, "do": too_soon}
    result = play(CREATE, {"advance": "5s"}, timeline=[entry])
    [note] = result.notes
    assert note.startswith("the timeline could not do the scan (")
    assert "story.yaml:" in note
    assert "inpost.move" in note
    assert "created" in note


def test_of_a_timeline_that_did_what_it_says_nothing_is_told(play: Playing) -> None:
    do = {"inpost.top_up": {"organization": 1, "amount": "1.00"}}
    result = play(CREATE, {"advance": "5s"}, timeline=[{"at": "+1s", "do": do}])
    assert result.notes == ()


def test_a_member_that_is_expected_may_be_named_by_a_variable(play: Playing) -> None:
    door = {"street": "Prosta", "building_number": "5", "city": "Warszawa", "post_code": "00-838"}
    wish = {"shipments": ["${shipment}"], "address": door}
    order = asked("POST", "/v1/organizations/1/dispatch_orders", body=wish)
    unpaid = {"shipments": [{"${shipment}": ["shipment_status_incorrect"]}]}
    step = {"request": order, "expect": {"status": 400, "body": {"details": unpaid}}}
    assert gaps(play(CREATE, step).steps[1]) == []
