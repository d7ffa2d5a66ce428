"""Small closed lists: gender, yes or no, language and currency, in the words of several languages."""

from functools import cache

import pycountry
from babel import Locale

from customerfile.base.told import noted_text
from customerfile.values.folding import fold
from customerfile.values.outcome import Accepted, Context, Outcome, Refused
from customerfile.values.reader_locale import reader_locale
from customerfile.values.text import clean, plain
from customerfile.values.words import words

_GENDERS = {
    "female": "f female woman w femme feminin feminine frau weiblich mujer femenino hembra femmina"
    " femminile donna vrouw"
    " feminino mulher girl mme mrs ms miss frau kvinna zena kobieta she fem",
    "male": "m male man h homme masculin masculine mann mannlich maennlich herr hombre masculino varon"
    " maschio maschile"
    " uomo homem boy mr he muz mezczyzna masc",
    "other": "o other x d divers diverse non binary|nonbinary|nb|non binary|autre otro otra altro andere"
    " anders neither"
    " third enby they",
}
_YES = "yes y true t 1 on oui o vrai ja j wahr si s verdadero cierto x ok sim da tak ano checked"
_NO = "no n false f 0 off non faux nein falsch falso nao nee ne nie unchecked"
_SPANISH_SPEAKING = words("ES MX AR CL CO PE VE EC BO PY UY CR PA HN SV GT NI DO CU PR")

_UNKNOWN_GENDER = Refused(
    "This word for a gender is not known.", "Write female, male or other, or leave it out."
)
_NAMED_IN_THEMSELVES = words(
    "da sv nb fi pl cs sk hu ro hr sr sl bg el tr ru uk et lv lt ca eu gl ga ar he fa hi zh ja ko th vi id"
)
_UNSAID = words("u unknown 0 9 unspecified undisclosed none unbekannt inconnu desconocido")
_UNSAID_GENDER = Refused(
    "It says that the gender is not known.", "Nothing need be done: the field stays empty."
)
_NO_BOOLEAN = Refused("This is neither yes nor no.", "Write yes or no.")
_UNKNOWN_LANGUAGE = Refused(
    "This language is not known.", "Write its English name or its code, for example fr."
)
_UNKNOWN_CURRENCY = Refused("This currency is not known.", "Write its three-letter code, for example EUR.")


def standardise_gender(raw: str | dict[str, str], context: Context) -> Outcome:
    """ "female", "male" or "other"."""
    text = clean(plain(raw))
    if isinstance(text, Refused):
        return text
    folded = fold(text)
    if folded == "m" and context.country in _SPANISH_SPEAKING:
        return Accepted("male", (noted_text("M read as male (masculino); it may stand for mujer"),))
    if folded in ("1", "2"):
        return Accepted(
            "male" if folded == "1" else "female",
            (noted_text("the number read as ISO 5218: 1 male, 2 female"),),
        )
    gender = _genders().get(folded)
    if gender:
        return Accepted(gender)
    return _UNSAID_GENDER if folded in _UNSAID else _UNKNOWN_GENDER


def standardise_boolean(raw: str | dict[str, str], context: Context) -> Outcome:
    """True or False."""
    text = clean(plain(raw))
    if isinstance(text, Refused):
        return text
    folded = fold(text)
    answer = _answers().get(folded.removesuffix(" 0") if folded in ("1 0", "0 0") else folded)
    return _NO_BOOLEAN if answer is None else Accepted(answer)


def standardise_language(raw: str | dict[str, str], context: Context) -> Outcome:
    """A language code ("fr"), with its country where one is written ("pt-BR")."""
    text = clean(plain(raw))
    if isinstance(text, Refused):
        return text
    code, _, region = text.replace("_", "-").partition("-")
    known = _languages().get(fold(text)) or _languages().get(fold(code))
    if not known:
        return _UNKNOWN_LANGUAGE
    is_region = len(region) == 2 and region.isascii() and region.isalpha() and len(code) <= 3
    return Accepted(f"{known}-{region.upper()}" if is_region else known)


def standardise_currency(raw: str | dict[str, str], context: Context) -> Outcome:
    """ISO 4217 code."""
    text = clean(plain(raw))
    if isinstance(text, Refused):
        return text
    code = (
        text.upper()
        if text.upper() in currency_codes()
        else _currencies().get(fold(text)) or _SYMBOLS.get(text, "")
    )
    return Accepted(code) if code else _UNKNOWN_CURRENCY


def language_name(code: str) -> str:
    """The name of a language code as the reader calls it."""
    return str(reader_locale().languages.get(code.partition("-")[0], code))


@cache
def currency_codes() -> frozenset[str]:
    """Every ISO 4217 code in use."""
    return frozenset(currency.alpha_3 for currency in pycountry.currencies)


_SYMBOLS = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "zł": "PLN",
    "Kč": "CZK",
    "₽": "RUB",
    "₺": "TRY",
    "₩": "KRW",
    "R$": "BRL",
}


@cache
def _genders() -> dict[str, str]:
    return {
        word: gender
        for gender, words in _GENDERS.items()
        for group in words.split("|")
        for word in ((group,) if group == "non binary" else group.split())
    }


@cache
def _answers() -> dict[str, bool]:
    return dict.fromkeys(_YES.split(), True) | dict.fromkeys(_NO.split(), False)


@cache
def _languages() -> dict[str, str]:
    """Folded names and codes of languages to their shortest code; a language's own name too."""
    known: dict[str, str] = {}
    for language in pycountry.languages:
        short = getattr(language, "alpha_2", "")
        if short:
            known.update({short: short, language.alpha_3: short, fold(language.name): short})
            known.setdefault(getattr(language, "bibliographic", short), short)
    for display in ("en", "fr", "de", "es", "it", "pt", "nl"):
        for code, name in Locale.parse(display).languages.items():
            if len(code) == 2:
                known.setdefault(fold(name), code)
    for code in _NAMED_IN_THEMSELVES:
        known.setdefault(fold(str(Locale.parse(code).languages[code])), code)
    known.pop("", None)
    return known


@cache
def _currencies() -> dict[str, str]:
    known: dict[str, str] = {}
    for display in ("en", "fr", "de", "es"):
        for code, name in Locale.parse(display).currencies.items():
            if code in currency_codes():
                known.setdefault(fold(name), code)
    return known | {
        "euro": "EUR",
        "euros": "EUR",
        "pound": "GBP",
        "dollar": "USD",
        "us dollar": "USD",
        "sterling": "GBP",
    }
