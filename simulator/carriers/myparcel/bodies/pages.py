"""Where a receiver follows a parcel: the broker's page, and that of the carrier.

Observed: the broker's own page and PostNL's, which both take the barcode with the postal code and
the country. The other carriers' are their public pages of today.
"""

from __future__ import annotations

from simulator.carriers.myparcel.offers import names
from simulator.carriers.myparcel.records import Shipment

_PORTAL = "https://myparcel.me/track-trace/{barcode}/{postal_code}/{cc}"

_OF_CARRIERS = {
    "postnl": "https://postnl.nl/tracktrace/?B={barcode}&P={postal_code}&D={cc}&T=C&L=NL",
    "bpost": "https://track.bpost.cloud/btr/web/#/search?itemCode={barcode}"
    "&postalCode={postal_code}",
    "dpd": "https://www.dpdgroup.com/nl/mydpd/my-parcels/track?parcelNumber={barcode}",
    "dhl": "https://my.dhlecommerce.nl/home/tracktrace/{barcode}/{postal_code}",
    "ups": "https://www.ups.com/track?tracknum={barcode}",
    "gls": "https://gls-group.com/track/{barcode}",
}
"""By how the name of a carrier begins."""


def portal(shipment: Shipment) -> str:
    """The broker's page for the receiver."""
    return _filled(_PORTAL, shipment)


def of_carrier(shipment: Shipment, carrier: int) -> str:
    """The page of the carrier with this number today; the broker's where it has none of its own."""
    named = names.CARRIERS.get(carrier)
    name = "" if named is None else named.old
    page = next((url for start, url in _OF_CARRIERS.items() if name.startswith(start)), _PORTAL)
    return _filled(page, shipment)


def _filled(page: str, shipment: Shipment) -> str:
    recipient = shipment.recipient
    postal_code = str(recipient.get("postal_code") or "").replace(" ", "")
    return page.format(
        barcode=shipment.barcode or shipment.id,
        postal_code=postal_code,
        cc=recipient.get("cc") or "NL",
    )
