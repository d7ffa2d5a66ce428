"""In which role somebody holds an agreement: the roles there are, and how files and people call them. Pure."""

from enum import StrEnum

from customerfile.base.told import noted_text
from customerfile.values.folding import fold


class Role(StrEnum):
    OWNER = "owner"
    JOINT_OWNER = "joint_owner"
    SIGNATORY = "signatory"
    USER = "user"
    GUARANTOR = "guarantor"
    BENEFICIARY = "beneficiary"
    PAYER = "payer"
    CONTACT = "contact"
    CREDITED = "credited"

    @property
    def owns(self) -> bool:
        """Whether what is held counts as one's own, with all that belongs to it."""
        return self in (Role.OWNER, Role.JOINT_OWNER)

    @property
    def words(self) -> str:
        """As in "Berlin Savings, signatory"."""
        return _WORDS[self]


_WORDS = {
    Role.OWNER: noted_text("owner"),
    Role.JOINT_OWNER: noted_text("joint owner"),
    Role.SIGNATORY: noted_text("signatory"),
    Role.USER: noted_text("user"),
    Role.GUARANTOR: noted_text("guarantor"),
    Role.BENEFICIARY: noted_text("beneficiary"),
    Role.PAYER: noted_text("payer"),
    Role.CONTACT: noted_text("contact"),
    Role.CREDITED: noted_text("credited"),
}
_ALSO = {
    Role.OWNER: (
        "holder", "account holder", "policyholder", "subscriber", "member", "donor", "borrower", "client", "customer",
        "titulaire", "emprunteur", "abonné", "donateur", "inhaber", "titular", "primary",
    ),
    Role.JOINT_OWNER: ("joint", "co-owner", "joint holder", "co-borrower", "cotitulaire", "mitinhaber", "cotitular"),
    Role.SIGNATORY: ("disponent", "authorised signatory", "authorized signatory", "attorney", "mandataire"),
    Role.USER: ("authorised user", "authorized user", "cardholder", "driver", "utilisateur", "nutzer"),
    Role.GUARANTOR: ("surety", "caution", "garant", "bürge", "avalista"),
    Role.BENEFICIARY: ("insured", "assuré", "bénéficiaire", "begünstigter"),
    Role.PAYER: ("payor", "bill to", "payeur", "zahler", "pagador"),
    Role.CONTACT: ("contact person", "interlocuteur", "ansprechpartner"),
    Role.CREDITED: ("soft credit", "soft credited", "in honour of", "in honor of"),
}  # fmt: skip
_BY_WORD = {
    fold(word): role for role in Role for word in (role.value.replace("_", " "), role.words, *_ALSO[role])
}


def role_called(text: str) -> Role | None:
    """The role that a file calls so; None where no role is called so."""
    return _BY_WORD.get(fold(text.replace("_", " ")))
