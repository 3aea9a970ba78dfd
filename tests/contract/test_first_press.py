"""Whoever opens an API page, pastes the printed key and presses Execute gets an answer.

A story is a row of operations in a fresh world, each as the page fills it in: `operation`, or
`operation/Example` where another than the first example of the body is chosen; a duration such as
`10s` lets time pass, and what follows an ``@`` is the media type that is chosen for the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from simulator.carriers import registry
from tests.support.descriptions import SERVED
from tests.support.pressing import Page, operations
from tests.support.server import Workspace

STORIES: dict[tuple[str, str], str] = {
    ("inpost", "on its way"): """
        list_organizations get_organization get_statistics list_users list_services list_statuses
        list_sending_methods list_points get_point list_dispatch_points get_dispatch_point
        calculate_prices create_shipment 10s list_shipments get_shipment
        get_organization_shipment get_label get_labels
        post_labels get_tracking get_service_history calculate_dispatch_order create_dispatch_order
        list_dispatch_orders get_dispatch_order get_printout get_printouts create_comment
        update_comment delete_comments delete_dispatch_order get_cod_report
        create_batch 10s get_batch
        create_address_book list_address_books get_address_book update_address_book
        delete_address_book create_mpk list_mpks get_mpk update_mpk""",
    ("inpost", "changed and given up before it is bought"): """
        create_shipment update_shipment patch_shipment cancel_shipment""",
    ("inpost", "offers, one by one"): "create_shipment/CreateOfferMode 10s select_offer buy_offer",
    (
        "inpost",
        "offers, at once",
    ): "create_shipment/CreateOfferMode 10s select_offers bulk_buy",
    ("inpost", "a courier's return label"): "create_shipment/CreateCourier 10s get_return_labels",
    ("myparcel", "on its way"): """
        get_status list_carriers list_drop_off_points list_pickup_locations
        get_delivery_options create_shipments update_shipments patch_shipments list_shipments
        get_shipments get_labels get_labels_v2 10s get_pdf get_tracktraces find_tracktraces
        create_return_link
        add_subscriptions list_subscriptions get_subscriptions delete_subscriptions
        get_carrier get_carrier_logo get_carrier_logo_svg list_accounts get_account list_shops
        get_shop whoami get_acl list_shop_carrier_options list_account_carrier_options
        list_carrier_configurations get_carrier_configuration list_locations
        list_printer_groups get_printer_group
        post_capabilities/Version2 post_capabilities/Version1
        post_rates/Version2 post_rates/Version1
        post_contract_definitions/One post_contract_definitions/All
        post_contract_definitions/Version1
        get_contract_definitions""",
    ("myparcel", "orders"): """
        create_orders list_orders get_orders update_orders add_order_notes list_order_notes
        change_order_notes delete_order_notes delete_orders""",
    ("myparcel", "deleted before it has a label"): "create_shipments delete_shipments",
    ("myparcel 2017", "on its way"): """
        get_status list_carriers list_carrier_services get_delivery_options create_shipments
        list_shipments get_shipments get_labels get_labels@application/json 10s get_pdf
        get_tracktraces create_return_link
        add_subscriptions list_subscriptions get_subscriptions delete_subscriptions""",
    ("myparcel 2017", "deleted before it has a label"): "create_shipments delete_shipments",
    ("postplus", "on its way"): """
        get_current_account query_hs_codes query_pickup_points get_pickup_point
        upsert_parcel create_parcels create_or_update_parcels get_many_parcels query_parcels
        get_parcel get_many_parcels_by_parcel_nrs get_parcel_by_parcel_nr
        get_many_parcels_by_sender_parcel_nrs get_parcel_by_sender_parcel_nr
        get_many_parcels_by_manifest_parcel_nrs get_many_parcels_by_carrier_parcel_nrs
        get_parcel_by_carrier_parcel_nr create_shipment query_shipments get_shipment
        get_shipment_by_shipment_nr update_references_many link_bags prepare_shipment
        submit_shipment get_parcel_print get_many_parcel_prints download_parcel_print
        generate_parcel_prints generate_bag_labels download_generated_document
        download_resulting_file
        fetch_tracking get_tracking_by_parcel_nrs get_tracking_by_sender_parcel_nrs""",
    ("postplus", "changed"): """
        upsert_parcel create_shipment update_shipment upload_shipment_document
        download_shipment_document download_all_documents cancel_parcels_with_errors""",
    ("postplus", "linked and submitted in one go"): """
        upsert_parcel create_shipment update_references_many link_prepare_submit""",
    ("postplus", "deleted one by one"): """
        upsert_parcel delete_parcel create_shipment delete_shipment""",
    ("postplus", "deleted at once"): "create_parcels delete_many_parcels",
    ("postplus", "bags without parcels"): "create_bag_level_shipment update_bag_level_shipment",
    ("postplus", "a manifest"): """
        upsert_parcel create_shipment upload_manifest_file 10s download_manifest_file
        download_processed_manifest_file get_parcel_by_manifest_parcel_nr delete_manifest_file""",
    ("control", "all of it"): """
        health health_live health_ready version get_metrics fidelity list_carriers list_quirks
        list_steps list_magic list_actions list_event_kinds list_fault_profiles list_journeys
        list_workspaces get_workspace
        put_clock get_clock advance do_action list_tables list_records get_quirks put_quirks
        add_rule list_rules get_rule delete_rule clear_rules put_scenario list_scenarios
        delete_scenarios verify list_journal list_webhooks get_inbox get_snapshot put_snapshot fork
        reset clear_journal delete_workspace""",
}

WITH_THE_INTEGRATORS_KEY = ["list_event_codes", "import_tracking", "import_tracking_generic"]
AFTER_A_CARRIER_WAS_ASKED = ["get_entry", "get_webhook", "redeliver", "trigger_webhook/Named"]
WITHOUT_AN_END = {"list_events"}
"""Nobody waits for all of a stream."""


def key_of(name: str) -> dict[str, str]:
    """The headers of the key that stands first among those that are printed."""
    if name == "control":
        return {}
    [carrier] = registry.load([SERVED[name].api])
    return carrier.present(carrier.credentials_help[0][0])


def press(page: Page, story: str, wait: Callable[[str], object]) -> list[str]:
    refused = []
    for word in story.split():
        if re.fullmatch(r"[0-9]+s", word):
            wait(word)
            continue
        chosen, _, accept = word.partition("@")
        operation, _, example = chosen.partition("/")
        response = page.execute(operation, example or None, accept or None)
        if response.status_code >= 400:
            refused.append(f"{word}: {response.status_code} {response.text[:300]}")
    return refused


@pytest.mark.parametrize(("name", "title"), STORIES, ids=["-".join(key) for key in STORIES])
def test_every_example_works_as_it_is_filled_in(
    workspace: Workspace, name: str, title: str
) -> None:
    page = Page(name, workspace, key_of(name))
    assert press(page, STORIES[name, title], workspace.advance) == []


@pytest.mark.parametrize("operation", WITH_THE_INTEGRATORS_KEY)
def test_an_integrators_operation_works_with_the_integrators_key(
    workspace: Workspace, operation: str
) -> None:
    shop = Page("postplus", workspace, key_of("postplus"))
    assert press(shop, "upsert_parcel", workspace.advance) == []
    page = Page("postplus", workspace, {"X-API-KEY": "integration-api-key-12345"})
    assert press(page, operation, workspace.advance) == []


def test_what_a_carrier_was_asked_for_and_told_can_be_looked_at(workspace: Workspace) -> None:
    carrier = Page("myparcel", workspace, key_of("myparcel"))
    asked = "add_subscriptions create_shipments get_labels 10s"
    assert press(carrier, asked, workspace.advance) == []
    page = Page("control", workspace, key_of("control"))
    assert press(page, " ".join(AFTER_A_CARRIER_WAS_ASKED), workspace.advance) == []


@pytest.mark.parametrize("name", SERVED)
def test_no_operation_is_left_out(name: str) -> None:
    words = " ".join(story for (spec, _), story in STORIES.items() if spec == name).split()
    pressed = {word.partition("@")[0].partition("/")[0] for word in words}
    pressed |= {*WITH_THE_INTEGRATORS_KEY} if name == "postplus" else set()
    if name == "control":
        pressed |= {word.partition("/")[0] for word in AFTER_A_CARRIER_WAS_ASKED} | WITHOUT_AN_END
    assert set(operations(name)) - pressed == set()


NEEDED = {
    *("cc", "postal_code", "number", "carrier", "barcode"),
    *("shipment_ids[]", "start_date", "end_date"),
    *("Ids", "ParcelNrs", "SenderParcelNrs", "ManifestParcelNrs", "CarrierParcelNrs", "ShipmentId"),
}
"""Optional parameters without which an operation answers nothing."""


@pytest.mark.parametrize("name", SERVED)
def test_filters_are_empty(name: str) -> None:
    """What narrows a list is told in words; only what is needed is filled in."""
    filled = [
        f"{operation}: {parameter['name']}"
        for operation, described in operations(name).items()
        for parameter in described.parameters
        if not parameter.get("required", False)
        if {"example", "examples"} & {*parameter, *parameter["schema"]}
        if parameter["name"] not in NEEDED
    ]
    assert filled == []
