"""What a webhook's URL means on the wire: path and query byte for byte as they were given."""

from __future__ import annotations

import pytest

from simulator.engine.delivery import targets
from simulator.engine.delivery.policy import TargetPolicy
from simulator.engine.delivery.targets import BadTarget

HOST = "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("behind", "line"),
    [
        ("", "/"),
        ("/", "/"),
        ("?a=1", "/?a=1"),
        ("/Hook/MyParcel?Token=AbC", "/Hook/MyParcel?Token=AbC"),
        ("/a?", "/a?"),
        ("/a%2Fb%2fc%7E", "/a%2Fb%2fc%7E"),
        ("/a+b?c=d+e%20f", "/a+b?c=d+e%20f"),
        ("/a/../b/./c//d...", "/a/../b/./c//d..."),
        ("/100%?x=%zz", "/100%?x=%zz"),
        ("/a;b=c/(d)'[e]{f}|^`<\"", "/a;b=c/(d)'[e]{f}|^`<\""),
        ("/zażółć?q=ł", "/za%C5%BC%C3%B3%C5%82%C4%87?q=%C5%82"),
        ("/a b", "/a%20b"),
        ("/a?b#Fragment", "/a?b"),
        ("#only", "/"),
        ("/a@b:c?http://x/", "/a@b:c?http://x/"),
    ],
)
def test_path_and_query_are_sent_as_they_were_given(behind: str, line: str) -> None:
    assert targets.read(HOST + behind) == (HOST, line.encode(), None)


@pytest.mark.parametrize(
    ("user", "authorization"),
    [
        ("shop:secret", "Basic c2hvcDpzZWNyZXQ="),
        ("shop", "Basic c2hvcDo="),
        ("sh%40p:p%3Aw", "Basic c2hAcDpwOnc="),
    ],
)
def test_user_and_password_become_a_header(user: str, authorization: str) -> None:
    target = targets.read(f"https://{user}@Hooks.Example.com/x")
    assert target == ("https://Hooks.Example.com", b"/x", authorization)


@pytest.mark.parametrize(
    "url", ["http://localhost/a\nb", "http://localhost/\x00", " http://localhost/", "http://["]
)
def test_what_cannot_be_sent_is_no_url(url: str) -> None:
    with pytest.raises(BadTarget, match="is not a URL"):
        targets.read(url)
    assert "is not a URL" in str(TargetPolicy().refusal(url))


@pytest.mark.parametrize(
    ("url", "called"),
    [
        ("http://localhost@example.com/", "http://example.com"),
        ("http://example.com\\@localhost/", "http://localhost"),
        ("http://example.com#@localhost/", "http://example.com"),
        ("http://example.com?@localhost/", "http://example.com"),
    ],
)
def test_the_host_that_is_judged_is_the_one_that_is_called(url: str, called: str) -> None:
    assert targets.read(url).origin == called
    assert (TargetPolicy().refusal(url) is None) == (called == "http://localhost")


@pytest.mark.parametrize(
    ("url", "error"),
    [
        (f"http://{'-' * 7_000}.com/", "-... is longer than the 253 characters of a host"),
        (f"{HOST}/{'x' * 8_000}", "... is too long: a target has at most 8000 characters"),
    ],
)
def test_what_is_too_long_is_no_target(url: str, error: str) -> None:
    with pytest.raises(BadTarget, match=f"{error}$"):
        targets.read(url)
