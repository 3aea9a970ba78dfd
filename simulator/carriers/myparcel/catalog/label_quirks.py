"""The quirks of labels, customs, payments and return links."""

from __future__ import annotations

from simulator.carriers.quirk import NumberRange, QuirkSpec, agreed, disputed

LABEL_QUIRKS: tuple[QuirkSpec, ...] = (
    agreed(
        "myparcel.pay_on_get",
        default=False,
        summary="Whether opening a payment URL pays at once; otherwise its page has a Pay button.",
        source="Document: only the URL. For clients that can follow a link but press no button.",
        provenance="inferred",
    ),
    agreed(
        "myparcel.label_link_seconds",
        default=1,
        values=NumberRange(0, 3600, whole=True),
        summary="Seconds until the PDF behind a link of the later features can be fetched.",
        source="Later documents of the Dutch API: 404 until it is ready.",
        provenance="inferred",
    ),
    agreed(
        "myparcel.return_link",
        default="return_shipment_labels",
        values=("return_shipment_labels", "retour"),
        summary="The path of the page for returns by link (K18).",
        source="Document: the first in the operation's example, the second in the object's.",
        provenance="documented",
    ),
    disputed(
        "myparcel.payment_ids",
        observed="hash",
        documented="integer",
        values=("hash", "integer"),
        summary="The `id` of payment instructions: the same as their `hash`, or a number (K16).",
        source="Document: an integer by its type, a hash in its example.",
        provenance="documented",
    ),
    agreed(
        "myparcel.payment_required",
        default="payment_instructions",
        values=("payment_instructions", "invoice"),
        summary="What a 402 holds: payment instructions with their invoice, or the invoice (K27).",
        source="Document: an invoice by its list of status codes, instructions where labels are "
        "described. Client libraries read the instructions.",
        provenance="observed",
    ),
    agreed(
        "myparcel.customs_weight",
        default="sum",
        values=("sum", "any"),
        summary="Whether the weight of a customs declaration has to be that of all its items "
        "together, in the edition of 2017.",
        source="Document: the total weight for all items.",
        provenance="documented",
    ),
    disputed(
        "myparcel.physical_weight",
        observed="required",
        documented="optional",
        values=("required", "optional"),
        summary="Whether the physical properties of what leaves the European Union need a weight.",
        source="Document: the properties are required, none of their members is. Later documents: "
        "the weight is.",
        provenance="inferred",
    ),
    agreed(
        "myparcel.positions",
        default="all",
        values=("all", "last"),
        summary="Several positions on the first sheet: labels take them in order, or only the last "
        "of them counts (K15).",
        source="Document: its text says in order, its example calls 3;4 the bottom right.",
        provenance="documented",
    ),
    disputed(
        "myparcel.s10_barcodes",
        observed="outside_eu",
        documented="never",
        values=("outside_eu", "abroad", "never"),
        summary="Which shipments of a post (PostNL, also as the broker's choice, and bpost) have "
        "an S10 number for a barcode, such as `CD123456785NL`: those that leave the European Union "
        "or have a customs declaration, all that go abroad, or none.",
        source="PostNL: its type 3S is for the Union, and what goes further has an S10 number. "
        "MyParcel's document: only ever 3SMYPA.",
        provenance="documented",
    ),
)
