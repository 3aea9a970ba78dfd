"""Directives in texts of orders: what they are about, how they count, those that mean nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from tests.inpost.shipx import ADDRESS, RECEIVER, c2c, create, get, locker, post
from tests.inpost.test_batches import batch_of
from tests.magic.inpost_proofs import confirmed, label
from tests.magic.myparcel_proofs import label as myparcel_label
from tests.magic.myparcel_proofs import shopping
from tests.magic.postplus_proofs import label as postplus_label
from tests.magic.postplus_proofs import sending
from tests.magic.proofs import rules, why
from tests.myparcel import csv_posts
from tests.myparcel.bodies import DUTCH, shipment
from tests.postplus import manifests, shipping
from tests.postplus.client import parcel
from tests.support.server import Workspace


def entries(workspace: Workspace) -> list[tuple[Any, Any, int]]:
    return [
        (rule["rule"]["name"], rule["rule"].get("times"), rule["used"]) for rule in rules(workspace)
    ]


# Which order it is


def test_another_order_is_left_alone(workspace: Workspace) -> None:
    magic = confirmed(workspace, locker(reference="A-1 [[label: 404]]"))
    plain = confirmed(workspace, locker(reference="A-2"))
    assert (label(workspace, magic), label(workspace, plain)) == (404, 200)


def test_orders_with_the_same_text_count_for_themselves(workspace: Workspace) -> None:
    first = confirmed(workspace, locker(reference="[[label: 404 x1]]"))
    second = confirmed(workspace, locker(reference="[[label: 404 x1]]"))
    assert [label(workspace, first), label(workspace, second)] == [404, 404]
    assert [label(workspace, first), label(workspace, second)] == [200, 200]


def test_a_directive_works_where_ids_are_texts(workspace: Workspace) -> None:
    workspace.quirk("inpost.id_type", "string")
    number = confirmed(workspace, locker(reference="A-1 [[label: 404 x1]]"))
    assert [label(workspace, number), label(workspace, number)] == [404, 200]


def test_creates_are_counted_by_their_text(workspace: Workspace) -> None:
    texts = ["A-1 [[create: 503 x1]]", "A-2 [[create: 503 x1]]"] * 2
    answers = [post(workspace, locker(reference=text)).status_code for text in texts]
    assert answers == [503, 503, 201, 201]


def test_creates_by_address_are_counted_for_each_reference(workspace: Workspace) -> None:
    to = {**RECEIVER, "email": "busy@sim.test"}
    references = ["A-1", "A-2", "A-1", "A-2", "A-1", "A-2"]
    answers = [
        post(workspace, locker(reference=each, receiver=to)).status_code for each in references
    ]
    assert answers == [503] * 4 + [201, 201]


def test_a_refused_create_that_has_a_turn_uses_it_up(workspace: Workspace) -> None:
    body = locker(reference="A-1 [[create: 503 x1]]", parcels={"template": "none"})
    assert [post(workspace, body).status_code for _ in range(2)] == [503, 400]


@pytest.mark.parametrize("place", ["reference", "comments", "external_customer_id"])
def test_a_directive_stands_in_any_free_text(workspace: Workspace, place: str) -> None:
    number = confirmed(workspace, locker(**{place: "be careful [[label: 404 x1]] please"}))
    assert [label(workspace, number), label(workspace, number)] == [404, 200]


def test_a_name_is_no_free_text(workspace: Workspace) -> None:
    receiver = {**RECEIVER, "last_name": "[[label: 404]]"}
    number = confirmed(workspace, locker(receiver=receiver))
    assert label(workspace, number) == 200


def test_several_directives_of_one_order(workspace: Workspace) -> None:
    text = "A-1 [[create: 502 x1]] [[label: 404 x1]] [[locker_lost]]"
    body = locker(reference=text, comments="[[offers: late 1h]]")
    assert post(workspace, body).status_code == 502
    number = create(workspace, body)["id"]
    workspace.advance("59m")
    assert get(workspace, number)["status"] == "created"
    workspace.advance("2m")
    assert [label(workspace, number), label(workspace, number)] == [404, 200]
    workspace.advance("40d")
    assert get(workspace, number)["status"] == "missing"


def test_the_first_journey_that_suits_counts(workspace: Workspace) -> None:
    number = confirmed(workspace, locker(comments="[[locker_delivered]] [[locker_lost]]"))
    workspace.advance("40d")
    assert get(workspace, number)["status"] == "delivered"


def test_what_somebody_does_by_hand_goes_before_a_journey(workspace: Workspace) -> None:
    number = create(workspace, locker(comments="[[locker_lost]]"))["id"]
    workspace.do(
        "inpost.play", shipment=number, history=[{"at": "+5d", "status": "dispatched_by_sender"}]
    )
    workspace.advance("40d")
    assert get(workspace, number)["status"] == "dispatched_by_sender"


@pytest.mark.parametrize(
    ("word", "ask"),
    [
        ("read", lambda w, n: w.client.get(f"/v1/shipments/{n}")),
        ("cancel", lambda w, n: w.client.delete(f"/v1/shipments/{n}")),
        ("change", lambda w, n: w.client.put(f"/v1/shipments/{n}", json={"comments": "x"})),
        ("buy", lambda w, n: w.client.post(f"/v1/shipments/{n}/buy", json={"offer_id": 1})),
        ("label", lambda w, n: w.client.get(f"/v1/shipments/{n}/label")),
        ("all", lambda w, n: w.client.get(f"/v1/shipments/{n}/label")),
    ],
)
def test_every_word_for_requests_is_about_its_own(
    workspace: Workspace, word: str, ask: Callable[[Workspace, int], httpx2.Response]
) -> None:
    number = create(workspace, locker(reference=f"A-1 [[{word}: 418]]"))["id"]
    assert ask(workspace, number).status_code == 418
    tracked = workspace.client.get(f"/v1/shipments/{number}").status_code
    assert tracked == (418 if word in ("read", "all") else 200)


def test_tracking_can_fail(workspace: Workspace) -> None:
    number = confirmed(workspace, locker(reference="A-1 [[track: 500 x1]]"))
    path = f"/v1/tracking/{get(workspace, number)['tracking_number']}"
    assert [workspace.client.get(path).status_code for _ in range(2)] == [500, 200]


# By all ways in


def test_each_shipment_of_a_batch_follows_its_own(workspace: Workspace) -> None:
    batch_of(
        workspace,
        {"id": "1", **locker(reference="A-1 [[label: 404 x1]]")},
        {"id": "2", **locker(receiver={**RECEIVER, "email": "no-money@sim.test"})},
        {"id": "3", **locker(reference="A-3 [[locker_lost]]")},
    )
    workspace.advance("10s")
    first, second, third = (each["id"] for each in workspace.records("inpost", "shipments"))
    assert [label(workspace, first), label(workspace, first)] == [404, 200]
    assert get(workspace, second)["status"] == "offer_selected"
    workspace.advance("30d")
    assert get(workspace, third)["status"] == "missing"


def test_a_batch_fails_as_one_of_its_shipments_asks(workspace: Workspace) -> None:
    items = [
        {"id": "1", **locker(reference="A-1 [[create: 503 x1]]")},
        {"id": "2", **locker(reference="A-2")},
    ]
    path = "/v1/organizations/1/batches"
    answers = [workspace.client.post(path, json={"shipments": items}) for _ in range(2)]
    assert [each.status_code for each in answers] == [503, 201]


def test_a_batch_tells_what_it_does_not_understand(workspace: Workspace) -> None:
    batch_of(workspace, {"id": "1", **locker(reference="A-1 [[labl: 404]]")})
    assert "[[labl: 404]] in reference is not understood" in why(workspace)
    workspace.advance("10s")
    assert rules(workspace) == []


def test_each_shipment_of_a_post_follows_its_own(workspace: Workspace) -> None:
    with shopping(workspace) as shop:
        options = {"package_type": 1, "label_description": "[[label: 404 x1]]"}
        magic, plain = shop.create(shipment(options=options), shipment())
        assert [myparcel_label(shop, each).status_code for each in (plain, magic)] == [200, 404]
        assert myparcel_label(shop, magic).status_code == 200


def test_rows_of_a_csv_file_follow_their_own(workspace: Workspace) -> None:
    with shopping(workspace) as shop:
        noor = csv_posts.NOOR.replace("noor@example.test", "label-fails@sim.test")
        content = f"{csv_posts.HEADER}\n{noor}\n{csv_posts.PARIS}\n"
        kept = csv_posts.taken(shop, csv_posts.post(shop, content))
        magic, plain = sorted(kept, key=lambda each: str(each["recipient"]["cc"]), reverse=True)
        assert myparcel_label(shop, magic["id"]).status_code == 503
        assert myparcel_label(shop, plain["id"]).status_code == 200


def test_parcels_of_one_request_follow_their_own(workspace: Workspace) -> None:
    with sending(workspace) as client:
        bodies = [parcel("A-1 [[label: 404 x1]]"), parcel("A-2")]
        made = client.ok("POST", "/parcels/create-or-update-many", json={"parcels": bodies})
        magic, plain = made["parcels"]
        assert [postplus_label(client, each) for each in (plain, magic, magic)] == [200, 404, 200]


def test_parcels_of_a_manifest_file_follow_their_own(workspace: Workspace) -> None:
    with sending(workspace) as client:
        number = shipping.shipment(client)["id"]
        text = "A-1 [[label: 404 x1]]"
        rows = [manifests.row(text), manifests.row("A-2")]
        shipping.upload(client, number, manifests.csv(rows))
        found = client.get("/parcels/sender-parcel-nrs/get-many", SenderParcelNrs=text)
        [answer] = found["parcels"]
        assert [postplus_label(client, answer) for _ in range(2)] == [404, 200]


# Its state


def test_what_is_used_up_and_to_come_goes_along_with_snapshots(workspace: Workspace) -> None:
    body = locker(reference="A-1 [[label: 404 x2]] [[create: 503 x2]] [[locker_lost]]")
    assert post(workspace, body).status_code == 503
    snapshot = workspace.control.get("/snapshot").json()
    for _ in range(2):
        assert workspace.control.put("/snapshot", json=snapshot).status_code == 200
        assert [post(workspace, body).status_code for _ in range(2)] == [503, 201]
        [made] = workspace.records("inpost", "shipments")
        inside = workspace.control.get("/snapshot").json()
        for _ in range(2):
            assert workspace.control.put("/snapshot", json=inside).status_code == 200
            workspace.advance("3s")
            assert [label(workspace, made["id"]) for _ in range(3)] == [404, 404, 200]
            workspace.advance("40d")
            assert get(workspace, made["id"])["status"] == "missing"


def test_a_rule_that_was_deleted_lets_the_order_go(workspace: Workspace) -> None:
    number = create(workspace, locker(reference="A-1 [[offers: stuck]]"))["id"]
    workspace.advance("1d")
    [rule] = rules(workspace)
    assert (rule["rule"]["name"], rule["held"]["count"]) == ("magic: [[offers: stuck]]", 1)
    assert workspace.control.delete(f"/rules/{rule['id']}").status_code == 204
    workspace.advance("3s")
    assert get(workspace, number)["status"] == "confirmed"


def test_beyond_a_thousand_rules_no_more_is_made(workspace: Workspace) -> None:
    plain = {"when": {"operation": "inpost.get_mpk"}, "delay": {"by": "1ms"}}
    assert workspace.control.post("/rules", json=plain).status_code == 201
    kept = workspace.control.get("/snapshot").json()
    [one] = kept["tables"]["engine.rules"]
    kept["tables"]["engine.rules"] = [{**one, "id": number} for number in range(1, 1001)]
    kept["tables"]["engine.numbers"][0]["last"]["engine.rules"] = 1000
    assert workspace.control.put("/snapshot", json=kept).status_code == 200
    assert create(workspace, locker(reference="A-1 [[label: 404]] [[create: 503]]"))
    assert "is not understood: the workspace has 1000 rules already" in why(workspace)
    assert len(rules(workspace)) == 1000


# What the journal says


def test_the_journal_names_the_directive_that_acted(workspace: Workspace) -> None:
    number = confirmed(workspace, locker(reference="A-1 [[label: 404 x2]]"))
    label(workspace, number)
    assert "Rule 1 (magic: [[label: 404 x2]]) acted, for the 1st time: fault status." in why(
        workspace
    )


def test_the_journal_tells_what_comes_of_an_order(workspace: Workspace) -> None:
    create(workspace, locker(reference="A-1 [[label: 404 x2]]", comments="[[locker_lost]]"))
    told = why(workspace)
    assert "The directive [[label: 404 x2]] in reference made rule 1." in told
    assert (
        "The directive [[locker_lost]] in comments: its journey locker_lost begins once it is on "
        "its way." in told
    )


def test_the_journal_names_the_postcode_that_answered(workspace: Workspace) -> None:
    with shopping(workspace) as shop:
        shop.post_shipments([shipment({**DUTCH, "postal_code": "4422 AA"})])
    told = why(workspace)
    assert "The magic value recipient.postal_code 4422 AA acted: an answer of its own." in told


def test_a_rule_of_the_workspace_goes_before_a_postcode(workspace: Workspace) -> None:
    rule = {
        "when": {"operation": "myparcel.create_shipments"},
        "fault": {"kind": "status", "status": 502},
        "times": 1,
    }
    assert workspace.control.post("/rules", json=rule).status_code == 201
    with shopping(workspace) as shop:
        body = [shipment({**DUTCH, "postal_code": "5500AA"})]
        assert [shop.post_shipments(body).status_code for _ in range(2)] == [502, 500]


@pytest.mark.parametrize("code", ["4401AB", "4402AA", "2201AA", "5501AA", "5400AA", "4500AA"])
def test_other_postcodes_are_postcodes(workspace: Workspace, code: str) -> None:
    with shopping(workspace) as shop:
        shop.create(shipment({**DUTCH, "postal_code": code}))


NOT_UNDERSTOOD = {
    "lable: 404": "'lable' is nothing that a shipment has. Did you mean \"label\"?",
    "locker_lots": "there is no journey 'locker_lots'. Did you mean \"locker_lost\"?",
    "door_delivered": "door_delivered is no journey for inpost_locker_standard",
    "label: 4o4": "'4o4' is no status, fault or time",
    "label: 200": "fault.status is from 400 to 599",
    "label: 999": "fault.status is from 400 to 599",
    "label: fail": "inpost.label cannot fail",
    "label: delay 1h": "delay.by is at most 120s",
    "label: delay 5q": "delay.by",
    "label: 404 x0": "x0 is never",
    "label:": "say what happens",
    "label": "say what becomes of label, such as [[label: 503]]",
    "offers: late": "'late' is none of stuck, late 10m",
    "offers: late soon": "hold.for",
    "offers: 503": "offers is a step, which takes stuck, late 10m",
    "offers: first 2": "hold.first counts requests",
    "label: first 0": "hold.first is at least 1",
    "create: 50x": "'50x' is no status, fault or time",
    "create: stuck": "'stuck' is no status, fault or time",
    "": "it is empty",
    "label: " + "404 " * 60: "it is longer than 200 characters",
}


@pytest.mark.parametrize(("directive", "reason"), NOT_UNDERSTOOD.items(), ids=range(21))
def test_what_is_not_understood_is_told_and_changes_nothing(
    workspace: Workspace, directive: str, reason: str
) -> None:
    number = create(workspace, locker(comments=f"[[{directive}]]"))["id"]
    told = why(workspace)
    assert "in comments is not understood: " in told
    assert reason in told
    assert rules(workspace) == []
    workspace.advance("3s")
    assert get(workspace, number)["status"] == "confirmed"
    assert label(workspace, number) == 200
    workspace.advance("20d")
    assert get(workspace, number)["status"] == "confirmed"


def test_one_that_is_wrong_does_not_hinder_the_others(workspace: Workspace) -> None:
    number = confirmed(workspace, locker(reference="A [[x]] [[label: 404 x1]] [[y: z]]"))
    assert [label(workspace, number) for _ in range(2)] == [404, 200]


def test_brackets_that_are_not_closed_are_told(workspace: Workspace) -> None:
    create(workspace, locker(comments="[[label: 404"))
    assert "comments has [[ without ]] behind it: no directive was read in it." in why(workspace)


def test_a_journey_that_does_not_suit_a_door_is_told(workspace: Workspace) -> None:
    body = c2c(receiver={**RECEIVER, "address": ADDRESS}, comments="[[locker_lost]]")
    create(workspace, body)
    assert "locker_lost is no journey for inpost_courier_c2c" in why(workspace)


def test_words_may_be_written_in_any_case_and_with_spaces(workspace: Workspace) -> None:
    number = confirmed(workspace, locker(reference="A-1 [[ Label :  404  X1 ]]"))
    assert [label(workspace, number) for _ in range(2)] == [404, 200]
    assert entries(workspace) == [("magic: [[Label :  404  X1]]", 1, 1)]
