"""What a browser says of itself, in words somebody knows: "Firefox on Windows". Pure, and no more than a hint."""

from customerfile.base.told import told

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_words(user_agent: str) -> str:
    """The first of each that is named; Edge and Opera name Chrome and Safari too, and so come first."""
    browser = next((words for mark, words in _BROWSERS if mark in user_agent), told("A browser"))
    system = next((words for mark, words in _SYSTEMS if mark in user_agent), "")
    return told("{browser} on {system}", browser=browser, system=system) if system else browser
