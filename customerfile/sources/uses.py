"""What a contact point is for, in the words of the canonical record, from the words that other systems
write.
"""

from functools import lru_cache

from customerfile.values.folding import fold

_WORDS = {
    "home": (
        "home",
        "private",
        "personal",
        "privat",
        "privé",
        "prive",
        "domicile",
        "maison",
        "casa",
        "particular",
        "personnel",
    ),
    "work": (
        "work",
        "business",
        "office",
        "company",
        "arbeit",
        "geschäftlich",
        "büro",
        "travail",
        "bureau",
        "trabajo",
    ),
    "mobile": (
        "mobile",
        "cell",
        "cellular",
        "iphone",
        "handy",
        "mobil",
        "portable",
        "móvil",
        "movil",
        "gsm",
        "car",
    ),
    "fax": ("fax", "telefax", "facsimile"),
    "pager": ("pager", "bleep"),
    "main": ("main", "primary", "principal", "pref", "preferred", "default"),
    "billing": ("billing", "bill", "invoice", "rechnung", "facturation", "facturación", "facturacion"),
    "delivery": ("delivery", "shipping", "ship", "lieferung", "livraison", "envío", "envio", "parcel"),
    "mailing": ("mailing", "postal", "mail", "post"),
    "registered": ("registered", "headquarters", "siège", "siege"),
    "other": ("other", "custom", "autre", "otro", "andere", "sonstige"),
}
_USE_OF = {fold(word): use for use, words in _WORDS.items() for word in words}
_ORDER = (
    "fax",
    "pager",
    "mobile",
    "billing",
    "delivery",
    "registered",
    "home",
    "work",
    "mailing",
    "main",
    "other",
)
USE_WORDS = frozenset(_USE_OF)  # folded


@lru_cache(maxsize=4096)
def normal_use(text: str) -> str:
    """ "* Work" -> "work", "Home Fax" -> "fax", "CELL,VOICE" -> "mobile"; words that say nothing -> ""."""
    found = {_USE_OF[word] for word in fold(text).split() if word in _USE_OF}
    return next((use for use in _ORDER if use in found), "")
