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
    "INSERT INTO record (id, source_id, key, kind, raw, canonical, digest, version, delivery_id, created_at,"
    " changed_at, as_of) VALUES ({}, 1, '{}', '{}', '{{}}', '{{}}', 0, 1, 1, now(), now(), now())"
)
LINK = (
    "INSERT INTO link (record_id, customer_id, model_hash, cause, valid_from) VALUES (1, 1, '', '{}', now())"
)
CONTACT = "INSERT INTO contact_point (customer_id, channel, value, use, search, status) VALUES (1, '{}', 'x', '', '', '{}')"
ACT = "INSERT INTO judgement_act (id, kind, by, at, note) VALUES (1, '{}', '{}', now(), '')"
WORD = "INSERT INTO judgement (act_id, left_id, right_id, verdict, by, at) VALUES (1, {}, {}, '{}', 'ann', now())"
VERDICT = "INSERT INTO pair_verdict (left_id, right_id, verdict) VALUES ({}, {}, '{}')"
REVIEW = "INSERT INTO review_item (left_id, right_id, kind, value) VALUES ({}, {}, '{}', 1)"
RELATED = (
    "INSERT INTO relationship (left_id, right_id, kind, state, basis, note, proposed_by, proposed_at, valid_from, valid_to)"
    " VALUES ({}, {}, '{}', '{}', '{}', '', 'ann', now(), '2026-01-01', '{}')"
)
CORRECTION = (
    "INSERT INTO correction (record_id, field, value, set_aside, note, by, at)"
    " VALUES (1, 'given_name', '\"Rosa\"', '[]', '', '{}', now())"
)
TWO_RECORDS = [SOURCE, RECORD.format(1, "k", "person"), RECORD.format(2, "l", "person")]
HOUSEHOLD = RELATED.format(1, 2, "household", "proposed", "address_name", "2026-01-02")
HIT = (
    "INSERT INTO watch_hit (listed_id, record_id, weight, levels, model_hash, state, found_at)"
    " VALUES ({}, {}, 1, '', '', '{}', now())"
)
BROKEN = {
    "relationship_told_once": [*TWO_RECORDS, HOUSEHOLD, HOUSEHOLD],
    "relationship_of_two_records": [*TWO_RECORDS, RELATED.format(1, 1, "parent", "proposed", "stated", "2026-01-02")],
    "relationship_of_equals_ordered": [*TWO_RECORDS, RELATED.format(2, 1, "spouse", "proposed", "stated", "2026-01-02")],
    "relationship_kind_known": [*TWO_RECORDS, RELATED.format(1, 2, "rival", "proposed", "stated", "2026-01-02")],
    "relationship_basis_known": [*TWO_RECORDS, RELATED.format(1, 2, "parent", "proposed", "gossip", "2026-01-02")],
    "relationship_decided_by_somebody": [*TWO_RECORDS, RELATED.format(1, 2, "parent", "confirmed", "stated", "2026-01-02")],
    "relationship_period_forward": [*TWO_RECORDS, RELATED.format(1, 2, "parent", "proposed", "stated", "2026-01-01")],

    "correction_one_standing_per_field": [CORRECTION.format("ann"), CORRECTION.format("ben")],
    "correction_names_its_author": [CORRECTION.format("")],
    "correction_ended_by_somebody": [CORRECTION.format("ann"), "UPDATE correction SET ended_at = now()"],
    "correction": [CORRECTION.format("ann"), "UPDATE correction SET value = NULL"],  # is append-only

    "judgement_act_kind_known": [ACT.format("guess", "ann")],
    "judgement_act_names_its_author": [ACT.format("judge", "")],
    "judgement_act_withdrawn_by_somebody": [ACT.format("judge", "ann"), "UPDATE judgement_act SET withdrawn_at = now()"],
    "judgement_ordered": [ACT.format("judge", "ann"), WORD.format(2, 1, "match")],
    "judgement_verdict_known": [ACT.format("judge", "ann"), WORD.format(1, 2, "maybe")],
    "judgement_one_standing_per_person": [ACT.format("judge", "ann"), WORD.format(1, 2, "match"), WORD.format(1, 2, "unsure")],
    "judgement_withdrawn_by_somebody": [
        ACT.format("judge", "ann"), WORD.format(1, 2, "match"), "UPDATE judgement SET withdrawn_at = now()",
    ],
    "pair_verdict_ordered": [VERDICT.format(2, 1, "match")],
    "pair_verdict_decides": [VERDICT.format(1, 2, "unsure")],
    "review_item_ordered": [REVIEW.format(2, 1, "between")],
    "review_kind_known": [REVIEW.format(1, 2, "odd")],
    "judging_rules_once": ["INSERT INTO judging_rules (id, people_needed, most_records) VALUES (2, 1, 50)"],
    "judging_one_person_or_two": ["UPDATE judging_rules SET people_needed = 3"],
    "judging_size_alarm_makes_sense": ["UPDATE judging_rules SET most_records = 3"],
    "source_key_is_plain": [SOURCE.replace("'shop'", "'The Shop'")],
    "source_origin_known": [SOURCE.replace("'own'", "'found'")],
    "source_kind_known": [SOURCE, "UPDATE source SET kind = 'rumours'"],
    "watch_hit_once": [HIT.format(1, 2, "open"), HIT.format(1, 2, "open")],
    "watch_hit_of_two_records": [HIT.format(1, 1, "open")],
    "watch_hit_decided_by_somebody": [HIT.format(1, 2, "dismissed")],
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
     "UPDATE record_version SET raw = '{}'", "DELETE FROM read_entry", "UPDATE judgement SET verdict = 'match'",
     "UPDATE judgement_act SET by = 'ben'"],
)  # fmt: skip
def test_ledgers_are_not_rewritten(statement):
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
    ):
        cursor.execute(statement)
