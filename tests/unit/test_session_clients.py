"""What somebody signs in with, as they are told of it later."""

import pytest

from chalicelib.domain.people import clients

MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "told"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0", ("Firefox", "Linux")),
        (f"{MAC} Version/18.6 Safari/605.1.15", ("Safari", "macOS")),
        (WINDOWS, ("Chrome", "Windows")),
        (f"{WINDOWS} Edg/140.0.0.0", ("Edge", "Windows")),
        (ANDROID, ("Chrome", "Android")),
        (f"{IPHONE} CriOS/140.0.7339.39 Mobile/15E148 Safari/604.1", ("Chrome", "iOS")),
        ("agon/1.2 (darwin)", ("agon", "macOS")),
        ("agon/1.2 (win32)", ("agon", "Windows")),
        ("python-httpx/0.28.1", ("Python", "")),
        ("Amazon CloudFront", ("", "")),
        ("<script>alert(1)</script>", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_user_agent_is_known_by_a_coarse_name_alone(user_agent: str, told: tuple[str, str]) -> None:
    assert clients.named(user_agent) == told
