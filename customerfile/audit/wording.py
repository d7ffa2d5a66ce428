"""What the codes of the ledger mean, in words. Pure."""

from collections.abc import Mapping
from typing import Any

from customerfile.base.told import noted_text, told, told_counted

_DONE = {
    "access.user.created": noted_text("Let somebody in"),
    "access.user.signed_in": noted_text("Signed in"),
    "access.user.role_changed": noted_text("Changed somebody's role"),
    "access.user.limited": noted_text("Changed whose customers somebody sees"),
    "access.user.disabled": noted_text("Let somebody in no longer"),
    "access.user.enabled": noted_text("Let somebody in again"),
    "access.role.defined": noted_text("Changed what a role may do"),
    "access.role.reset": noted_text("Took a role back to how it ships"),
    "access.link.issued": noted_text("Made a sign-in link"),
    "access.link.used": noted_text("Signed in by a link"),
    "access.password.set": noted_text("Set a password"),
    "access.sign_in.refused": noted_text("Was refused at sign-in"),
    "access.authenticator.added": noted_text("Set up an authenticator app"),
    "access.authenticator.removed": noted_text("Removed an authenticator app"),
    "access.passkey.added": noted_text("Set up a passkey"),
    "access.passkey.removed": noted_text("Removed a passkey"),
    "access.provider.linked": noted_text("Signed in by single sign-on for the first time"),
    "access.recovery_codes.made": noted_text("Made recovery codes"),
    "access.recovery_code.used": noted_text("Used a recovery code"),
    "access.second_factor.reset": noted_text("Reset somebody's second factor"),
    "access.second_factor.rule_changed": noted_text("Changed who has to have a second factor"),
    "access.sessions.ended": noted_text("Ended sessions"),
    "access.token.created": noted_text("Made a token"),
    "access.token.revoked": noted_text("Revoked a token"),
    "audit.ledger.read": noted_text("Read who did and saw what"),
    "audit.ledger.verified": noted_text("Verified the ledger"),
    "audit.ledger.purged": noted_text("Dropped months of the ledger that were kept for long enough"),
    "audit.reads.many": noted_text("Saw very many customers within an hour"),
    "audit.notice.acknowledged": noted_text("Took note of what somebody did"),
    "customers.customer.merged": noted_text("Merged customers"),
    "customers.customer.split": noted_text("Split a customer"),
    "customers.value.corrected": noted_text("Corrected a value of a customer"),
    "customers.customer.confirmed": noted_text("Confirmed what is on file of a customer"),
    "customers.correction.withdrawn": noted_text("Took a correction back"),
    "customers.pair.judged": noted_text("Judged a pair of records"),
    "customers.pairs.paired_off": noted_text("Paired off two lists"),
    "customers.judgement.withdrawn": noted_text("Took a judgement back"),
    "customers.relationship.stated": noted_text("Added a relationship"),
    "customers.relationship.proposed": noted_text("Set a relationship back to proposed"),
    "customers.relationship.confirmed": noted_text("Confirmed a relationship"),
    "customers.relationship.dismissed": noted_text("Dismissed a relationship"),
    "customers.watch_hit.open": noted_text("Reopened a hit of a watch list"),
    "customers.watch_hit.confirmed": noted_text("Confirmed a hit of a watch list"),
    "customers.watch_hit.dismissed": noted_text("Dismissed a hit of a watch list"),
    "customers.households.proposed": noted_text("Looked for households"),
    "customers.match_model.applied": noted_text("Changed the match model"),
    "customers.judging_rules.changed": noted_text("Changed how many must agree"),
    "customers.file.exported": noted_text("Exported the customers"),
    "customers.view.saved": noted_text("Saved a view of the customer list"),
    "customers.view.removed": noted_text("Took a view of the customer list away"),
    "customers.bulk_change.begun": noted_text("Began to change a field of many customers"),
    "customers.bulk_change.finished": noted_text("Changed a field of many customers"),
    "customers.bulk_change.undo_begun": noted_text("Began to take a bulk change back"),
    "customers.bulk_change.undone": noted_text("Took a bulk change back"),
    "customers.list.exported": noted_text("Exported a list of customers"),
    "customers.links.exported": noted_text("Exported which record belongs to whom"),
    "customers.file.reconciled": noted_text("Reconciled the file"),
    "intake.customer.added": noted_text("Added a customer by hand"),
    "intake.note.added": noted_text("Added a note"),
    "intake.note.edited": noted_text("Changed a note"),
    "intake.note.removed": noted_text("Took a note away"),
    "intake.export.begun": noted_text("Began an export"),
    "intake.export.failed": noted_text("An export failed: nothing left"),
    "sources.rejects.exported": noted_text("Exported what a delivery refused"),
    "audit.ledger.exported": noted_text("Exported the sealed ledger"),
    "database.row.added": noted_text("Added in the database itself, past the product"),
    "database.row.changed": noted_text("Changed in the database itself, past the product"),
    "database.row.removed": noted_text("Removed in the database itself, past the product"),
    "definition.version.applied": noted_text("Changed the file definition"),
    "sources.source.created": noted_text("Added a source"),
    "sources.source.changed": noted_text("Changed a source"),
    "sources.upload.added": noted_text("Handed a file in"),
    "sources.upload.discarded": noted_text("Gave a file up that was handed in"),
    "intake.demonstration.loaded": noted_text("Loaded the demonstration"),
    "intake.demonstration.removed": noted_text("Removed the demonstration without trace"),
    "sources.delivery.begun": noted_text("Began an import"),
    "sources.delivery.finished": noted_text("Imported a delivery"),
    "sources.delivery.undone": noted_text("Took a delivery back"),
    "sources.delivery.stopped": noted_text("An import was stopped"),
    "intake.quarantine.released": noted_text("Released events from quarantine"),
    "intake.quarantine.discarded": noted_text("Discarded events in quarantine"),
    "intake.quarantine.put_back": noted_text("Let discarded events wait in quarantine again"),
    "intake.mending_rule.made": noted_text("Made a rule that mends events"),
    "intake.mending_rule.taken_back": noted_text("Took a rule back that mends events"),
    "quality.file.measured": noted_text("Measured the quality of the file"),
    "webhooks.endpoint.added": noted_text("Let another system be told what happens"),
    "webhooks.endpoint.removed": noted_text("Let another system be told nothing any more"),
    "webhooks.endpoint.secret_rotated": noted_text("Gave a webhook a new secret"),
    "webhooks.endpoint.switched_on": noted_text("Switched a webhook on"),
    "webhooks.endpoint.switched_off": noted_text("Switched a webhook off"),
    "webhooks.endpoint.tested": noted_text("Sent a test to a webhook"),
    "webhooks.endpoint.message_resent": noted_text("Sent a message of a webhook again"),
    "webhooks.endpoint.given_up": noted_text(
        "A webhook was switched off: it is gone or failed for five days"
    ),
}
_EXPORTS = {
    "customers.file.exported",
    "customers.list.exported",
    "customers.links.exported",
    "sources.rejects.exported",
    "audit.ledger.exported",
    "intake.export.begun",
}
_SAW = {  # by the way it was seen; "" on a page
    "": noted_text("Saw {what}"),
    "api": noted_text("Saw {what} through the API"),
    "command": noted_text("Saw {what} by a command"),
}
_SEEN = {
    "customers": noted_text("the customer list"),
    "bulk-change": noted_text("what a change of many customers does"),
    "customer": noted_text("the customer's file"),
    "customer-activity": noted_text("who saw and changed the customer"),
    "for-you": noted_text("the notes that mention them"),
    "note": noted_text("a note on a customer"),
    "field": noted_text("a value of a customer and where it is from"),
    "new-customer": noted_text("customers like one that was entered"),
    "record-link": noted_text("why a record stands here"),
    "judgements": noted_text("the judgements on a customer"),
    "merge": noted_text("the page to merge"),
    "split": noted_text("the page to split"),
    "pair": noted_text("a pair of records"),
    "review": noted_text("the review queue"),
    "search": noted_text("results of a search"),
    "quality-figure": noted_text("customers behind a figure of data quality"),
    "show": noted_text("the customer's file"),
    "find": noted_text("results of a search"),
    "import": noted_text("whom a file would join"),
    "audit show": noted_text("who saw and changed the customer"),
}
_SUBJECTS = {
    "api_token": noted_text("token {which}"),
    "judgement_act": noted_text("judgement {which}"),
    "correction": noted_text("correction {which}"),
    "watch_hit": noted_text("hit {which}"),
    "note": noted_text("note {which}"),
    "saved_view": noted_text("view {which}"),
    "bulk_change": noted_text("bulk change {which}"),
    "user": noted_text("user {which}"),
    "role": noted_text("role {which}"),
    "relationship": noted_text("relationship {which}"),
    "delivery": noted_text("delivery {which}"),
    "upload": noted_text("upload {which}"),
    "source": noted_text("source {which}"),
    "definition": noted_text("version {which}"),
    "webhook_endpoint": noted_text("endpoint {which}"),
    "audit_entry": noted_text("entry {which}"),
    "record": noted_text("record {which}"),
    "table": noted_text("table {which}"),
}


def what_was_done(code: str, subject: str, detail: Mapping[str, Any]) -> str:
    """ "Merged customers (judgement 12)". A code that is not known here is shown as it is, without its dots."""
    words = told(_DONE.get(code, code.replace(".", " ").replace("_", " ").capitalize()))
    kind, _, which = subject.partition(":")
    count = detail.get("count")
    about = [told(_SUBJECTS[kind], which=which)] if kind in _SUBJECTS and which else []
    if code in _EXPORTS and isinstance(count, int):
        about.append(told_counted("{number:,} row", "{number:,} rows", count))
    if code == "audit.reads.many" and isinstance(count, int):
        about.append(_customers(count))
    if code in _EXPORTS and detail.get("reason"):
        about.append(told("reason: {reason}", reason=detail["reason"]))
    return f"{words} ({', '.join(about)})" if about else words


def what_was_seen(page: str, customers: int) -> str:
    """ "Saw the customer list: 50 customers", with the way it was seen where that was no page."""
    way, _, name = page.partition(" ")
    where = name if way in ("api", "command") and name else page
    saw = _SAW.get(way if where != page else "", _SAW[""])
    words = told(saw, what=told(_SEEN.get(where, where)))
    return (
        told("{seen}: {customers}", seen=words, customers=_customers(customers)) if customers > 1 else words
    )


def _customers(number: int) -> str:
    return told_counted("{number:,} customer", "{number:,} customers", number)
