"""What terms of agreements are called: words of the shipped packs stand in the catalogue, others as declared."""

from django.utils.translation import gettext, gettext_noop

SHIPPED = (
    gettext_noop("Billing"), gettext_noop("Bought on"), gettext_noop("Branch"), gettext_noop("Campaign"),
    gettext_noop("Card type"), gettext_noop("Data allowance"), gettext_noop("Deliverable"), gettext_noop("Equipment"),
    gettext_noop("Frequency"), gettext_noop("Hours"), gettext_noop("Instalments"), gettext_noop("Interest rate"),
    gettext_noop("Interval months"), gettext_noop("Last digits"), gettext_noop("Last used on"), gettext_noop("Level"),
    gettext_noop("Limit"), gettext_noop("Months"), gettext_noop("Next due on"), gettext_noop("Notice days"),
    gettext_noop("Order id"), gettext_noop("Overdraft limit"), gettext_noop("Paid until"), gettext_noop("Payment"),
    gettext_noop("Payment method"), gettext_noop("Period"), gettext_noop("Plan"), gettext_noop("Purchased on"),
    gettext_noop("Purpose"), gettext_noop("Rate"), gettext_noop("Serial number"), gettext_noop("Services"),
    gettext_noop("To account"), gettext_noop("To bank"),
    # what else a row of a file of agreements says
    gettext_noop("Kind"), gettext_noop("Holder"), gettext_noop("Role"), gettext_noop("Number"), gettext_noop("Product"),
    gettext_noop("Status"), gettext_noop("Currency"), gettext_noop("Opened on"), gettext_noop("Closed on"),
    gettext_noop("Due on"), gettext_noop("Amount"), gettext_noop("Balance"), gettext_noop("Balance on"),
    gettext_noop("Under kind"), gettext_noop("Under key"), gettext_noop("Under role"),
)  # fmt: skip


def term_label(key: str) -> str:
    """ "interest_rate" -> "Interest rate", in the reader's language."""
    return gettext(key.replace("_", " ").capitalize())
