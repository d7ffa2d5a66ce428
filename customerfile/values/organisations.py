"""Names of organisations: the legal form taken off and named, and whether a name is one of an organisation
at all."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from customerfile.values.folding import fold
from customerfile.values.outcome import Accepted, Context, Outcome, Refused
from customerfile.values.text import LOST_CHARACTER_NOTE, clean, plain
from customerfile.values.words import words

LONGEST_NAME = 300
_MOST_WORDS = 5  # of a legal form
_AMBIGUOUS = words("sa as ab co se oy nv bv ag ev kg sc sp ou spa ad da ks bt kb sl pt sca ug ltda ohg")
_SURE_WORDS = words(
    "company corporation incorporated holdings holding group bank university universite universitat"
    " universidad college institute foundation stiftung fondation fundacion association asociacion verein"
    " associazione ministry department hospital clinic klinik hotel restaurant pharmacy apotheke pharmacie"
    " farmacia consulting solutions technologies industries enterprises services partners partnership"
    " logistics systems software insurance versicherung assurance assurances seguros bakery bistro cafe"
    " museum library theatre charity federation society cooperative genossenschaft council municipality"
    " committee studio studios agency laboratories exports imports trading ventures capital properties"
    " supermarket brewery airlines airways motors"
)
_ALSO_NAMES = frozenset(("Co", "Bt"))  # "Li Co" is rather a person
_WEAK_WORDS = words(
    "church school club trust shop store stores market hall house garage sons brothers bros centre center"
)

NOT_A_NAME = Refused(
    "There is no letter or digit in it, so it is not a name.", "Write the name, or leave it out."
)
ONLY_A_FORM = Refused("This is a legal form without a name.", "Write the name of the organisation before it.")


def standardise_organisation_name(raw: str | dict[str, str], context: Context) -> Outcome:
    """{"organisation_name": "Acme", "legal_form": "GmbH"}; no legal_form where none is written. Case is
    kept."""
    text = raw if isinstance(raw, str) else raw.get("organisation_name") or plain(raw)
    split = _split(text)
    if isinstance(split, Refused):
        return split
    name, form = split
    if not form and isinstance(raw, dict) and raw.get("legal_form"):
        form = _canonical_form(raw["legal_form"])
    value = {"organisation_name": name, "legal_form": form} if form else {"organisation_name": name}
    return Accepted({**value}, (LOST_CHARACTER_NOTE,) if "\ufffd" in name else ())


@lru_cache(1 << 14)
def looks_like_organisation(text: str) -> bool:
    """Whether a name is rather one of an organisation: a legal form or a word that no person is called."""
    split = _split(text)
    if isinstance(split, Refused):
        return False
    name, form = split
    words = fold(name).split()
    if form:
        return form not in _ALSO_NAMES or len(words) > 1
    if len(words) > 1 and not _SURE_WORDS.isdisjoint(words):
        return True
    return len(words) > 2 and (not _WEAK_WORDS.isdisjoint(words) or words[0] == "the")


@lru_cache(1 << 14)
def _split(raw: str) -> tuple[str, str] | Refused:
    text = clean(raw, LONGEST_NAME)
    if isinstance(text, Refused):
        return text
    text = text.strip(' ,;"“”„«»|*')
    if not any(map(str.isalnum, text)):
        return NOT_A_NAME
    words = text.split(" ")
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        for form_words, rest in ((words[-count:], words[:-count]), (words[:count], words[count:])):
            form = _form_of(form_words, at_end=rest is not None and form_words == words[-count:])
            name = " ".join(rest).strip(" ,;-(")
            if form and any(map(str.isalnum, name)):
                return name, form
    return (
        ONLY_A_FORM
        if len(words) == 1 and _form_of(words, at_end=True) and fold(text) not in _AMBIGUOUS
        else (text, "")
    )


def _form_of(words: list[str], *, at_end: bool) -> str:
    """The legal form that these words are, or "". Short forms that are also words must be written in
    capitals or dots."""
    written = " ".join(words).strip("(),;")
    key = _key(written)
    form = _forms().get(key, "")
    if not form or (not at_end and key not in _LEADING and written.isascii()):
        return ""
    if key in _AMBIGUOUS and not (written.isupper() or "." in written or written == form):
        return ""
    return form


def _canonical_form(text: str) -> str:
    return _forms().get(_key(text), " ".join(text.split()))


def _key(text: str) -> str:
    """ "S. à r. l." and "SARL" look the same: folded, without spaces and marks."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


_LEADING = words("sarl sa sas eurl sci sasu snc pt ooo oao zao pao ao ip tov too uab ab as firma cv ud")


@cache
def _forms() -> dict[str, str]:
    """Key of a spelling -> the form's usual short spelling. Lines of legal_forms.txt: form | other
    spellings."""
    known: dict[str, str] = {}
    for line in files("customerfile.values").joinpath("legal_forms.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            spellings = [spelling.strip() for spelling in line.split("|")]
            for spelling in spellings:
                known.setdefault(_key(spelling), spellings[0])
    return known
