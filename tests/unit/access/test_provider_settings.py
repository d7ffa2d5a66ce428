"""What the environment says of single sign-on."""

import pytest

from customerfile.access.provider_settings import SettingsWrong, provider_settings

GIVEN = {
    "CUSTOMERFILE_OIDC_ISSUER": "https://login.example.org/realms/shop/",
    "CUSTOMERFILE_OIDC_CLIENT_ID": "customerfile",
    "CUSTOMERFILE_OIDC_CLIENT_SECRET": "x",
}


def test_without_an_issuer_there_is_none():
    assert provider_settings({}) is None


def test_what_is_not_said_has_a_careful_default():
    found = provider_settings(GIVEN)
    assert (found.issuer, found.name_claim) == ("https://login.example.org/realms/shop", "email")
    assert (found.role_claim, found.role_of, found.is_second_factor) == ("", {}, False)


def test_roles_follow_a_claim_in_their_order():
    found = provider_settings(
        GIVEN | {"CUSTOMERFILE_OIDC_ROLES": "groups: boss=administrator , crm=front-line,"}
    )
    assert found.role_claim == "groups"
    assert list(found.role_of.items()) == [("boss", "administrator"), ("crm", "front-line")]


@pytest.mark.parametrize("roles", ["groups:boss=owner", "groups:boss", "groups:=x", "groups:x="])
def test_roles_that_make_no_sense_are_refused(roles: str):
    with pytest.raises(SettingsWrong, match="CUSTOMERFILE_OIDC_ROLES"):
        provider_settings(GIVEN | {"CUSTOMERFILE_OIDC_ROLES": roles})


@pytest.mark.parametrize("missing", ["CUSTOMERFILE_OIDC_CLIENT_ID", "CUSTOMERFILE_OIDC_CLIENT_SECRET"])
def test_half_of_it_is_refused(missing: str):
    with pytest.raises(SettingsWrong, match=missing):
        provider_settings({key: value for key, value in GIVEN.items() if key != missing})
