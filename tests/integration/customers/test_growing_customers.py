"""Words that a customer is found by, as records join it, change and leave: always those of all its records."""

from customerfile.access.sight import WHOLE
from customerfile.customers.models import Customer, Posting
from customerfile.customers.search.findable import name_words, place_words
from customerfile.customers.search.search import find
from customerfile.sources.models import Record
from tests.factories.customer_files import deliver, person

HERE = {"line": "1 High Street", "city": "London", "postcode": "SW1A 1AA", "country": "GB"}
THERE = {"line": "8 Mill Lane", "city": "Leeds", "postcode": "LS1 4DY", "country": "GB"}


def _robert(key: str, given: str = "Robert", family: str = "Brien", *, address: dict[str, str] = HERE):
    return person(
        key,
        given,
        family,
        email="robert@example.org",
        phone="+442079460018",
        born="1980-05-17",
        address=[address],
    )


def _found_by() -> list[tuple[int, bool]]:
    """What the index has of the only customer; it stands on the customer too."""
    (customer,) = Customer.objects.filter(state="active")
    stood = [(token, False) for token in customer.name_tokens]
    stood += [(token, True) for token in customer.place_tokens]
    posted = Posting.objects.filter(customer=customer).values_list("token_id", "place")
    assert sorted(posted) == sorted(stood)
    return sorted(stood)


def _words_of_records() -> int:
    said = list(Record.objects.values_list("canonical", flat=True))
    names = set().union(*map(name_words, said))
    places = set().union(*map(place_words, said))
    return len(names) + len(places)


def _names(query: str) -> list[str]:
    return [found.customer.display_name for found in find(query, sight=WHOLE)]


def test_a_record_that_joins_adds_its_words(db: None):
    deliver("crm", [_robert("1")])
    before = _found_by()
    deliver("shop", [_robert("A", "Bob", address=THERE)])
    assert set(before) < set(_found_by())
    assert len(_found_by()) == _words_of_records()
    assert _names("bob brien") == _names("robert brien leeds")
    assert len(_names("robert brien london")) == 1


def test_a_record_that_changes_as_another_joins_loses_the_words_it_had(db: None):
    deliver("crm", [_robert("1", family="Brien-Smith")])
    deliver("crm", [_robert("1", address=THERE), _robert("2", "Bob", address=THERE)])
    assert len(_found_by()) == _words_of_records()
    assert Customer.objects.filter(state="active").count() == 1
