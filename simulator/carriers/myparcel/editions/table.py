"""The editions, beside each other.

``2017`` is the document of api.myparcel.com. ``today`` is what the clients of api.myparcel.nl and
api.sendmyparcel.be meet: its later documents, what its public clients send and read, and recordings
in their tests.
"""

from __future__ import annotations

from simulator.carriers.myparcel.catalog import countries
from simulator.carriers.myparcel.catalog.hooks import LATER_HOOKS, STATUS_CHANGE
from simulator.carriers.myparcel.catalog.lifecycle import LATER, STATUSES
from simulator.carriers.myparcel.editions import carriers, label_media, lengths, limits, sources
from simulator.carriers.myparcel.editions.edition import Edition
from simulator.carriers.myparcel.editions.questions import QUESTIONS_2017, QUESTIONS_TODAY
from simulator.carriers.myparcel.offers import postal_codes, zones

LATER_FILTERS = (
    *("barcode", "carrier_id", "created", "delayed", "delivered", "hidden", "package_type"),
    *("reference_identifier", "region", "shipment_type", "shop_id", "transaction_status"),
)
LATER_SORTS = (
    *("amount", "created_by", "currency", "drop_off_point", "hidden", "mark_delivered"),
    *("modified_by", "transaction_status"),
)

_OF_SHIPMENTS = ("1", "1.0", "1.1", "1.2")
VERSIONS_TODAY = {"shipments": _OF_SHIPMENTS, "": (*_OF_SHIPMENTS, "2", "2.0")}
"""Those that MyParcel's description of 2026 and its client libraries name; `shipments` is what
making and changing them answers."""

EDITION_2017 = Edition(
    name="2017",
    carriers=carriers.known("2017"),
    findings="flat",
    questions=QUESTIONS_2017,
    schema_first=False,
    problems=False,
    sources=sources.SOURCES_2017,
    status_codes=False,
    request_ids="digest",
    request_id_header=None,
    lengths=lengths.LENGTHS_2017,
    counts=lengths.COUNTS_2017,
    numbered_streets=True,
    rate_limits=limits.LIMITS_2017,
    counts_refused=False,
    statuses=frozenset(STATUSES.keys() - LATER),
    delivery_errors="own",
    carrier_failures={"/delivery_options": "own"},
    delivery_versions=False,
    coordinate_texts=False,
    evening=None,
    evenings=None,
    shipment="plain",
    filters=(),
    sorts=(),
    links=(),
    senders=False,
    references=False,
    columns=(),
    colli=False,
    drop_off_point=None,
    tracktrace="plain",
    event_directions=False,
    label_media=label_media.OF_2017,
    label_paper="A6",
    create_media={},
    whole_shipments=None,
    versions={},
    hooks=(STATUS_CHANGE,),
    hook_members=(),
    customs_sums=True,
    offers_bind=True,
    types_of_2017=True,
    large_format_in_europe=True,
    delete_status=201,
    pdf_url="absolute",
    largest_page=200,
    judged_by="document",
    union=countries.EU | {"NL"},
    classifications="isic",
    postal_code_fits=postal_codes.fits_any,
)

TODAY = Edition(
    name="today",
    carriers=carriers.known("today"),
    findings="by_code",
    questions=QUESTIONS_TODAY,
    schema_first=True,
    problems=True,
    sources=sources.SOURCES_TODAY,
    status_codes=True,
    request_ids="moment",
    request_id_header="X-Request-Id",
    lengths=lengths.LENGTHS_TODAY,
    counts=lengths.COUNTS_TODAY,
    # Its description asks for a character that is no digit.
    numbered_streets=False,
    rate_limits=limits.LIMITS_TODAY,
    counts_refused=True,
    statuses=frozenset(STATUSES),
    delivery_errors="usual",
    carrier_failures={"/delivery_options": "nothing", "/pickup_locations": "bare"},
    delivery_versions=True,
    coordinate_texts=True,
    evening="avond",
    # Its later documents name no weekdays any more: every day on which anything is brought.
    evenings=frozenset(range(6)),
    shipment="whole",
    filters=LATER_FILTERS,
    sorts=LATER_SORTS,
    links=("link_consumer_portal", "link_tracktrace"),
    senders=True,
    references=True,
    columns=("reference_identifier",),
    colli=True,
    drop_off_point=("location_code", "location_name", "postal_code", "street", "number", "city"),
    tracktrace="staged",
    event_directions=True,
    label_media=label_media.OF_LABELS,
    label_paper="A4",
    create_media=label_media.OF_SHIPMENTS,
    whole_shipments=(1, 2),
    versions=VERSIONS_TODAY,
    hooks=(STATUS_CHANGE, *LATER_HOOKS),
    hook_members=("event", "shipment_reference_identifier", "order_id"),
    customs_sums=False,
    offers_bind=False,
    types_of_2017=False,
    large_format_in_europe=False,
    delete_status=204,
    pdf_url="relative",
    largest_page=800,
    judged_by="offers",
    union=zones.EU,
    classifications="hs",
    postal_code_fits=postal_codes.fits,
)

EDITIONS = {edition.name: edition for edition in (EDITION_2017, TODAY)}
"""Oldest first."""
