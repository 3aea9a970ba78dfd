"""Credentials have marks wherever they stand; those that were made up for the simulator stay."""

from __future__ import annotations

import base64

import pytest

from simulator.core.secrets import Veil, masked

TOKEN = "eyJhbGciOi.real-token-of-somebody.0123456789"
MARK = masked(TOKEN)
OWN = ("sim-inpost-prepaid",)


def in_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_a_mark_is_the_same_for_the_same_secret_and_tells_others_apart() -> None:
    assert masked("a") == masked("a") == "***ca9781"
    assert masked("b") != masked("a")
    assert masked("") == ""


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("authorization", f"Bearer {TOKEN}", f"Bearer {MARK}"),
        ("authorization", f"Bearer {TOKEN}@build-17", f"Bearer {MARK}@build-17"),
        ("authorization", f"basic {in_base64(TOKEN)}", f"basic {MARK}"),
        ("authorization", f"basic {in_base64(TOKEN + '@build-17')}", f"basic {MARK}@build-17"),
        ("authorization", f"Basic {in_base64('me:pass')}", f"Basic {masked('me:pass')}"),
        ("authorization", TOKEN, MARK),
        ("proxy-authorization", f"Basic {in_base64('me:pass')}", f"Basic {masked('me:pass')}"),
        ("x-api-key", f"{TOKEN}@build-17", f"{MARK}@build-17"),
        ("cookie", f"a={TOKEN}; b=2", f"a={MARK}; b={masked('2')}"),
        ("set-cookie", f"a={TOKEN}; Path=/", f"a={MARK}; Path=/"),
        ("authorization", "Bearer sim-inpost-prepaid", "Bearer sim-inpost-prepaid"),
        ("authorization", f"basic {in_base64(OWN[0])}", f"basic {in_base64(OWN[0])}"),
        ("location", f"https://me:pass@x.example/?token={TOKEN}", None),
        ("accept", "text/html", "text/html"),
    ],
)
def test_headers(name: str, value: str, shown: str | None) -> None:
    wanted = shown or f"https://{masked('me:pass')}@x.example/?token={MARK}"

    assert Veil(OWN).header(name, value) == wanted


def test_parameters_of_a_query_keep_their_order_and_writing() -> None:
    query = f"q=a%20b&access_token={TOKEN}&api_key=&apikey=x1&token=sim-inpost-prepaid&q=2"

    assert Veil(OWN).query(query) == (
        f"q=a%20b&access_token={MARK}&api_key=&apikey={masked('x1')}&token=sim-inpost-prepaid&q=2"
    )


def test_members_of_bodies_are_masked_as_deep_as_they_lie() -> None:
    body = {"shop": {"apiKey": TOKEN, "name": "x"}, "secrets": ["a1", 2], "password": None}

    assert Veil().plain(body) == {
        "shop": {"apiKey": MARK, "name": "x"},
        "secrets": [masked("a1"), masked("2")],
        "password": None,
    }


@pytest.mark.parametrize(
    "text",
    [
        f'{{"password": "{TOKEN}", "x": ',
        f"password={TOKEN}&x=1",
        f"Authorization: Bearer {TOKEN}",
        f"http://somebody:{TOKEN}@host/",
    ],
)
def test_what_nobody_could_read_is_searched(text: str) -> None:
    shown = Veil().unread(text)

    assert "real-token" not in shown
    assert "***" in shown


def test_what_was_met_is_masked_everywhere_also_where_it_is_cut_off() -> None:
    veil = Veil()
    veil.header("authorization", f"basic {in_base64(TOKEN)}")

    assert veil.text(f"there is no key '{TOKEN}' here") == f"there is no key '{MARK}' here"
    assert veil.text(f"it is {TOKEN[:20]}...") == f"it is {MARK}..."
    assert veil.text("basic insurance of parcels") == "basic insurance of parcels"


@pytest.mark.parametrize(
    "word", ["inpost", "inpost_locker_standard", "somebody@shop.example", "2026-03-02", "600100200"]
)
def test_a_common_word_is_a_credential_at_its_own_place_alone(word: str) -> None:
    body = {"password": word, "service": word, "href": f"https://x.example/{word}/5"}

    assert Veil().plain(body) == {**body, "password": masked(word)}


def test_what_was_met_is_known_as_a_whole_and_not_within_a_longer_word() -> None:
    veil = Veil()
    veil.secret("hunter22!")
    veil.secret("abc12345")

    assert veil.text("is hunter22! it") == f"is {masked('hunter22!')} it"
    assert veil.text("/v1/abc12345/x?a=abc12345") == "/v1/{0}/x?a={0}".format(masked("abc12345"))
    assert veil.text("%22abc12345%22") == f"%22{masked('abc12345')}%22"
    for longer in ("abc123456", "x-abc12345", "abc12345_locker"):
        assert veil.text(longer) == longer


@pytest.mark.parametrize(
    "name",
    [
        *("Authentication", "X-Auth", "X-Jwt", "X-Key", "X-Session", "X-Session-Id"),
        *("Ocp-Apim-Subscription-Key", "X-Signature", "X-Hub-Signature", "X-Hub-Signature-256"),
    ],
)
def test_headers_that_others_prove_themselves_with(name: str) -> None:
    assert Veil().header(name, TOKEN) == MARK


@pytest.mark.parametrize(
    "query",
    [
        *(f"{name}={TOKEN}" for name in ("key", "auth", "sig", "signature", "jwt", "session")),
        *(f"{name}={TOKEN}" for name in ("session_id", "bearer")),
        f"a=1;token={TOKEN}",
        f"next=https%3A%2F%2Fme%3A{TOKEN}%40x.example%2F",
        f"next=https%3A%2F%2Fx.example%2F%3Ftoken%3D{TOKEN}",
        f"q=Bearer%20{TOKEN}",
    ],
)
def test_parameters_that_others_prove_themselves_with(query: str) -> None:
    shown = Veil().query(query)

    assert "real-token" not in shown
    assert "***" in shown


@pytest.mark.parametrize(
    "body",
    [
        *({name: TOKEN} for name in ("auth", "pass", "bearer", "session", "jwt", "hmac_key")),
        *({name: TOKEN} for name in ("signature", "consumerKey")),
        {"auth": {"value": TOKEN}},
        [{"name": "token", "value": TOKEN}],
    ],
)
def test_members_that_others_prove_themselves_with(body: object) -> None:
    assert "real-token" not in str(Veil().plain(body))
    assert Veil().plain({"pin": "1234"}) == {"pin": masked("1234")}


@pytest.mark.parametrize(
    "text",
    [
        f"<login><password>{TOKEN}</password></login>",
        f'--x\r\nContent-Disposition: form-data; name="password"\r\n\r\n{TOKEN}\r\n--x--',
        f'{{"token": "{TOKEN}", "kind": "status"}}',
    ],
)
def test_documents_of_other_kinds(text: str) -> None:
    assert Veil().unread(text) == text.replace(TOKEN, MARK)
    assert Veil().at("/body", text) == text.replace(TOKEN, MARK)


def test_a_rule_in_a_header_is_searched() -> None:
    rule = f'{{"when": {{"query": {{"token": "{TOKEN}"}}}}}}'

    assert Veil().header("x-sim-rule", rule) == rule.replace(TOKEN, MARK)


def test_fields_of_the_carriers_stay_readable() -> None:
    body = {
        "options": {"signature": 1, "only_recipient": 0},
        "customer_delivering_code": "a1b2c3d4e5",
        "open_code": "123456",
        "external_customer_id": "a1b2c3d4e5",
        "keyword": "a1b2c3d4e5",
        "key": "a1b2c3d4e5",
        "postcode": "1234AB",
        "code": "a1b2c3d4e5",
    }

    assert Veil().plain(body) == body
    assert Veil().plain({"signature": "1"}) == {"signature": "1"}
    assert Veil().query("signature=1&key=code&postcode=1234AB") == (
        "signature=1&key=code&postcode=1234AB"
    )
