"""What the codes of the ledger mean, in words. Pure."""

from collections.abc import Mapping
from typing import Any

_DONE = {
    "access.user.created": "Let somebody in",
    "access.user.signed_in": "Signed in",
    "access.user.role_changed": "Changed somebody's role",
    "access.user.limited": "Changed whose customers somebody sees",
    "access.user.disabled": "Let somebody in no longer",
    "access.user.enabled": "Let somebody in again",
    "access.role.defined": "Changed what a role may do",
    "access.role.reset": "Took a role back to how it ships",
    "access.link.issued": "Made a sign-in link",
    "access.link.used": "Signed in by a link",
    "access.password.set": "Set a password",
    "access.sign_in.refused": "Was refused at sign-in",
    "access.authenticator.added": "Set up an authenticator app",
    "access.authenticator.removed": "Removed an authenticator app",
    "access.passkey.added": "Set up a passkey",
    "access.passkey.removed": "Removed a passkey",
    "access.provider.linked": "Signed in by single sign-on for the first time",
    "access.recovery_codes.made": "Made recovery codes",
    "access.recovery_code.used": "Used a recovery code",
    "access.second_factor.reset": "Reset somebody's second factor",
    "access.second_factor.rule_changed": "Changed who has to have a second factor",
    "access.sessions.ended": "Ended sessions",
    "access.token.created": "Made a token",
    "access.token.revoked": "Revoked a token",
    "audit.ledger.read": "Read who did and saw what",
    "audit.ledger.verified": "Verified the ledger",
    "audit.ledger.purged": "Dropped months of the ledger that were kept for long enough",
    "audit.reads.many": "Saw very many customers within an hour",
    "audit.notice.acknowledged": "Took note of what somebody did",
    "customers.customer.merged": "Merged customers",
    "customers.customer.split": "Split a customer",
    "customers.value.corrected": "Corrected a value of a customer",
    "customers.customer.confirmed": "Confirmed what is on file of a customer",
    "customers.correction.withdrawn": "Took a correction back",
    "customers.pair.judged": "Judged a pair of records",
    "customers.pairs.paired_off": "Paired off two lists",
    "customers.judgement.withdrawn": "Took a judgement back",
    "customers.relationship.stated": "Added a relationship",
    "customers.relationship.proposed": "Set a relationship back to proposed",
    "customers.relationship.confirmed": "Confirmed a relationship",
    "customers.relationship.dismissed": "Dismissed a relationship",
    "customers.watch_hit.open": "Reopened a hit of a watch list",
    "customers.watch_hit.confirmed": "Confirmed a hit of a watch list",
    "customers.watch_hit.dismissed": "Dismissed a hit of a watch list",
    "customers.households.proposed": "Looked for households",
    "customers.match_model.applied": "Changed the match model",
    "customers.judging_rules.changed": "Changed how many must agree",
    "customers.file.exported": "Exported the customers",
    "customers.view.saved": "Saved a view of the customer list",
    "customers.view.removed": "Took a view of the customer list away",
    "customers.bulk_change.begun": "Began to change a field of many customers",
    "customers.bulk_change.finished": "Changed a field of many customers",
    "customers.bulk_change.undo_begun": "Began to take a bulk change back",
    "customers.bulk_change.undone": "Took a bulk change back",
    "customers.list.exported": "Exported a list of customers",
    "customers.links.exported": "Exported which record belongs to whom",
    "customers.file.reconciled": "Reconciled the file",
    "intake.customer.added": "Added a customer by hand",
    "intake.note.added": "Added a note",
    "intake.note.edited": "Changed a note",
    "intake.note.removed": "Took a note away",
    "intake.export.begun": "Began an export",
    "intake.export.failed": "An export failed: nothing left",
    "sources.rejects.exported": "Exported what a delivery refused",
    "audit.ledger.exported": "Exported the sealed ledger",
    "database.row.added": "Added in the database itself, past the product",
    "database.row.changed": "Changed in the database itself, past the product",
    "database.row.removed": "Removed in the database itself, past the product",
    "definition.version.applied": "Changed the file definition",
    "sources.source.created": "Added a source",
    "sources.source.changed": "Changed a source",
    "sources.upload.added": "Handed a file in",
    "sources.upload.discarded": "Gave a file up that was handed in",
    "intake.demonstration.loaded": "Loaded the demonstration",
    "intake.demonstration.removed": "Removed the demonstration without trace",
    "sources.delivery.begun": "Began an import",
    "sources.delivery.finished": "Imported a delivery",
    "sources.delivery.undone": "Took a delivery back",
    "sources.delivery.stopped": "An import was stopped",
    "quality.file.measured": "Measured the quality of the file",
    "webhooks.endpoint.added": "Let another system be told what happens",
    "webhooks.endpoint.removed": "Let another system be told nothing any more",
    "webhooks.endpoint.secret_rotated": "Gave a webhook a new secret",
    "webhooks.endpoint.switched_on": "Switched a webhook on",
    "webhooks.endpoint.switched_off": "Switched a webhook off",
    "webhooks.endpoint.tested": "Sent a test to a webhook",
    "webhooks.endpoint.message_resent": "Sent a message of a webhook again",
    "webhooks.endpoint.given_up": "A webhook was switched off: it is gone or failed for five days",
}
_EXPORTS = {
    "customers.file.exported",
    "customers.list.exported",
    "customers.links.exported",
    "sources.rejects.exported",
    "audit.ledger.exported",
    "intake.export.begun",
}
_SEEN = {
    "customers": "the customer list",
    "bulk-change": "what a change of many customers does",
    "customer": "the customer's file",
    "customer-activity": "who saw and changed the customer",
    "for-you": "the notes that mention them",
    "note": "a note on a customer",
    "field": "a value of a customer and where it is from",
    "new-customer": "customers like one that was entered",
    "record-link": "why a record stands here",
    "judgements": "the judgements on a customer",
    "merge": "the page to merge",
    "split": "the page to split",
    "pair": "a pair of records",
    "review": "the review queue",
    "search": "results of a search",
    "quality-figure": "customers behind a figure of data quality",
    "show": "the customer's file",
    "find": "results of a search",
    "import": "whom a file would join",
    "audit show": "who saw and changed the customer",
}
_SUBJECTS = {
    "api_token": "token",
    "judgement_act": "judgement",
    "correction": "correction",
    "watch_hit": "hit",
    "note": "note",
    "saved_view": "view",
    "bulk_change": "bulk change",
    "user": "user",
    "role": "role",
    "relationship": "relationship",
    "delivery": "delivery",
    "upload": "upload",
    "source": "source",
    "definition": "version",
    "webhook_endpoint": "endpoint",
    "audit_entry": "entry",
    "record": "record",
    "table": "table",
}


def what_was_done(code: str, subject: str, detail: Mapping[str, Any]) -> str:
    """ "Merged customers (judgement 12)". A code that is not known here is shown as it is, without its dots."""
    words = _DONE.get(code, code.replace(".", " ").replace("_", " ").capitalize())
    kind, _, which = subject.partition(":")
    about = [f"{_SUBJECTS[kind]} {which}"] if kind in _SUBJECTS and which else []
    if code in _EXPORTS and isinstance(detail.get("count"), int):
        about.append(f"{detail['count']:,} rows")
    if code == "audit.reads.many" and isinstance(detail.get("count"), int):
        about.append(f"{detail['count']:,} customers")
    if code in _EXPORTS and detail.get("reason"):
        about.append(f"reason: {detail['reason']}")
    return f"{words} ({', '.join(about)})" if about else words


def what_was_seen(page: str, customers: int) -> str:
    """ "Saw the customer list: 50 customers", with the way it was seen where that was no page."""
    way, _, name = page.partition(" ")
    where = name if way in ("api", "command") and name else page
    by = {"api": " through the API", "command": " by a command"}.get(way, "") if where != page else ""
    count = f": {customers:,} customers" if customers > 1 else ""
    return f"Saw {_SEEN.get(where, where)}{by}{count}"
