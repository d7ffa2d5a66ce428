"""E-mail addresses: checked under the RFCs without asking the network; lower case throughout, IDN domains
in Unicode."""

import re
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from customerfile.base.told import noted_text
from customerfile.values.outcome import Accepted, Context, Outcome, Refused
from customerfile.values.text import clean, plain

LONGEST_EMAIL = 254
LONGEST_LOCAL_PART = 64

_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_'+-]+(?:\.[A-Za-z0-9_'+-]+)*")
_BETWEEN = re.compile(r"[\s,;|/<>]+")
_ANGLE = re.compile(r"^(?P<name>[^<>]*?)\s*<\s*(?P<address>[^<>]+?)\s*>$")
_REMEDY = noted_text("Write one address in the form name@example.org.")
_TOO_LONG = Refused(
    "The e-mail address is longer than any mail server accepts.", "Check it and write it again."
)


def standardise_email(raw: str | dict[str, str], context: Context) -> Outcome:
    """One address. A display name around it ("Bob <b@example.org>") and "mailto:" are left out."""
    if not isinstance(raw, str):
        raw = plain(raw)
    local, at, domain = raw.strip(" ").rpartition("@")
    if at and len(local) <= LONGEST_LOCAL_PART and _PLAIN_LOCAL.fullmatch(local):
        standard = _standard_domain(domain)
        if isinstance(standard, str) and len(local) + len(standard) < LONGEST_EMAIL:
            return Accepted(f"{local.lower()}@{standard}")
    return _standardise_unusual(raw)


def _standardise_unusual(raw: str) -> Outcome:
    text = clean(raw, longest=1000)
    if isinstance(text, Refused):
        return text
    if len(raw.strip().splitlines()) > 1:
        return Refused("There is a line break within the e-mail address.", _REMEDY)
    if "@" not in text:
        return Refused("There is no @ in it, so it is not an e-mail address.", _REMEDY)
    angle = _ANGLE.fullmatch(text)
    if angle:
        return _standardise_bare(angle["address"])
    if '"' not in text and sum("@" in piece for piece in _BETWEEN.split(text)) > 1:
        return Refused(
            "There are several e-mail addresses in one value.",
            "Give each address a column or a row of its own.",
        )
    return _standardise_bare(text)


def _standardise_bare(text: str) -> Outcome:
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0]
    if len(text) > LONGEST_EMAIL:
        return _TOO_LONG
    try:
        checked = validate_email(text, check_deliverability=False, allow_quoted_local=True, strict=True)
    except EmailNotValidError as fault:
        return Refused(_in_plain_words(str(fault)), _REMEDY)
    if len(checked.local_part) > LONGEST_LOCAL_PART:
        return _TOO_LONG
    return Accepted(f"{checked.local_part.lower()}@{checked.domain.lower()}")


@lru_cache(1 << 16)
def _standard_domain(domain: str) -> str | None:
    """The domain as the library writes it, or None where it must be looked at with the whole address."""
    if not domain.isascii() or not domain.isprintable() or len(domain) > LONGEST_EMAIL:
        return None
    try:
        return validate_email(f"name@{domain}", check_deliverability=False).domain.lower()
    except EmailNotValidError:
        return None


SAID_OF_EMAILS = (  # what the library says most often, in our words, for the catalogue
    noted_text("There must be something before the @."),
    noted_text("There must be something after the @."),
    noted_text("The e-mail address contains invalid characters before the @: {characters}."),
    noted_text("The part after the @ contains invalid characters: {characters}."),
    noted_text("The part after the @ is not valid. It should have a period."),
    noted_text("The part after the @ is not valid. It is not within a valid top-level domain."),
    noted_text("The part after the @ is a special-use or reserved name that cannot be used with email."),
    noted_text("An e-mail address cannot have two periods in a row."),
    noted_text("An e-mail address cannot have a period immediately before the @."),
    noted_text("An e-mail address cannot have a period immediately after the @."),
    noted_text("An e-mail address cannot start with a period."),
    noted_text("An e-mail address cannot end with a period."),
    noted_text("An e-mail address cannot have a hyphen immediately after the @."),
    noted_text("An e-mail address cannot end with a hyphen."),
)


def _in_plain_words(fault: str) -> str:
    """The library's sentence, which is already for people, without its RFC vocabulary."""
    return (
        fault.replace("@-sign", "@")
        .replace("the email address", "the e-mail address")
        .replace("The email address", "The e-mail address")
        .replace("An email address", "An e-mail address")
    )
