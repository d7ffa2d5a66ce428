"""The addresses of the pages, and what each needs.

No address ever holds a name, a contact point or anything typed into the search box.
"""

from django.urls import path

from customerfile.access.permissions import Permission as P
from customerfile.web import (
    activity,
    beginning,
    bulk_changes,
    bulk_changing,
    commands,
    customer_list,
    customer_list_export,
    customer_views,
    customers,
    deliveries,
    enrolling,
    fields,
    for_you,
    judgements,
    language,
    merging,
    notes,
    notices,
    pairs,
    passkey_questions,
    people,
    quality,
    quarantine,
    refusals,
    relationships,
    review,
    search,
    second_step,
    security,
    selecting,
    sign_in,
    single_sign_on,
    splitting,
    timeline,
    tokens,
    undoing,
    watch,
    webhooks,
)
from customerfile.web import sources as source_pages
from customerfile.web.entering import pages as entering
from customerfile.web.importing import about_file, columns, handing_in, steps, trying
from customerfile.web.permissions import anybody, needs
from customerfile.web.proof import Proof

# Who is there proves it anew where the last proof is old: to look as well, to change only, or where many records move.
ALWAYS, TO_CHANGE, FOR_MANY = Proof.ALWAYS, Proof.TO_CHANGE, Proof.FOR_MANY

urlpatterns = [
    path("", needs(P.SEE_CUSTOMERS, search.search), name="search"),
    path("sign-in", anybody(sign_in.sign_in), name="sign-in"),
    path("sign-in/second-factor", anybody(second_step.second_step), name="second-factor"),
    path("sign-in/passkey", anybody(sign_in.sign_in_by_passkey), name="sign-in-by-passkey"),
    path("sign-in/passkey/question", anybody(passkey_questions.question_to_prove), name="passkey-question"),
    path("sign-in/provider", anybody(single_sign_on.to_provider), name="to-provider"),
    path("sign-in/provider/back", anybody(single_sign_on.from_provider), name="from-provider"),
    path("sign-in/<str:token>", anybody(sign_in.sign_in_by_link), name="sign-in-by-link"),
    path("sign-out", anybody(sign_in.sign_out), name="sign-out"),
    path("password", anybody(sign_in.choose_password, proof=ALWAYS), name="password"),
    path("security", anybody(security.security), name="security"),
    path("security/app", anybody(enrolling.set_up_app, proof=ALWAYS), name="set-up-app"),
    path("security/app/remove", anybody(security.remove_my_app, proof=TO_CHANGE), name="remove-app"),
    path("security/passkeys", anybody(enrolling.set_up_passkey, proof=ALWAYS), name="set-up-passkey"),
    path(
        "security/passkeys/question",
        anybody(passkey_questions.question_to_add, proof=TO_CHANGE),
        name="passkey-question-to-add",
    ),
    path(
        "security/passkeys/<int:passkey>/remove",
        anybody(security.remove_my_passkey, proof=TO_CHANGE),
        name="remove-passkey",
    ),
    path(
        "security/recovery-codes",
        anybody(security.new_recovery_codes, proof=TO_CHANGE),
        name="new-recovery-codes",
    ),
    path("security/sessions/<int:session>/end", anybody(security.end_one_session), name="end-session"),
    path("security/language", anybody(language.choose), name="language"),
    path("security/sessions/end-others", anybody(security.end_other_sessions), name="end-other-sessions"),
    path("customers", needs(P.SEE_CUSTOMERS, customer_list.customer_index), name="customers"),
    path("customer-list/views", needs(P.SEE_CUSTOMERS, customer_views.save), name="save-view"),
    path(
        "customer-list/views/<int:view>/remove",
        needs(P.SEE_CUSTOMERS, customer_views.remove),
        name="remove-view",
    ),
    path(
        "customer-list/export",
        needs(P.EXPORT_CUSTOMERS, customer_list_export.export_shown, proof=ALWAYS),
        name="export-list",
    ),
    path("customers/new", needs(P.WRITE_CUSTOMERS, entering.new_customer), name="new-customer"),
    path("customers/new/check", needs(P.WRITE_CUSTOMERS, entering.check_entry), name="check-entry"),
    path("customer-list/selection", needs(P.SEE_CUSTOMERS, selecting.select), name="select-customers"),
    path(
        "customer-list/change",
        needs(P.WRITE_CUSTOMERS, bulk_changing.change_selected, proof=FOR_MANY),
        name="change-selected",
    ),
    path(
        "customer-list/confirm",
        needs(P.WRITE_CUSTOMERS, bulk_changing.confirm_selected, proof=FOR_MANY),
        name="confirm-selected",
    ),
    path("customer-list/changes", needs(P.WRITE_CUSTOMERS, bulk_changes.index), name="bulk-changes"),
    path(
        "customer-list/changes/<int:change>",
        needs(P.WRITE_CUSTOMERS, bulk_changes.report),
        name="bulk-change",
    ),
    path(
        "customer-list/changes/<int:change>/undo",
        needs(P.WRITE_CUSTOMERS, bulk_changes.undo, proof=FOR_MANY),
        name="undo-bulk-change",
    ),
    path("customers/<str:number>", needs(P.SEE_CUSTOMERS, customers.customer), name="customer"),
    path(
        "customers/<str:number>/timeline",
        needs(P.SEE_CUSTOMERS, timeline.filter_timeline),
        name="filter-timeline",
    ),
    path("customers/<str:number>/notes", needs(P.WRITE_CUSTOMERS, notes.add), name="add-note"),
    path("customers/<str:number>/notes/<int:note>", needs(P.WRITE_CUSTOMERS, notes.note), name="note"),
    path("for-you", needs(P.SEE_CUSTOMERS, for_you.for_you), name="for-you"),
    path("for-you/<int:note>/done", needs(P.SEE_CUSTOMERS, for_you.done), name="mention-done"),
    path(
        "customers/<str:number>/records/<int:record_id>",
        needs(P.SEE_RECORDS, customers.record_link),
        name="record-link",
    ),
    path(
        "customers/<str:number>/fields/<str:field>",
        needs(P.WRITE_CUSTOMERS, fields.field),
        name="field",
    ),
    path(
        "customers/<str:number>/relationships/<int:relationship>",
        needs(P.EDIT_RELATIONSHIPS, relationships.decide),
        name="decide-relationship",
    ),
    path("customers/<str:number>/merge", needs(P.MERGE_CUSTOMERS, merging.find_other), name="merge-find"),
    path(
        "customers/<str:number>/merge/<str:other>",
        needs(P.MERGE_CUSTOMERS, merging.merge, proof=FOR_MANY),
        name="merge",
    ),
    path(
        "customers/<str:number>/split",
        needs(P.MERGE_CUSTOMERS, splitting.split, proof=FOR_MANY),
        name="split",
    ),
    path("customers/<str:number>/judgements", needs(P.SEE_RECORDS, judgements.judgements), name="judgements"),
    path(
        "customers/<str:number>/judgements/<int:act>/withdraw",
        needs(P.JUDGE_PAIRS, undoing.withdraw),
        name="withdraw",
    ),
    path(
        "customers/<str:number>/activity",
        needs(P.SEE_AUDIT, activity.customer_activity),
        name="customer-activity",
    ),
    path("customers/<str:number>/hits/<int:hit>", needs(P.DECIDE_HITS, watch.decide), name="decide-hit"),
    path("begin", needs(P.IMPORT, beginning.beginning), name="beginning"),
    path("begin/demonstration", needs(P.IMPORT, beginning.load), name="load-demonstration"),
    path(
        "begin/demonstration/remove",
        needs(P.IMPORT, beginning.remove, proof=FOR_MANY),
        name="remove-demonstration",
    ),
    path("commands", anybody(commands.commands), name="commands"),
    path("activity", needs(P.SEE_AUDIT, activity.activity_index), name="activity"),
    path("notices", needs(P.SEE_AUDIT, notices.notices), name="notices"),
    path("notices/<int:entry>", needs(P.SEE_AUDIT, notices.take_note), name="take-note"),
    path("pairs/<int:left>/<int:right>", needs(P.JUDGE_PAIRS, pairs.pair), name="pair"),
    path("review", needs(P.JUDGE_PAIRS, review.review_queue), name="review"),
    path("review/next", needs(P.JUDGE_PAIRS, review.next_pair), name="review-next"),
    path("review/last", needs(P.JUDGE_PAIRS, review.take_back), name="take-back"),
    path(
        "review/<int:left>/<int:right>", needs(P.JUDGE_PAIRS, pairs.pair), {"queue": True}, name="review-pair"
    ),
    path("quality", needs(P.SEE_RECORDS, quality.quality), name="quality"),
    path("quality/measure", needs(P.SEE_RECORDS, quality.measure), name="measure-quality"),
    path("quality/figures/<int:figure_id>", needs(P.SEE_RECORDS, quality.figure), name="quality-figure"),
    path(
        "quality/common-values/<int:place>",
        needs(P.SEE_RECORDS, quality.common_value),
        name="quality-common-value",
    ),
    path("people", needs(P.MANAGE_USERS, people.people, proof=TO_CHANGE), name="people"),
    path(
        "people/<str:username>/role",
        needs(P.MANAGE_USERS, people.change_role, proof=TO_CHANGE),
        name="change-role",
    ),
    path(
        "people/<str:username>/branches",
        needs(P.MANAGE_USERS, people.change_branches, proof=TO_CHANGE),
        name="change-branches",
    ),
    path(
        "people/<str:username>/state",
        needs(P.MANAGE_USERS, people.change_state, proof=TO_CHANGE),
        name="change-state",
    ),
    path(
        "people/<str:username>/link",
        needs(P.MANAGE_USERS, people.make_link, proof=TO_CHANGE),
        name="make-link",
    ),
    path(
        "people/<str:username>/sessions/end",
        needs(P.MANAGE_USERS, people.end_their_sessions, proof=TO_CHANGE),
        name="end-their-sessions",
    ),
    path(
        "people/<str:username>/second-factor/reset",
        needs(P.MANAGE_USERS, people.reset_factor, proof=TO_CHANGE),
        name="reset-factor",
    ),
    path(
        "people-rules/second-factor",
        needs(P.MANAGE_USERS, people.change_factor_rule, proof=TO_CHANGE),
        name="change-factor-rule",
    ),
    path("tokens", needs(P.MANAGE_TOKENS, tokens.token_list, proof=TO_CHANGE), name="tokens"),
    path("tokens/<int:token>/revoke", needs(P.MANAGE_TOKENS, tokens.revoke), name="revoke-token"),
    path("webhooks", needs(P.MANAGE_WEBHOOKS, webhooks.webhook_index, proof=TO_CHANGE), name="webhooks"),
    path("webhooks/log", needs(P.MANAGE_WEBHOOKS, webhooks.webhook_log), name="webhook-log"),
    path("webhooks/<int:endpoint>/test", needs(P.MANAGE_WEBHOOKS, webhooks.test), name="webhook-test"),
    path("webhooks/<int:endpoint>/state", needs(P.MANAGE_WEBHOOKS, webhooks.switch), name="webhook-switch"),
    path(
        "webhooks/<int:endpoint>/secret",
        needs(P.MANAGE_WEBHOOKS, webhooks.rotate, proof=TO_CHANGE),
        name="webhook-rotate",
    ),
    path("webhooks/<int:endpoint>/remove", needs(P.MANAGE_WEBHOOKS, webhooks.remove), name="webhook-remove"),
    path(
        "webhooks/messages/<int:message>/resend",
        needs(P.MANAGE_WEBHOOKS, webhooks.resend),
        name="webhook-resend",
    ),
    path("deliveries", needs(P.SEE_DELIVERIES, deliveries.delivery_index), name="deliveries"),
    path("deliveries/quarantine", needs(P.SEE_DELIVERIES, quarantine.quarantine_index), name="quarantine"),
    path(
        "deliveries/quarantine/<int:event>/release",
        needs(P.IMPORT, quarantine.release, proof=TO_CHANGE),
        name="release-quarantined",
    ),
    path(
        "deliveries/quarantine/<int:event>/discard",
        needs(P.IMPORT, quarantine.discard, proof=TO_CHANGE),
        name="discard-quarantined",
    ),
    path(
        "deliveries/quarantine/<int:event>/put-back",
        needs(P.IMPORT, quarantine.put_it_back),
        name="put-back-quarantined",
    ),
    path(
        "deliveries/quarantine/rules/<int:rule>",
        needs(P.IMPORT, quarantine.take_back, proof=TO_CHANGE),
        name="take-back-rule",
    ),
    path(
        "deliveries/<int:delivery_id>", needs(P.SEE_DELIVERIES, deliveries.delivery_report), name="delivery"
    ),
    path(
        "deliveries/<int:delivery_id>/rejects.csv",
        needs(P.SEE_DELIVERIES, refusals.rejects_csv, proof=ALWAYS),
        name="rejects-csv",
    ),
    path(
        "deliveries/<int:delivery_id>/correct.csv",
        needs(P.IMPORT, refusals.corrections_csv, proof=ALWAYS),
        name="corrections-csv",
    ),
    path(
        "deliveries/<int:delivery_id>/corrections",
        needs(P.IMPORT, handing_in.hand_in_corrections),
        name="hand-in-corrections",
    ),
    path(
        "deliveries/<int:delivery_id>/undo",
        needs(P.IMPORT, deliveries.undo, proof=TO_CHANGE),
        name="undo-delivery",
    ),
    path("import", needs(P.IMPORT, handing_in.hand_in), name="import"),
    path("import/<int:upload>", needs(P.IMPORT, steps.resume), name="import-upload"),
    path("import/<int:upload>/file", needs(P.IMPORT, about_file.about_file), name="import-file"),
    path("import/<int:upload>/columns", needs(P.IMPORT, columns.columns), name="import-columns"),
    path("import/<int:upload>/trial", needs(P.IMPORT, trying.trial), name="import-trial"),
    path("import/<int:upload>/start", needs(P.IMPORT, trying.start), name="import-start"),
    path("import/<int:upload>/discard", needs(P.IMPORT, steps.discard), name="import-discard"),
    path("sources", needs(P.SEE_SOURCES, source_pages.source_index), name="sources"),
    path("sources/<str:key>", needs(P.SET_SOURCES, source_pages.change_source), name="change-source"),
]
