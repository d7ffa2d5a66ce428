"""The addresses of the pages. No address ever holds a name, a contact point or anything typed into the search box."""

from django.urls import path

from customerfile.web import (
    customers,
    deliveries,
    judgements,
    merging,
    pairs,
    relationships,
    review,
    search,
    sign_in,
    splitting,
    undoing,
    watch,
)

urlpatterns = [
    path("", search.search, name="search"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/<str:token>", sign_in.sign_in_by_link, name="sign-in-by-link"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("password", sign_in.choose_password, name="password"),
    path("customers", customers.customer_index, name="customers"),
    path("customers/<str:number>", customers.customer, name="customer"),
    path("customers/<str:number>/records/<int:record_id>", customers.record_link, name="record-link"),
    path(
        "customers/<str:number>/relationships/<int:relationship>",
        relationships.decide,
        name="decide-relationship",
    ),
    path("customers/<str:number>/merge", merging.find_other, name="merge-find"),
    path("customers/<str:number>/merge/<str:other>", merging.merge, name="merge"),
    path("customers/<str:number>/split", splitting.split, name="split"),
    path("customers/<str:number>/judgements", judgements.judgements, name="judgements"),
    path("customers/<str:number>/judgements/<int:act>/withdraw", undoing.withdraw, name="withdraw"),
    path("customers/<str:number>/hits/<int:hit>", watch.decide, name="decide-hit"),
    path("pairs/<int:left>/<int:right>", pairs.pair, name="pair"),
    path("review", review.review_queue, name="review"),
    path("review/next", review.next_pair, name="review-next"),
    path("review/last", review.take_back, name="take-back"),
    path("review/<int:left>/<int:right>", pairs.pair, {"queue": True}, name="review-pair"),
    path("deliveries", deliveries.delivery_index, name="deliveries"),
    path("deliveries/<int:delivery_id>", deliveries.delivery_report, name="delivery"),
    path("deliveries/<int:delivery_id>/rejects.csv", deliveries.rejects_csv, name="rejects-csv"),
]
