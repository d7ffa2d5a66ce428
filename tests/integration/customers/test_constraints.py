"""The database also says no: each named constraint has a row that breaks it."""

import pytest
from django.db import DatabaseError, connection, transaction

pytestmark = pytest.mark.django_db

SOURCE = "INSERT INTO source (id, key, name, origin, priority, country, created_at) VALUES (1, 'shop', 'Shop', 'own', 1, '', now())"
CUSTOMER = (
    "INSERT INTO customer (id, number, kind, state, merged_into_id, display_name, sort_name, golden, provenance,"
    " golden_since, record_count, name_tokens, place_tokens, created_at, changed_at)"
    " VALUES ({}, '{}', 'person', '{}', {}, '', '', '{{}}', '{{}}', now(), 0, '{{}}', '{{}}', now(), now())"
)
DELIVERY = (
    "INSERT INTO delivery (source_id, file_name, file_digest, file_bytes, kind_as, mapping, detected, state, started_at, by,"
    " rows, created, updated, unchanged, rejected, customers_created, records_joined, customers_merged, value_faults,"
    " nobody_rows, message) VALUES (1, '', '', 0, '', '', '{{}}', '{}', now(), '', {}, {}, 0, 0, 0, 0, 0, 0, 0, 0, '')"
)
RECORD = (
    "INSERT INTO record (id, source_id, key, kind, raw, canonical, prepared, digest, version, delivery_id, created_at,"
    " changed_at, as_of) VALUES ({}, 1, '{}', '{}', '{{}}', '{{}}', '', 0, 1, 1, now(), now(), now())"
)
LINK = (
    "INSERT INTO link (record_id, customer_id, model_hash, cause, valid_from) VALUES (1, 1, '', '{}', now())"
)
CONTACT = "INSERT INTO contact_point (customer_id, channel, value, use, search, status) VALUES (1, '{}', 'x', '', '', '{}')"
BROKEN = {
    "source_key_is_plain": [SOURCE.replace("'shop'", "'The Shop'")],
    "source_origin_known": [SOURCE.replace("'own'", "'found'")],
    "source_key": [SOURCE, SOURCE.replace("(1,", "(2,")],
    "delivery_state_known": [SOURCE, DELIVERY.format("sleeping", 0, 0)],
    "delivery_rows_add_up": [SOURCE, DELIVERY.format("running", 2, 1)],
    "record_key_unique_in_source": [SOURCE, RECORD.format(1, "k", "person"), RECORD.format(2, "k", "person")],
    "record_kind_known": [SOURCE, RECORD.format(1, "k", "ghost")],
    "customer_number_unique": [CUSTOMER.format(1, "A", "active", "NULL"), CUSTOMER.format(2, "A", "active", "NULL")],
    "customer_state_known": [CUSTOMER.format(1, "A", "asleep", "NULL")],
    "customer_alias_names_its_survivor": [CUSTOMER.format(1, "A", "merged", "NULL")],
    "link_cause_known": [SOURCE, RECORD.format(1, "k", "person"), CUSTOMER.format(1, "A", "active", "NULL"), LINK.format("luck")],
    "link_one_active_per_record": [
        SOURCE, RECORD.format(1, "k", "person"), CUSTOMER.format(1, "A", "active", "NULL"), LINK.format("matched"), LINK.format("matched"),
    ],
    "scored_pair_ordered": ["INSERT INTO scored_pair (left_id, right_id, weight, levels, veto, model_hash) VALUES (2, 1, 1, '', 0, '')"],
    "golden_period_forward": [
        CUSTOMER.format(1, "A", "active", "NULL"),
        "INSERT INTO golden_history (customer_id, golden, provenance, valid_from, valid_to) VALUES (1, '{}', '{}', now(), now())",
    ],
    "contact_point_channel_known": [CONTACT.format("fax", "unverified")],
    "contact_point_status_known": [CONTACT.format("email", "lovely")],
    "name_token_unique": ["INSERT INTO name_token (token) VALUES ('anna')"] * 2,
    "reject_scope_known": [
        "INSERT INTO reject (delivery_id, line, scope, key, field, text, reason, remedy) VALUES (1, 1, 'file', '', '', '', '', '')"
    ],
    "event_has_rows": [
        SOURCE,
        "INSERT INTO event_key (source_id, key, event_id, occurred_at, digest, rows, version, delivery_id) VALUES (1, 'k', 1, now(), 0, 0, 1, 1)",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_constraint_refuses(name):
    *before, last = BROKEN[name]
    with connection.cursor() as cursor:
        for statement in before:
            cursor.execute(statement)
        with pytest.raises(DatabaseError, match=name), transaction.atomic():
            cursor.execute(last)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET by = ''", "DELETE FROM audit_entry", "TRUNCATE audit_entry", "UPDATE golden_history SET golden = '{}'",
     "UPDATE record_version SET raw = '{}'", "DELETE FROM read_entry"],
)  # fmt: skip
def test_ledgers_are_not_rewritten(statement):
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
    ):
        cursor.execute(statement)
