"""Where webhooks may go: judged by the host that is given, and by the addresses that it has."""

from __future__ import annotations

import pytest

from simulator.engine.delivery.policy import TargetPolicy


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:9/x",
        "http://localhost/",
        "https://shop.localhost:1/",
        "http://[::1]:9/",
        "http://10.1.2.3/",
        "http://192.168.0.9/",
        "http://receiver:8000/",
        "http://web-1/",
        "http://web_2:80/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fd12:3456::1]/",
        "http://100.64.0.9/",
        "http://0.0.0.0:9000/",
        "http://host.docker.internal/",
        "https://Hooks.Example.com/x",
        "https://żółw.example/",
    ],
)
def test_targets_at_hand_may_be_called(target: str) -> None:
    assert TargetPolicy(("hooks.example.com", "żółw.example")).refusal(target) is None


@pytest.mark.parametrize(
    "target",
    [
        "http://example.com/",
        "http://8.8.8.8/",
        "http://134744072/",
        "http://0x08080808/",
        "http://010.8.8.8/",
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/",
        "http://[::ffff:8.8.8.8]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[64:ff9b:1::a9fe:a9fe]/",
        "http://[2002:a9fe:a9fe::]/",
        "http://[2001:0:0:0:0:0:5601:5601]/",
        "http://[fd00:ec2::254]/",
        "http://[fd20:ce::254]/",
        "http://100.100.100.200/",
        "http://168.63.129.16/",
        "http://2130706433/",
        "http://0xA9FEA9FE/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://224.0.0.1/",
        "http://hooks.example.com./",
        "http://" + "-" * 32_000 + ".com/",
        "http://127.0.0.1@8.8.8.8/",
        "https://localhost.example.com/",
        "ftp://localhost/",
        "http://",
        "localhost",
        "http://[",
        "http://localhost:99999/",
    ],
)
def test_other_targets_may_not(target: str) -> None:
    assert TargetPolicy().refusal(target) is not None


@pytest.mark.parametrize("written", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1"])
def test_an_address_that_is_oddly_written_is_named_as_it_should_be(written: str) -> None:
    assert TargetPolicy().refusal(f"http://{written}/") == (
        f"webhooks may not go to {written}: write the address as 127.0.0.1"
    )


PUBLIC, PRIVATE, LINK_LOCAL = "93.184.215.14", "172.17.0.1", "169.254.1.2"
METADATA = (
    *("169.254.169.254", "169.254.170.2", "fd00:ec2::254", "fd20:ce::254", "100.100.100.200"),
    *("::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::", "fe80::a9fe:a9fe"),
)


@pytest.mark.parametrize(
    ("host", "admitted"),
    [
        ("shop", [PRIVATE, "::1"]),
        ("hooks.example.com", [PUBLIC, PRIVATE, "::1"]),
        ("host.docker.internal", [PRIVATE, "::1", LINK_LOCAL]),
        ("host.containers.internal", [PRIVATE, "::1", LINK_LOCAL]),
    ],
)
def test_only_addresses_at_which_a_receiver_may_be_are_connected_to(
    host: str, admitted: list[str]
) -> None:
    policy = TargetPolicy(("hooks.example.com",))
    found = [PUBLIC, PRIVATE, "::1", LINK_LOCAL, "224.0.0.1", *METADATA]

    assert policy.admitted(host, found) == admitted


def test_an_address_that_is_named_may_be_connected_to() -> None:
    policy = TargetPolicy(("169.254.169.254", "hooks.example.com"))

    assert policy.refusal("http://169.254.169.254/") is None
    assert policy.admitted("hooks.example.com", METADATA) == ["169.254.169.254"]
