"""The addresses of the pages, and what each needs.

No address ever holds a name, a contact point or anything typed into the search box.
"""

from django.urls import path

from customerfile.access.permissions import Permission as P
from customerfile.web import (
    activity,
    customers,
    deliveries,
    judgements,
    merging,
    pairs,
    people,
    relationships,
    review,
    search,
    sign_in,
    splitting,
    tokens,
    undoing,
    watch,
    webhooks,
)
from customerfile.web.permissions import anybody, needs

urlpatterns = [
    path("", needs(P.SEE_CUSTOMERS, search.search), name="search"),
    path("sign-in", anybody(sign_in.sign_in), name="sign-in"),
    path("sign-in/<str:token>", anybody(sign_in.sign_in_by_link), name="sign-in-by-link"),
    path("sign-out", anybody(sign_in.sign_out), name="sign-out"),
    path("password", anybody(sign_in.choose_password), name="password"),
    path("customers", needs(P.SEE_CUSTOMERS, customers.customer_index), name="customers"),
    path("customers/<str:number>", needs(P.SEE_CUSTOMERS, customers.customer), name="customer"),
    path(
        "customers/<str:number>/records/<int:record_id>",
        needs(P.SEE_CUSTOMERS, customers.record_link),
        name="record-link",
    ),
    path(
        "customers/<str:number>/relationships/<int:relationship>",
        needs(P.EDIT_RELATIONSHIPS, relationships.decide),
        name="decide-relationship",
    ),
    path("customers/<str:number>/merge", needs(P.MERGE_CUSTOMERS, merging.find_other), name="merge-find"),
    path("customers/<str:number>/merge/<str:other>", needs(P.MERGE_CUSTOMERS, merging.merge), name="merge"),
    path("customers/<str:number>/split", needs(P.MERGE_CUSTOMERS, splitting.split), name="split"),
    path(
        "customers/<str:number>/judgements", needs(P.SEE_CUSTOMERS, judgements.judgements), name="judgements"
    ),
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
    path("activity", needs(P.SEE_AUDIT, activity.activity_index), name="activity"),
    path("pairs/<int:left>/<int:right>", needs(P.JUDGE_PAIRS, pairs.pair), name="pair"),
    path("review", needs(P.JUDGE_PAIRS, review.review_queue), name="review"),
    path("review/next", needs(P.JUDGE_PAIRS, review.next_pair), name="review-next"),
    path("review/last", needs(P.JUDGE_PAIRS, review.take_back), name="take-back"),
    path(
        "review/<int:left>/<int:right>", needs(P.JUDGE_PAIRS, pairs.pair), {"queue": True}, name="review-pair"
    ),
    path("people", needs(P.MANAGE_USERS, people.people), name="people"),
    path("people/<str:username>/role", needs(P.MANAGE_USERS, people.change_role), name="change-role"),
    path("people/<str:username>/state", needs(P.MANAGE_USERS, people.change_state), name="change-state"),
    path("people/<str:username>/link", needs(P.MANAGE_USERS, people.make_link), name="make-link"),
    path("tokens", needs(P.MANAGE_TOKENS, tokens.token_list), name="tokens"),
    path("tokens/<int:token>/revoke", needs(P.MANAGE_TOKENS, tokens.revoke), name="revoke-token"),
    path("webhooks", needs(P.MANAGE_WEBHOOKS, webhooks.webhook_index), name="webhooks"),
    path("webhooks/log", needs(P.MANAGE_WEBHOOKS, webhooks.webhook_log), name="webhook-log"),
    path("webhooks/<int:endpoint>/test", needs(P.MANAGE_WEBHOOKS, webhooks.test), name="webhook-test"),
    path("webhooks/<int:endpoint>/state", needs(P.MANAGE_WEBHOOKS, webhooks.switch), name="webhook-switch"),
    path("webhooks/<int:endpoint>/secret", needs(P.MANAGE_WEBHOOKS, webhooks.rotate), name="webhook-rotate"),
    path("webhooks/<int:endpoint>/remove", needs(P.MANAGE_WEBHOOKS, webhooks.remove), name="webhook-remove"),
    path(
        "webhooks/messages/<int:message>/resend",
        needs(P.MANAGE_WEBHOOKS, webhooks.resend),
        name="webhook-resend",
    ),
    path("deliveries", needs(P.SEE_DELIVERIES, deliveries.delivery_index), name="deliveries"),
    path(
        "deliveries/<int:delivery_id>", needs(P.SEE_DELIVERIES, deliveries.delivery_report), name="delivery"
    ),
    path(
        "deliveries/<int:delivery_id>/rejects.csv",
        needs(P.SEE_DELIVERIES, deliveries.rejects_csv),
        name="rejects-csv",
    ),
]
