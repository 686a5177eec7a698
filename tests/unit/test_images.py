"""Names of images: what an engine takes, what it does not, and what no runner may be made to ask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.contract import images
from chalicelib.contract.images import BadImageName, ImageName, read

DIGEST = "sha256:" + "0a" * 32


@pytest.mark.parametrize(
    ("written", "expected", "shown"),
    [
        ("python", ImageName("docker.io", "library/python"), "python:latest"),
        ("python:3.12-slim", ImageName("docker.io", "library/python", "3.12-slim"), "python:3.12-slim"),
        ("docker.io/library/python:3", ImageName("docker.io", "library/python", "3"), "python:3"),
        ("index.docker.io/lab/tool", ImageName("docker.io", "lab/tool"), "lab/tool:latest"),
        ("GHCR.io/lab/a__b/c-d.e:V1", ImageName("ghcr.io", "lab/a__b/c-d.e", "V1"), "ghcr.io/lab/a__b/c-d.e:V1"),
        ("lab.example:5000/tool", ImageName("lab.example:5000", "tool"), "lab.example:5000/tool:latest"),
        (f"quay.io/lab/tool:1@{DIGEST}", ImageName("quay.io", "lab/tool", "1", DIGEST), f"quay.io/lab/tool@{DIGEST}"),
    ],
)  # fmt: skip
def test_a_name_is_taken_apart_as_an_engine_does(written, expected, shown):
    assert read(written) == expected and str(read(written)) == shown


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        *((f"{host}/x:1", "is an address") for host in ("127.0.0.1:5000", "127.1", "0x7f.1", "1.2.3.0x4", "[::1]:80")),
        *((f"{host}/x", "is the machine itself") for host in ("localhost", "localhost:5000", "registry.localhost")),
        *((f"{host}/x", "a name without a dot") for host in ("registry:5000", "2130706433:80", "metadata:80")),
        *((f"{host}/x", "no host's name") for host in ("lab.example:99999", "a..b", "-a.b:1", "a_b.example", "a.b.")),
        ("https://ghcr.io/lab/tool", "without `https://`"),
        ("Lab/Tool:1", "capital letters"),
        *((name, "id of an image") for name in ("sha256:abcdef", DIGEST, "0a" * 32, "docker.io/sha256:ab")),
        *((name, "No engine reads") for name in ("a//b", "lab/", "/lab", "a b", "tool_", "a/-b", "a$b", "", "ä")),
        *((name, "Its tag") for name in ("tool:", "tool:-1", "tool:a b", "tool:" + "a" * 129, "tool:1:2")),
        *((name, "Its digest") for name in ("tool@", "tool@sha256:00", "tool@md5:" + "0" * 32, f"tool@{DIGEST}0")),
    ],
)  # fmt: skip
def test_what_is_no_name_is_told_with_what_to_write(written, advice):
    with pytest.raises(BadImageName, match=advice):
        read(written)
    assert images.problem(written)


ADDRESSES = ["{0}.{1}.{2}.{3}", "{0}.{4}", "{5:#x}.{4}", "{0}.{1}.{6}", "{0}.{1}.{2}.{3:#x}"]


@given(st.integers(0, 2**32 - 1), st.sampled_from(ADDRESSES))
def test_no_way_to_write_an_address_is_the_name_of_a_registry(number, form):
    parts = [number >> 24, number >> 16 & 255, number >> 8 & 255, number & 255]
    host = form.format(*parts, number & 0xFFFFFF, number >> 24, number & 0xFFFF)
    assert not images.is_registry(host) and not images.is_registry(f"{host}:5000")


def test_the_hub_has_one_name():
    assert {images.canonical(name) for name in ("docker.io", "index.docker.io", "registry-1.docker.io")} == {"docker.io"}
    assert images.canonical("ghcr.io") == "ghcr.io"


def test_the_registries_that_are_always_there_are_some():
    assert all(map(images.is_registry, images.REGISTRIES))
    assert images.problem("python:3.12") == ""
