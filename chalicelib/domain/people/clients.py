"""The coarse name of what somebody signs in with: enough to know one's own again, and no more."""

#: By what a `User-Agent` has, the more telling first: most browsers name others, too.
_CLIENTS = {
    "agon/": "agon",
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "Chrome/": "Chrome",
    "CriOS/": "Chrome",
    "Safari/": "Safari",
    "python": "Python",
    "curl/": "curl",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iOS",
    "iPad": "iOS",
    "Windows": "Windows",
    "Macintosh": "macOS",
    "darwin": "macOS",
    "win32": "Windows",
    "Linux": "Linux",
    "linux": "Linux",
    "CrOS": "ChromeOS",
}


def named(user_agent: str) -> tuple[str, str]:
    """The client and the system that a `User-Agent` tells, each empty where it tells none that is known.

    So no word that a stranger chose is kept, and none that tells one person from another.
    """
    return _first(_CLIENTS, user_agent), _first(_SYSTEMS, user_agent)


def _first(known: dict[str, str], user_agent: str) -> str:
    return next((name for sign, name in known.items() if sign in user_agent), "")
