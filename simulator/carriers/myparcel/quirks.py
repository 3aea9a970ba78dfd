"""The quirks of MyParcel: what can be switched, and why it is in doubt."""

from __future__ import annotations

from simulator.carriers.editions import editions
from simulator.carriers.magic.values import switch
from simulator.carriers.myparcel.catalog.delivery_quirks import DELIVERY_QUIRKS
from simulator.carriers.myparcel.catalog.label_quirks import LABEL_QUIRKS
from simulator.carriers.myparcel.catalog.tracking_quirks import TRACKING_QUIRKS
from simulator.carriers.myparcel.editions.carriers import CARRIERS
from simulator.carriers.myparcel.wire.edition import CHOICE
from simulator.carriers.quirk import QuirkSpec, agreed, disputed

GENERAL: tuple[QuirkSpec, ...] = (
    editions.switch(
        CHOICE,
        documented="2017",
        summary="Which edition of the API answers: the document of 2017, or what clients of "
        "api.myparcel.nl and api.sendmyparcel.be meet today; auto goes by what a request, or an "
        "earlier one of its key, shows.",
        source="Document of api.myparcel.com of 2017; later documents and public clients of "
        "api.myparcel.nl.",
    ),
    agreed(
        "myparcel.strict",
        default=False,
        summary="Every rule in its strict reading, whatever the switches of single rules say.",
        source="Clients and recordings go beyond the document, so lenient is the default.",
        provenance="inferred",
    ),
    disputed(
        "myparcel.charset",
        observed="optional",
        documented="required",
        values=("optional", "required"),
        summary="Whether the content type of a body has to say `charset=utf-8`.",
        source="Document: must be included, yet its section on creating names the types without "
        "it. Clients send it.",
        provenance="documented",
    ),
    agreed(
        "myparcel.no_authorization_code",
        default=3000,
        values=(3000, 3103),
        summary="The code of a 401 for a request without an Authorization header.",
        source="Clients and later documents of the Dutch API: 3000; these list 3103 as well.",
        provenance="observed",
    ),
    agreed(
        "myparcel.error_bodies",
        default="always",
        values=("always", "documented"),
        summary="Whether refused return links and failures of delivery options other than 503 have "
        "a body (K17).",
        source="Document: every 4xx has one, yet these two operations say that theirs has none.",
        provenance="documented",
    ),
    disputed(
        "myparcel.classification",
        observed="hs",
        documented="isic",
        values=("hs", "isic"),
        summary="Whether the classification of goods has up to 10 digits (hs) or up to 4 (isic).",
        source="Document of 2017: an ISIC code of 4 digits. The Dutch API takes HS codes of up to "
        "10 digits, and people send 6 to 10.",
        provenance="observed",
    ),
    agreed(
        "myparcel.customs_areas",
        default="country",
        values=("country", "postal_code"),
        summary="Whether the country of an address tells that a customs declaration is needed, or "
        "its postal code as well: the Canary Islands, Ceuta, Melilla, Livigno and others need one, "
        "Northern Ireland and Monaco none. The former tells of such an area as a note only.",
        source="The law of the Union. Public clients of MyParcel go by the country.",
        provenance="inferred",
    ),
    agreed(
        "myparcel.pdf_url",
        default="auto",
        values=("auto", "absolute", "relative"),
        summary="How a label link is written; auto: relative today, absolute in 2017.",
        source="Document: absolute. The clients of the Dutch twin put the base URL in front.",
        provenance="observed",
    ),
    agreed(
        "myparcel.rate_limits",
        default=False,
        summary="Whether a key may make only so many requests of a kind in five minutes: 30 of "
        "GET / or of a change of subscriptions (today 150), 300 to 1000 of others, today 60 of "
        "delivery options and of pickup points in a minute, then 429 with `Retry-After`. In 2017 "
        "only requests that succeed count, today refused ones as well.",
        source="Later documents of the Dutch API; that of 2017 has no limits.",
        provenance="inferred",
    ),
    agreed(
        "myparcel.failing_carrier",
        default="none",
        values=("none", "all", *(each.name for each in CARRIERS)),
        summary="A carrier that does not answer: its delivery options, creates and first labels "
        "are 500 with `PostNL API call failed`.",
        source="An issue thread of a Dutch plugin shows it of delivery options and pickup points; "
        "that creates and labels need the carrier is inferred.",
        provenance="observed",
    ),
    disputed(
        "myparcel.local_webhooks",
        observed=True,
        documented=False,
        summary="Whether a webhook may go to a plain http URL of the local machine or network; "
        "also where the strict reading is asked for.",
        source="Document: https only. Tests listen on plain local ports.",
        provenance="inferred",
    ),
)

READINGS: tuple[QuirkSpec, ...] = (
    disputed(
        "myparcel.create_content_type",
        observed="json",
        documented="shipment_ids",
        values=("json", "shipment_ids"),
        summary="The content type of a create answer (K1).",
        source="Document: vnd.shipment_ids+json in its table, application/json in its examples. "
        "Recordings: application/json.",
        provenance="observed",
    ),
    agreed(
        "myparcel.international_letters",
        default=True,
        summary="Whether letters may go abroad (K5); mailbox packages never may.",
        source="Document: its detailed section says yes, its reference says packages only.",
        provenance="documented",
    ),
    disputed(
        "myparcel.delivery_date",
        observed="timed",
        documented="always",
        values=("timed", "always"),
        summary="Whether a delivery type needs a date: morning and evening only, or all (K6).",
        source="Document: always, yet two of its examples have none. Clients send standard "
        "delivery without a date.",
        provenance="observed",
    ),
    agreed(
        "myparcel.evening_days",
        default="tuesday_thursday",
        values=("tuesday_thursday", "weekdays"),
        summary="The days with evening delivery by the document of 2017; today it is every day on "
        "which anything is brought.",
        source="Document: Tuesday and Thursday for the time being, more are expected.",
        provenance="documented",
    ),
    agreed(
        "myparcel.pickup_only_recipient",
        default=False,
        summary="Whether a pickup needs `only_recipient` beside `signature` (K7).",
        source="Document: a sentence says so, the option's own rule and two examples do not.",
        provenance="documented",
    ),
    disputed(
        "myparcel.insurance_amounts",
        observed="lenient",
        documented="documented",
        values=("lenient", "documented"),
        summary="The amounts of an insurance: those of the section on options, or (lenient) also "
        "those of the services table and whole multiples of 500 euros (K8). A return takes any "
        "unless the reading is strict, as two examples have it.",
        source="Document: section on options, services table and examples differ.",
        provenance="inferred",
    ),
    agreed(
        "myparcel.insurance_steps",
        default="steps",
        values=("steps", "range"),
        summary="The amounts of an insurance by the table of offers: the carrier's steps, or "
        "(range) whatever lies between the least and the most, as capabilities can be read.",
        source="Document of 2026: these amounts. Its capabilities tell a least and a most only.",
        provenance="observed",
    ),
    agreed(
        "myparcel.international_insurance",
        default="fill",
        values=("fill", "required"),
        summary="A package that goes abroad without an insurance: taken and charged, or refused; "
        "a wrong amount is always refused (K9).",
        source="Document: must be insured, yet its example to Japan is not, and is answered.",
        provenance="documented",
    ),
    disputed(
        "myparcel.currency",
        observed="lenient",
        documented="euro",
        values=("lenient", "euro"),
        summary="The currency of what a customs item is worth: any three letters, or EUR (K11).",
        source="Document: EUR only, yet an example says YEN and two carriers charge GBP.",
        provenance="documented",
    ),
    disputed(
        "myparcel.recipient_ids",
        observed=True,
        documented=False,
        summary="Whether `recipients` may hold ids of saved addresses beside addresses (K12).",
        source="Document: the text says ids, the table addresses.",
        provenance="inferred",
    ),
    agreed(
        "myparcel.dutch_postal_code",
        default="required",
        values=("required", "optional"),
        summary="Whether a Dutch address needs a postal code (K13).",
        source="Document: required, yet one example has none.",
        provenance="documented",
    ),
    disputed(
        "myparcel.notification_email",
        observed="both",
        documented="array",
        values=("both", "array", "string"),
        summary="What `delivery_notification_email` may be (K14).",
        source="Document: an array by its type, a string in its example.",
        provenance="documented",
    ),
    disputed(
        "myparcel.options_elsewhere",
        observed="accept",
        documented="mailbox",
        values=("accept", "mailbox", "refuse"),
        summary="Options on mailbox packages and letters: kept and charged, refused on letters "
        "(mailbox), or refused on both (K28).",
        source="Document: for packages only, yet a note on mailbox packages says that they merely "
        "cost more; a letter does not support any. A recording shows a letter with options.",
        provenance="observed",
    ),
)

LISTS: tuple[QuirkSpec, ...] = (
    disputed(
        "myparcel.search_results",
        observed=False,
        documented=True,
        summary="Whether a search shows its list a second time within `search_results` (K2).",
        source="Document: a search is nested so. Recordings and all clients: it is not.",
        provenance="observed",
    ),
    agreed(
        "myparcel.delete_status",
        default="auto",
        values=("auto", 201, 204),
        summary="The status of a successful deletion of shipments (K3); auto: 204 today, "
        "201 in 2017.",
        source="Document: 201 where deletion is described, 204 in general. Recording of the twin, "
        "and a client of that time: 201. The twin's documents changed to 204 in 2018, and later "
        "clients need it.",
        provenance="observed",
    ),
    agreed(
        "myparcel.csv_status",
        default=204,
        values=(204, 202),
        summary="The status of shipments that were taken from CSV (K4).",
        source="Document: 204 where CSV is described, 202 in its list of status codes.",
        provenance="documented",
    ),
    disputed(
        "myparcel.page_size",
        observed="clamp",
        documented="refuse",
        values=("clamp", "refuse"),
        summary="A page size outside 30 to 200: the nearest allowed one, or 422 (K10).",
        source="Document: 30 to 200. Clients ask for 300 and 800.",
        provenance="observed",
    ),
    agreed(
        "myparcel.statuses",
        default="listed",
        values=("listed", "pattern"),
        summary="The statuses that a list can be asked for: 1 to 101, or 1 to 99 (K23).",
        source="Document: its list goes to 101, the pattern beside it to 99.",
        provenance="documented",
    ),
    agreed(
        "myparcel.list_results",
        default="true",
        values=("true", "recorded"),
        summary="The `results` of a list: how many there are, or (recorded) 5000 unless searched.",
        source="Recording: 5000 for a shop that had fewer.",
        provenance="inferred",
    ),
)

QUIRKS: tuple[QuirkSpec, ...] = (
    *GENERAL,
    *READINGS,
    *LISTS,
    *TRACKING_QUIRKS,
    *LABEL_QUIRKS,
    *DELIVERY_QUIRKS,
    switch("myparcel"),
)
