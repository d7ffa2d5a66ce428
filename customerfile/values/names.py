"""Parts of a person's name: casing, particles, titles and suffixes. Mixed case is kept as its writer wrote
it."""

import re
from functools import lru_cache

from customerfile.base.told import noted_text
from customerfile.values.outcome import Accepted, Context, Outcome, Refused
from customerfile.values.text import LOST_CHARACTER_NOTE, clean, plain
from customerfile.values.words import words

LONGEST_NAME = 150

PARTICLES = words(
    "de del della delle degli dei di da das do dos du van von vom der den ter ten te zu zum zur und af av"
    " y e bin bint ibn al el la las los des d' l'"
)
_LEADING_ONLY_AFTER_PARTICLE = frozenset(("la", "las", "los", "el", "e", "y", "und", "te"))
_MAC_NAMES = words(
    "macdonald macleod macarthur macgregor macmillan macpherson maclean macintyre macintosh mackinnon"
    " macdougall macneil macfarlane macdougal macaulay maccallum macrae macqueen macdowell macdermott"
    " macbride"
)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'"})
_VOWEL = re.compile("[aeiouyAEIOUY]")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?\.?")
_WORD_BREAK = re.compile(r"([\s\-/]+)")
_LOOKS_LIKE_EMAIL = re.compile(r"\S@\S+\.\S")

NOT_A_NAME = Refused("There is no letter in it, so it is not a name.", "Write the name, or leave it out.")
EMAIL_AS_NAME = Refused(
    "This is an e-mail address, not a name.",
    "Put the address in the e-mail column and the name in the name column.",
)

_PREFIX_WORDS = {
    "Mr": "mr mister", "Mrs": "mrs missus", "Miss": "miss", "Ms": "ms", "Mx": "mx", "Dr": "dr doctor doc drs",
    "Prof": "prof professor professeur", "Sir": "sir", "Dame": "dame", "Lord": "lord", "Lady": "lady",
    "Rev": "rev reverend revd", "Hon": "hon honourable honorable", "Capt": "capt captain",
    "Col": "col colonel",
    "Maj": "maj major", "Lt": "lt lieutenant", "Sgt": "sgt sergeant", "Herr": "herr hr", "Frau": "frau fr",
    "M": "m", "Monsieur": "monsieur", "Mme": "mme madame", "Mlle": "mlle mademoiselle",
    "Sr": "sr senor señor",
    "Sra": "sra senora señora", "Srta": "srta senorita señorita", "Don": "don", "Doña": "doña",
    "Sig": "sig signor", "Sig.ra": "sigra signora", "Dott": "dott dottore", "Dott.ssa": "dottssa dottoressa",
    "Ing": "ing", "Dipl.-Ing.": "dipling dipl-ing", "Avv": "avv", "Mag": "mag", "Dhr": "dhr",
    "Mevr": "mevr mw mevrouw",
    "Pan": "pan", "Paní": "paní pani", "Mr & Mrs": "mr&mrs mrandmrs", "Father": "father", "Sister": "sister",
}  # fmt: skip
_SUFFIX_WORDS = {
    "Jr": "jr junior jnr", "Sr": "sr senior snr", "II": "ii 2nd", "III": "iii 3rd", "IV": "iv 4th",
    "V": "v 5th",
    "VI": "vi", "PhD": "phd", "MD": "md", "Esq": "esq esquire", "CPA": "cpa", "DDS": "dds", "RN": "rn",
    "OBE": "obe",
    "MBE": "mbe", "CBE": "cbe", "KC": "kc", "QC": "qc", "MBA": "mba", "MSc": "msc", "BSc": "bsc",
    "LLM": "llm",
    "LLB": "llb", "DVM": "dvm", "CFA": "cfa", "FRCS": "frcs", "Filho": "filho", "Neto": "neto",
    "fils": "fils", "père": "père", "hijo": "hijo", "Ret": "ret retd",
}  # fmt: skip
PREFIXES = {variant: canonical for canonical, words in _PREFIX_WORDS.items() for variant in words.split()}
SUFFIXES = {variant: canonical for canonical, words in _SUFFIX_WORDS.items() for variant in words.split()}


def standardise_name(raw: str | dict[str, str], context: Context) -> Outcome:
    """A given, middle or family name: recased only where all capitals or all lower case."""
    return _standard_name(raw if isinstance(raw, str) else plain(raw))


def standardise_name_prefix(raw: str | dict[str, str], context: Context) -> Outcome:
    """A title, in its usual short form without a full stop ("Mister" -> "Mr")."""
    return _standard_affix(plain(raw), is_prefix=True)


def standardise_name_suffix(raw: str | dict[str, str], context: Context) -> Outcome:
    """A suffix, in its usual short form without a full stop ("junior" -> "Jr", "3rd" -> "III")."""
    return _standard_affix(plain(raw), is_prefix=False)


def affix_key(word: str) -> str:
    """The form in which titles and suffixes are looked up."""
    return word.lower().replace(".", "").replace(",", "").replace(" ", "")


@lru_cache(1 << 16)
def recase(text: str) -> str:
    """A name in capitals or in lower case, as it is usually written; mixed case unchanged."""
    if not (text.isupper() or text.islower()):
        return text
    if text.isalpha() and text.isascii() and " " not in text:
        return _recase_word(text, first=True, shouted=text.isupper())
    pieces = _WORD_BREAK.split(text)
    shouted = text.isupper()
    recased: list[str] = []
    for position, piece in enumerate(pieces):
        if position % 2:
            recased.append(piece)
        else:
            recased.append(_recase_piece(piece, recased, shouted=shouted, last=position == len(pieces) - 1))
    return "".join(recased)


@lru_cache(1 << 16)
def _standard_name(raw: str) -> Outcome:
    text = clean(raw, LONGEST_NAME)
    if isinstance(text, Refused):
        return text
    if text.isalpha() and text.istitle():
        return Accepted(text)
    text = text.translate(_APOSTROPHES).strip(' ,;_*|"')
    if not any(map(str.isalpha, text)):
        return NOT_A_NAME
    if _LOOKS_LIKE_EMAIL.search(text):
        return EMAIL_AS_NAME
    return Accepted(_recased(text), _name_notes(text))


def _recased(text: str) -> str:
    """As `recase`; a generation in mixed case behind a name in capitals ("EDWARDS Jr") does not hide them."""
    name, _, last = text.rpartition(" ")
    if name.isupper() and not last.isupper() and affix_key(last) in SUFFIXES:
        return f"{recase(name)} {last}"
    return recase(text)


def _name_notes(text: str) -> tuple[str, ...]:
    notes: tuple[str, ...] = ()
    if any(map(str.isdigit, text)):
        notes += (noted_text("the name holds a digit"),)
    if "\ufffd" in text:
        notes += (LOST_CHARACTER_NOTE,)
    return notes


def _recase_piece(piece: str, before: list[str], *, shouted: bool, last: bool) -> str:
    """One word within a name: particles stay small unless they end it; "la" only after another particle."""
    lower = piece.lower()
    if lower in PARTICLES and not last:
        previous = next((word for word in reversed(before) if word.strip(" -/")), "")
        if lower not in _LEADING_ONLY_AFTER_PARTICLE or previous.islower() or (lower in "ey" and previous):
            return lower
    return _recase_word(piece, first=not before, shouted=shouted)


def _recase_word(word: str, *, first: bool, shouted: bool) -> str:
    lower = word.lower()
    if _INITIALS.fullmatch(word):
        return word.upper()
    if shouted and first and len(word) == 2 and not _VOWEL.search(word):
        return word  # TJ, JP
    if lower.startswith("mc") and len(lower) > 3:
        return "Mc" + lower[2:].capitalize()
    if lower in _MAC_NAMES:
        return "Mac" + lower[3:].capitalize()
    if "'" in lower:
        return _recase_around_apostrophe(lower)
    return lower[:1].upper() + lower[1:]


def _recase_around_apostrophe(lower: str) -> str:
    """O'Brien, D'Angelo, dell'Acqua; but Sa'id and Ma'am keep a small letter behind a longer beginning."""
    head, _, tail = lower.partition("'")
    if len(head) == 1:
        return f"{head.upper()}'{tail[:1].upper()}{tail[1:]}"
    if head in ("dell", "nell", "sant"):
        return f"{head.capitalize()}'{tail[:1].upper()}{tail[1:]}"
    return f"{head[:1].upper()}{head[1:]}'{tail}"


@lru_cache(1 << 12)
def _standard_affix(raw: str, *, is_prefix: bool) -> Outcome:
    text = clean(raw, LONGEST_NAME)
    if isinstance(text, Refused):
        return text
    if not any(map(str.isalnum, text)):
        return NOT_A_NAME
    known = PREFIXES if is_prefix else SUFFIXES
    whole = known.get(affix_key(text))
    if whole:
        return Accepted(whole)
    words = [known.get(affix_key(word), word.strip(",")) for word in text.split()]
    return Accepted(" ".join(filter(None, words)))
