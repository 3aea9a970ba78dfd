"""What an edition of the API is like: one field for each thing in which editions differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from simulator.carriers.myparcel.editions.label_media import LabelType
from simulator.carriers.myparcel.editions.lengths import Between
from simulator.carriers.myparcel.editions.limits import RateLimit
from simulator.carriers.myparcel.editions.questions import Questions


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """A column of the table of editions.

    * `carriers`: the names of its carriers by their numbers.
    * `findings`: those of a body are listed flat with their ``code``, or have it as key.
    * `questions`: how questions for delivery options are read.
    * `schema_first`: what the schema of the description refuses is told alone and in a body of its
      own, before any rule is asked.
    * `problems`: whether who accepts Problem Details gets errors as such.
    * `sources`: the clauses that say which values are taken, by what they are about.
    * `status_codes`: whether bodies of errors have the HTTP status.
    * `request_ids`: how the id of a request is written; `request_id_header`: the header in which
      every answer has it, None for none.
    * `lengths`, `counts`: how long texts of a shipment may be, and how many there may be of
      something, by their paths within it.
    * `numbered_streets`: whether a street may be digits and nothing else.
    * `rate_limits`: what a key may ask for, by operation; `counts_refused`: whether what is refused
      counts as well.
    * `statuses`: those that a shipment can have.
    * `delivery_errors`: what is wrong with a question for delivery options has a shape of its own,
      or that of all other errors.
    * `carrier_failures`: the shapes of what fails since the carrier does not answer, by path; one
      of ``own`` (that of delivery options), ``nothing`` (no deliveries, and the error in the shape
      of all others) and ``bare`` (no more than its code). Elsewhere it is as all other errors.
    * `delivery_versions`: whether ``version=2.0`` in Accept asks for another shape of them.
    * `coordinate_texts`: whether coordinates of pickup points are texts under their whole names.
    * `evening`: what the evening is called in delivery options; None: by the quirk
      ``myparcel.evening_comment``.
    * `evenings`: the weekdays with evening delivery, Monday is 0; None: by the quirk
      ``myparcel.evening_days``.
    * `shipment`: the shape of a shipment.
    * `filters`, `sorts`: by what else than in 2017 a list of shipments is filtered and sorted;
      `links`: the parameters that ask for the pages of shipments.
    * `senders`: whether a shipment may say who sends it.
    * `references`: whether shipments have and show a ``reference_identifier``.
    * `columns`: the columns of a CSV file that it has beside those of 2017.
    * `colli`: whether a shipment may have several colli.
    * `drop_off_point`: what has to be said of the place at which the shop hands a shipment in;
      None: nothing reads that.
    * `tracktrace`: the shape of a tracktrace; `event_directions`: whether ``asc`` and ``desc`` say
      in which order its events come.
    * `label_media`: what labels can be had in, the default first; `label_paper`: what they are on
      when nobody says. `create_media`: what asks for labels along with shipments.
    * `whole_shipments`: the version of JSON from which on makers of shipments get them whole.
    * `versions`: the versions that there are, by the kind of answer, ``""`` for any other and for
      bodies; where there are none, what is said of versions means nothing.
    * `hooks`: the webhooks that can be subscribed to; `hook_members`: what the news of a status has
      beside the members of 2017.
    * `customs_sums`: whether the weight of a customs declaration has to be the sum of its items'.
    * `large_format_in_europe`: whether a large format goes to the European Union at most.
    * `offers_bind`: whether a create takes only the delivery types that delivery options show for
      its address and carrier.
    * `types_of_2017`: whether the strict reading holds values against the data types of the
      document of 2017.
    * `delete_status`: the status of a deletion; `pdf_url`: how the link of a label is written.
    * `largest_page`: the most rows of a page.
    * `judged_by`: what tells what may be sent and what it costs: the rules and services of the
      document of 2017, or the table of offers.
    * `union`: the countries to which no customs declaration goes.
    * `classifications`: what goods are classified by: ISIC or HS codes, by the quirk
      ``myparcel.classification``, or always HS codes.
    * `postal_code_fits`: whether a postal code is one of a country other than the Netherlands.
    """

    name: str
    carriers: Mapping[int, str]
    findings: Literal["flat", "by_code"]
    questions: Questions
    schema_first: bool
    problems: bool
    sources: Mapping[str, str]
    status_codes: bool
    request_ids: Literal["digest", "moment"]
    request_id_header: str | None
    lengths: Mapping[str, int]
    counts: Mapping[str, Between]
    numbered_streets: bool
    rate_limits: Mapping[str, RateLimit]
    counts_refused: bool
    statuses: frozenset[int]
    delivery_errors: Literal["own", "usual"]
    carrier_failures: Mapping[str, Literal["own", "nothing", "bare"]]
    delivery_versions: bool
    coordinate_texts: bool
    evening: str | None
    evenings: frozenset[int] | None
    shipment: Literal["plain", "whole"]
    filters: tuple[str, ...]
    sorts: tuple[str, ...]
    links: tuple[str, ...]
    senders: bool
    references: bool
    columns: tuple[str, ...]
    colli: bool
    drop_off_point: tuple[str, ...] | None
    tracktrace: Literal["plain", "staged"]
    event_directions: bool
    label_media: Mapping[str, LabelType]
    label_paper: Literal["A4", "A6"]
    create_media: Mapping[str, LabelType]
    whole_shipments: tuple[int, ...] | None
    versions: Mapping[str, tuple[str, ...]]
    hooks: tuple[str, ...]
    hook_members: tuple[str, ...]
    customs_sums: bool
    offers_bind: bool
    types_of_2017: bool
    large_format_in_europe: bool
    delete_status: Literal[201, 204]
    pdf_url: Literal["absolute", "relative"]
    largest_page: int
    judged_by: Literal["document", "offers"]
    union: frozenset[str]
    classifications: Literal["isic", "hs"]
    postal_code_fits: Callable[[str, str], bool]
