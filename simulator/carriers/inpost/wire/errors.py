"""ShipX error answers, one constructor for each; bodies as recorded unless marked otherwise.

Every constructor gives a `Refusal` to be raised. Keys of the body: `status` repeats the HTTP
status, `error` is for machines, `message` for people, `details` is an object, empty or null.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from simulator.carriers.carrier import ReadQuirk
from simulator.carriers.inpost.wire.near import meant
from simulator.core.answers import Answer, Finding, Refusal
from simulator.engine.world import Request

_LONGEST = 60
"""Characters of a client's value that a sentence shows."""

VALIDATION_MESSAGE = "There are some validation errors. Check details object for more info."

_ROUTING_NOT_FOUND = "routing_not_found"


def body(status: int, error: str, message: str, details: Any) -> dict[str, Any]:
    """The four keys of an error body in their order."""
    return {"status": status, "error": error, "message": message, "details": details}


def refuse(
    status: int,
    error: str,
    message: str,
    details: Any = None,
    headers: dict[str, str] | None = None,
    reason: str = "",
    advice: str = "",
) -> Refusal:
    """A refusal with an error body; None for `details` becomes null in it.

    `reason` and `advice` are for the explanation, where the body says less than there is to say.
    """
    answer = Answer(
        status=status, body=body(status, error, message, details), headers=headers or {}
    )
    return Refusal(answer, reason or message, key=error, advice=advice)


def token_invalid(reason: str, advice: str) -> Refusal:
    """401: no token, or one that nobody has."""
    return refuse(
        401,
        "token_invalid",
        "Token is missing or invalid.",
        {},
        {"WWW-Authenticate": 'Bearer realm="ShipX", error="invalid_token"'},
        reason=reason,
        advice=advice,
    )


def forbidden(key: str, reason: str, advice: str) -> Refusal:
    """403: the token has no right to this organization."""
    return refuse(403, key, "Access forbidden for this token.", {}, reason=reason, advice=advice)


def not_found(reason: str = "", advice: str = "") -> Refusal:
    """404: no such thing, or somebody else's."""
    return refuse(
        404, "resource_not_found", "Resource not found.", {}, reason=reason, advice=advice
    )


def routing_not_found(request: Request) -> Refusal:
    """404: nothing answers to this method of this path (key observed, text ours)."""
    message = f"There is no {request.method} {request.path}."
    return refuse(
        404, _ROUTING_NOT_FOUND, message, {}, reason=f"InPost ShipX has {message[9:-1]} nowhere"
    )


def invalid(findings: Sequence[Finding], advice: str = "", told: Sequence[Finding] = ()) -> Refusal:
    """400: one or more fields are wrong, as the findings say.

    `told` are the same for the journal, where the carrier names other places than the caller does.
    """
    details = nest(findings)
    answer = Answer(status=400, body=body(400, "validation_failed", VALIDATION_MESSAGE, details))
    return Refusal(answer, key="validation_failed", findings=told or findings, advice=advice)


def invalid_weekend(findings: Sequence[Finding]) -> Refusal:
    """400: a weekend parcel that is not taken, told by the `error` alone (clients know both)."""
    first = findings[0]
    answer = Answer(status=400, body=body(400, first.key, first.message, {}))
    return Refusal(answer, key=first.key, findings=findings)


def wrong(field: str, key: str, message: str, advice: str = "") -> Refusal:
    """400: one field is wrong; `message` says what, and what is allowed."""
    return invalid([Finding((field,), key, message)], advice)


def invalid_action(
    action: str,
    shipment_id: int | str,
    status: str,
    possible: Collection[str] = (),
    advice: str = "",
) -> Refusal:
    """400: not possible in the shipment's present status, but in the `possible` ones.

    The id is given as answers write it.
    """
    return refuse(
        400,
        "invalid_action",
        "shipment_status_incorrect",
        {"action": action, "shipment_status": status, "shipment_id": shipment_id},
        reason=f"{action} is not possible: shipment {shipment_id} is {status}{_rather(possible)}",
        advice=advice,
    )


def _rather(possible: Collection[str]) -> str:
    return f", it has to be {' or '.join(possible)}" if possible else ""


def missing_trucker_id() -> Refusal:
    """400: a courier service without a courier contract."""
    return refuse(
        400,
        "missing_trucker_id",
        "trucker_ID_is_not_set_for_organization",
        None,
        reason="the organization has no contract for InPost's courier services",
        advice="use a service of lockers, or an organization with a contract, which its "
        "services at GET /v1/organizations show",
    )


def label_template_not_found(wanted: dict[str, Any], possible: str = "") -> Refusal:
    """400: no label in this format and type for this service; the body is inferred."""
    asked = f"{wanted.get('format')} of type {wanted.get('type')}"
    return refuse(
        400,
        "label_template_not_found",
        "Label template not found.",
        wanted,
        reason=f"{wanted.get('service')} has no label as {asked}{possible}",
        advice="ask for another format or type",
    )


def label_not_found(available_from: str, advice: str = "") -> Refusal:
    """400: a label that is not ready; says when it is (status and text inferred)."""
    return refuse(
        400,
        "label_not_found",
        "Label not found.",
        {"label_available_from": available_from},
        reason=f"the label is ready at {available_from}",
        advice=advice or "advance the clock or poll",
    )


def label_generation_failed() -> Refusal:
    """400: the label cannot be made now. Key documented, message observed, status inferred."""
    message = "There was a problem with label generation. Check details object for more info."
    return refuse(
        400,
        "label_generation_failed",
        message,
        {},
        reason="a rule keeps the label from being ready, and nobody knows until when",
        advice="delete the rule, or have it let the label go",
    )


def prepaid_only() -> Refusal:
    """400: prices of a collection are for prepaid accounts (observed text, inferred key)."""
    return refuse(
        400,
        "invalid_action",
        "Action available only for prepaid users.",
        {},
        reason="the organization's account is postpaid, and prices of a collection are for prepaid",
        advice="ask with a token of a prepaid organization",
    )


def invalid_dispatch_order_action(
    action: str, dispatch_order_id: int, status: str, possible: Collection[str] = ()
) -> Refusal:
    """400: not possible in the dispatch order's present status (inferred from shipments)."""
    told = f"{action} is not possible: dispatch order {dispatch_order_id} is {status}"
    return refuse(
        400,
        "invalid_action",
        "dispatch_order_status_incorrect",
        {
            "action": action,
            "dispatch_order_status": status,
            "dispatch_order_id": dispatch_order_id,
        },
        reason=told + _rather(possible),
    )


def carrier_unavailable(reason: str = "", advice: str = "") -> Refusal:
    """400: no contracted carrier has the service; the text is ours."""
    text = "No contracted carrier has the requested service."
    return refuse(400, "carrier_unavailable", text, {}, reason=reason, advice=advice)


def no_carriers() -> Refusal:
    """400: the organization has no carrier at all; the text is ours."""
    return refuse(
        400,
        "no_carriers",
        "Organization has no contracted carrier.",
        {},
        advice="use another organization: GET /v1/organizations shows their carriers",
    )


def offer_expired(advice: str = "") -> Refusal:
    """400: the offer is past its life. Key documented, status and text inferred."""
    return refuse(400, "offer_expired", "Offer has expired.", {}, advice=advice)


def offer_unavailable(reason: str = "", advice: str = "") -> Refusal:
    """400: the offer can be bought no more, or not yet; known as `offer_expired` is."""
    text = "Offer is unavailable."
    return refuse(400, "offer_unavailable", text, {}, reason=reason, advice=advice)


def transaction_failed(reason: str = "", advice: str = "") -> Refusal:
    """400: the payment could not be started. Key documented, status and text inferred."""
    text = "Transaction could not be started."
    return refuse(400, "transaction_failed", text, {}, reason=reason, advice=advice)


def invalid_parameter(name: str, value: str, allowed: str, closed: Sequence[Any] = ()) -> Refusal:
    """400 of a public resource, which says `description` in place of `message`.

    The sentence is documented for `lang`, and inferred for other parameters. `allowed` says what
    the parameter takes; `closed` are all values, where there are so few.
    """
    answer = Answer(
        status=400,
        body={
            "status": 400,
            "error": "invalid_parameter",
            "description": f"Provided unsupported value ({value}) to parameter ({name})",
            "details": None,
        },
    )
    told = f"{value[:_LONGEST]!r} is not {allowed}{meant(value, closed)}"
    finding = Finding((name,), "invalid", told, value=value, allowed=list(closed) or None)
    return Refusal(answer, key="invalid_parameter", findings=(finding,))


class Member(str):
    """The name of one of several things in a finding's path: the caller's id, or a position."""

    __slots__ = ()


def tracking_not_found(number: str, reason: str = "", advice: str = "") -> Refusal:
    """404 of tracking, with `description` in place of `message` (observed text)."""
    text = f"Tracking information about {number} InPost Locker shipment has not been found."
    answer = Answer(
        status=404,
        body={"status": 404, "error": "resource_not_found", "description": text, "details": None},
    )
    return Refusal(
        answer,
        reason or f"there is no parcel with the number {number[:_LONGEST]}",
        key="resource_not_found",
        advice=advice,
    )


def nest(findings: Iterable[Finding]) -> dict[str, Any]:
    """The carrier's `details` for findings.

    The keys of one attribute are a list; a nested form is a list with one object in it; members
    of a list are told apart by their position, or by the `Member` that stands in its place, and
    are bare objects (documented: ``{"receiver": [{"email": ["invalid"]}], "parcels":
    [{"0": {"weight": [{"amount": ["too_small"]}]}}]}``).
    """
    tree: dict[str, Any] = {}
    members: set[int] = set()
    for finding in findings:
        node = tree
        *parents, last = finding.path or ("base",)
        for part in parents:
            child = node.setdefault(str(part), {})
            if isinstance(child, list):  # the whole is wrong already: say no more about its parts
                break
            if not isinstance(part, str) or isinstance(part, Member):
                members.add(id(child))
            node = child
        else:
            keys = node.get(str(last))
            if isinstance(keys, list):
                if finding.key not in keys:
                    keys.append(finding.key)
            else:
                node[str(last)] = [finding.key]
    return {name: _wrap(child, members) for name, child in tree.items()}


def _wrap(node: Any, members: set[int]) -> Any:
    if isinstance(node, list):
        return node
    form = {name: _wrap(child, members) for name, child in node.items()}
    return form if id(node) in members else [form]


_ENDING_KEYS = {
    404: "resource_not_found",
    409: "conflict",
    410: "gone",
    429: "too_many_requests",
    431: "headers_too_large",
    500: "internal_server_error",
    503: "service_unavailable",
}
"""What the end of an edition is called: of 404 as documented, else inferred."""


class Envelope:
    """ShipX bodies for what goes wrong around the handlers. ``routing_not_found`` was observed, its
    text is ours; the keys for media types and sizes are inferred, ShipX documents none."""

    def unknown_path(self, request: Request, quirk: ReadQuirk) -> Answer:
        if quirk("inpost.routing_errors") == _ROUTING_NOT_FOUND:
            return routing_not_found(request).answer
        return not_found(f"InPost ShipX has no path {request.path}").answer

    def wrong_method(self, request: Request, allowed: Sequence[str], quirk: ReadQuirk) -> Answer:
        if quirk("inpost.routing_errors") == _ROUTING_NOT_FOUND:
            return routing_not_found(request).answer
        return refuse(
            405,
            "method_not_allowed",
            f"Method {request.method} is not allowed here, use {' or '.join(allowed)}.",
            {},
            {"Allow": ", ".join(allowed)},
        ).answer

    def wrong_media_type(self, request: Request, accepted: Sequence[str]) -> Answer:
        return refuse(
            415,
            "unsupported_media_type",
            f"Send the body as {' or '.join(accepted) or 'application/json'}.",
            {},
        ).answer

    def malformed(self, request: Request, message: str) -> Answer:
        return refuse(400, "malformed_request", f"Request cannot be read: {message}.", {}).answer

    def too_large(self, request: Request, message: str) -> Answer:
        return refuse(413, "payload_too_large", f"Request is too large: {message}.", {}).answer

    def invalid(self, request: Request, findings: Sequence[Finding]) -> Answer:
        return invalid(findings).answer

    def internal(self, request: Request) -> Answer:
        return refuse(500, "internal_server_error", "Internal server error.", {}).answer

    def gone(self, request: Request, status: int, message: str) -> Answer:
        return refuse(
            status, _ENDING_KEYS[status], f"{message[:1].upper()}{message[1:]}.", {}
        ).answer


ERROR_KEYS = {
    "required": "required",
    "type": "invalid",
    "type:number": "not_a_number",
    "type:integer": "not_an_integer",
    "minLength": "too_short",
    "maxLength": "too_long",
    "minimum": "too_small",
    "exclusiveMinimum": "too_small",
    "maximum": "too_big",
    "exclusiveMaximum": "too_big",
    "pattern": "invalid_format",
    "format": "invalid_format",
    "enum": "invalid",
    "minItems": "too_short",
    "maxItems": "too_long",
    "anyOf": "invalid",
    "oneOf": "invalid",
}
"""JSON Schema keyword -> ShipX validation key."""
