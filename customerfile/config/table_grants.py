"""What the database roles may do with each table, in one list to be read as a whole. Silence grants nothing.

Ledgers are read and added to. Where something in them ends later (a link, a judgement), only the columns that say so
may be updated. What is deleted from them goes with its record, where a delivery is undone.
"""

from customerfile.base.grants import Grants, TableGrant

_READ = TableGrant(application="select")
_ADD = TableGrant(application="select insert")
_ADD_AND_REMOVE = TableGrant(application="select insert delete")
_KEEP = TableGrant(application="select insert update")
_ALL = TableGrant(application="select insert update delete")
_WITHDRAWAL = "withdrawn_at withdrawn_by"

TABLES = {
    "django_migrations": _READ,
    "django_content_type": _READ,
    "django_session": _ALL,
    "auth_group": _READ,
    "auth_group_permissions": _READ,
    "auth_permission": _READ,
    # audit
    "audit_entry": TableGrant(application="select insert", worker="select insert", auditor="select"),
    "read_entry": TableGrant(application="select insert", worker="select", auditor="select"),
    "purged_row": TableGrant(application="select", worker="select", auditor="select"),
    "audit_seal": TableGrant(application="select insert", worker="select insert", auditor="select"),
    # vault
    "sealed_value": _ADD_AND_REMOVE,
    # access
    "app_user": _KEEP,
    "app_user_groups": _READ,
    "app_user_user_permissions": _READ,
    "role": _ALL,
    "sign_in_link": TableGrant(application="select insert", rewritable="used_at"),
    "api_token": TableGrant(application="select insert", rewritable="last_used_at revoked_at"),
    "api_reply": _ADD_AND_REMOVE,
    "authenticator_app": _ALL,
    "recovery_code": _ALL,
    "passkey": _ALL,
    "browser_session": _ALL,
    "sign_in_attempt": _ADD_AND_REMOVE,
    "provider_identity": _ADD_AND_REMOVE,
    "sign_in_rules": _KEEP,
    # webhooks
    "webhook_endpoint": TableGrant(
        application="select insert update delete",
        worker="select",
        worker_rewritable="failing_since served_at state why_off",
    ),
    "webhook_outbox": TableGrant(application="select insert delete", worker="select delete"),
    "webhook_message": TableGrant(
        application="select insert update delete", worker="select insert update delete"
    ),
    "webhook_attempt": TableGrant(application="select insert delete", worker="select insert delete"),
    # definition
    "definition_version": _ADD,
    # sources
    "source": _KEEP,
    "delivery": _KEEP,
    "delivery_chunk": _ADD_AND_REMOVE,
    "record": _ALL,
    "comparison_input": _ALL,
    "record_version": _ADD_AND_REMOVE,
    "reject": _ADD,
    "upload": TableGrant(application="select insert update delete", worker="select"),
    "undo_request": TableGrant(application="select insert update delete", worker="select"),
    "demonstration": TableGrant(application="select insert update delete", worker="select"),
    # customers
    "customer": _KEEP,
    "golden_history": _ADD,
    "link": TableGrant(application="select insert delete", rewritable="valid_to"),
    "judgement_act": TableGrant(application="select insert", rewritable=_WITHDRAWAL),
    "judgement": TableGrant(application="select insert delete", rewritable=f"{_WITHDRAWAL} withdrawn_in_id"),
    "judging_rules": TableGrant(application="select update"),
    "correction": TableGrant(application="select insert delete", rewritable="record_id ended_at ended_by"),
    "pair_verdict": _ALL,
    "kept_contact": _KEEP,
    "review_item": _ALL,
    "relationship": _ALL,
    "watch_key": _ADD_AND_REMOVE,
    "watch_hit": _ALL,
    "match_model_version": _ADD,
    "common_value": _ADD_AND_REMOVE,
    "preparation": _KEEP,
    "saved_view": _ALL,
    "confirmation": _ADD_AND_REMOVE,
    "bulk_change": TableGrant(application="select insert update", worker="select"),
    "bulk_change_item": _KEEP,
    # derived from the records, for matching and search
    "scored_pair": _ADD_AND_REMOVE,
    "block_key": TableGrant(application="select insert delete truncate"),
    "contact_point": TableGrant(application="select insert update delete maintain"),
    "identifier": _ADD_AND_REMOVE,
    "name_token": TableGrant(application="select insert maintain"),
    "token_variant": TableGrant(application="select insert maintain"),
    "posting": TableGrant(application="select insert delete maintain"),
    # timeline
    "event": _ADD_AND_REMOVE,
    "event_key": _ALL,
    "event_version": _ADD,
    "quarantined_event": _ALL,
    "mending_rule": TableGrant(application="select insert", rewritable=_WITHDRAWAL),
    "note": TableGrant(
        application="select insert delete",
        rewritable="record_id text version edited_at removed_at earlier mentioned done_by",
    ),
    # holdings
    "agreement": _ALL,
    "agreement_version": _ADD,
    "agreement_role": _ALL,
    "agreement_role_version": _ADD,
    # quality
    "quality_run": TableGrant(application="select insert", worker="select"),
    "quality_request": TableGrant(application="select insert update delete", worker="select"),
    "quality_figure": TableGrant(application="select insert", rewritable="customers"),
}

GRANTS = Grants(
    tables=TABLES,
    worker_sequences=("audit_seal_witness",),
    auditor_sequences=("audit_seal_witness",),
    functions=(
        "make_event_month(integer, integer)",
        "make_audit_months()",
        "standing_of(text)",
        "analyse_after_import()",
        "index_block_keys_by_record()",
        "drop_block_keys_by_record()",
        "note_raw_change()",
    ),
    worker_functions=("make_audit_months()", "standing_of(text)"),
)
