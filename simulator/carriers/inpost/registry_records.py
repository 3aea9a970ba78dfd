"""Records of an organization's registry beyond users and cost centres."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from simulator.carriers.inpost.records import Address
from simulator.core.tables import TableSpec


class AddressBook(msgspec.Struct, frozen=True, gc=False):
    """A saved sender or receiver.

    `kind` says what the entry is for, in the caller's word; the `sender_*` flags make it the
    default sender of parcels of that sort.
    """

    id: int
    organization_id: int
    name: str
    first_name: str
    last_name: str
    phone: str
    email: str
    main_address: Address
    delivery_address: Address
    created_at: datetime
    updated_at: datetime
    sender_parcel: bool = False
    sender_courier: bool = False
    sender_letter: bool = False
    kind: str = "receiver"
    company_name: str | None = None
    preferred_dropoff_point: str | None = None


ADDRESS_BOOKS = TableSpec("inpost.address_books", AddressBook, indexes=("organization_id",))

TABLES: tuple[TableSpec[Any], ...] = (ADDRESS_BOOKS,)
