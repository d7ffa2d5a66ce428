"""Codes count once, secrets are sealed, and who has to have a second factor may do nothing without."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from customerfile.access.authenticator import add_app, new_app, square_code, use_code
from customerfile.access.errors import FactorNotPossible, FactorRefused, PasswordRefused, UnknownUser
from customerfile.access.factors import factors_of, has_second_factor
from customerfile.access.models import AuthenticatorApp, RecoveryCode, User
from customerfile.access.operations import ensure_owner, set_password
from customerfile.access.permissions import Permission
from customerfile.access.recovery import make_recovery_codes, use_recovery_code
from customerfile.access.second_factor import (
    POWERFUL,
    is_second_factor_required,
    remove_app,
    require_second_factor,
    reset_second_factor,
    with_second_factor,
)
from customerfile.access.sessions import begin_session, sessions_of
from customerfile.access.tokens import bearer_of, issue_token
from customerfile.access.users import add_user
from customerfile.audit.models import AuditEntry

AT = datetime(2026, 11, 22, 9, 0, 10, tzinfo=UTC)
STEP = timedelta(seconds=30)
BY = {"by": "olive", "at": AT}
SHORT, LONG = "kpwq-vzjt", "teapot lantern gravel"


@pytest.fixture
def olive(db) -> User:
    return ensure_owner(username="olive", by="tests", at=AT)


@pytest.fixture
def phone(olive) -> pyotp.TOTP:
    """Olive's authenticator app, which was set up a minute ago."""
    app = new_app(olive)
    made = pyotp.TOTP(app.secret)
    add_app(olive, sealed=app.sealed, code=made.at(AT - 2 * STEP), by="olive", at=AT - 2 * STEP)
    return made


def test_a_code_counts_once_and_none_before_it_counts_after_it(olive, phone):
    assert use_code(olive, code=phone.at(AT), at=AT)
    assert not use_code(olive, code=phone.at(AT), at=AT)
    assert not use_code(olive, code=phone.at(AT - STEP), at=AT)
    assert use_code(olive, code=phone.at(AT + STEP), at=AT)


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_one_step(olive, phone, steps: int, fits: bool):
    assert use_code(olive, code=phone.at(AT + steps * STEP), at=AT) is fits


def test_the_code_that_set_the_app_up_does_not_count_again(olive, phone):
    at = AT - 2 * STEP
    assert not use_code(olive, code=phone.at(at), at=at)


@pytest.mark.parametrize("code", ["", "0", "000000000", "abcdef", "１２３４５６", "\x00", "é" * 6])
def test_what_is_no_code_does_not_fit(olive, phone, code: str):
    assert not use_code(olive, code=code, at=AT)


def test_blanks_in_a_code_do_not_matter(olive, phone):
    code = phone.at(AT)
    assert use_code(olive, code=f" {code[:3]} {code[3:]} ", at=AT)


def test_an_app_is_kept_once_its_first_code_fits(olive):
    app = new_app(olive)
    with pytest.raises(FactorRefused, match="does not fit"):
        add_app(olive, sealed=app.sealed, code="000000", **BY)
    assert not has_second_factor(olive)
    add_app(olive, sealed=app.sealed, code=pyotp.TOTP(app.secret).at(AT), **BY)
    assert factors_of(olive).app
    with pytest.raises(FactorNotPossible, match="already"):
        add_app(olive, sealed=app.sealed, code=pyotp.TOTP(app.secret).at(AT), **BY)


def test_the_secret_is_sealed_for_its_person(olive, phone):
    kept = bytes(AuthenticatorApp.objects.get().sealed_secret)
    assert phone.secret.encode() not in kept
    nora = add_user("nora", role="steward", **BY)
    AuthenticatorApp.objects.create(user=nora, sealed_secret=kept, last_step=0, added_at=AT)
    with pytest.raises(Exception, match="does not open"):
        use_code(nora, code=phone.at(AT), at=AT)


def test_the_picture_holds_no_style_and_no_script(olive):
    picture = square_code(new_app(olive).address)
    assert picture.startswith("<svg")
    assert not any(each in picture for each in ("style", "script", "http"))


def test_a_recovery_code_counts_once_however_it_is_typed(olive, phone):
    codes = make_recovery_codes(olive, **BY)
    assert len(set(codes)) == 10
    assert use_recovery_code(olive, code=f" {codes[0].upper().replace('-', ' ')} ", at=AT)
    assert not use_recovery_code(olive, code=codes[0], at=AT)
    assert factors_of(olive).recovery_codes == 9
    assert codes[1].replace("-", "") not in "".join(RecoveryCode.objects.values_list("digest", flat=True))
    nora = add_user("nora", role="steward", **BY)
    assert not use_recovery_code(nora, code=codes[1], at=AT)
    make_recovery_codes(olive, **BY)
    assert not use_recovery_code(olive, code=codes[1], at=AT)


def test_a_short_password_is_enough_beside_a_second_factor_and_keeps_it_there(olive):
    with pytest.raises(PasswordRefused, match="at least 15"):
        set_password(olive, password=SHORT, **BY)
    app = new_app(olive)
    add_app(olive, sealed=app.sealed, code=pyotp.TOTP(app.secret).at(AT), **BY)
    set_password(olive, password=SHORT, **BY)
    with pytest.raises(FactorNotPossible, match="at least 15 characters first"):
        remove_app(olive, **BY)
    set_password(olive, password=LONG, **BY)
    make_recovery_codes(olive, **BY)
    remove_app(olive, **BY)
    assert factors_of(olive) == factors_of(add_user("nora", role="steward", **BY))


def test_a_lost_factor_is_reset_with_all_that_leaned_on_it(olive, phone):
    set_password(olive, password=SHORT, **BY)
    begin_session(olive, way="password", address="192.0.2.1", browser="", at=AT)
    assert with_second_factor() == {"olive"}
    reset_second_factor("olive", by="nora", at=AT)
    olive.refresh_from_db()
    assert (with_second_factor(), olive.has_usable_password(), sessions_of(olive, at=AT)) == (
        set(),
        False,
        (),
    )
    with pytest.raises(UnknownUser):
        reset_second_factor("nobody", by="nora", at=AT)


def test_tokens_of_a_powerful_person_without_a_second_factor_are_refused_where_one_is_asked_for(olive):
    def token_of(username: str) -> str:
        allowed = {Permission.SEE_CUSTOMERS}
        return issue_token("x", username=username, permissions=allowed, life=timedelta(days=1), **BY).secret

    add_user("rita", role="read-only", **BY)
    mine, ritas = token_of("olive"), token_of("rita")
    assert not is_second_factor_required()
    bearer_of(mine, at=AT).require(Permission.SEE_CUSTOMERS)
    require_second_factor(required=True, **BY)
    assert bearer_of(mine, at=AT).permissions == set()
    with pytest.raises(Exception, match="olive needs a second factor"):
        bearer_of(mine, at=AT).require(Permission.SEE_CUSTOMERS)
    bearer_of(ritas, at=AT).require(Permission.SEE_CUSTOMERS)
    app = new_app(olive)
    add_app(olive, sealed=app.sealed, code=pyotp.TOTP(app.secret).at(AT), **BY)
    bearer_of(mine, at=AT).require(Permission.SEE_CUSTOMERS)


def test_what_can_do_much_is_named(olive):
    assert {Permission.EXPORT_CUSTOMERS, Permission.MANAGE_USERS} <= POWERFUL
    assert Permission.SEE_CUSTOMERS not in POWERFUL


def test_what_happens_to_factors_is_written_down_without_a_secret(olive, phone):
    codes = make_recovery_codes(olive, **BY)
    use_recovery_code(olive, code=codes[0], at=AT)
    remove_app(olive, **BY)
    require_second_factor(required=True, **BY)
    require_second_factor(required=True, **BY)
    written = [entry.code for entry in AuditEntry.objects.order_by("id")]
    assert written == [
        "access.user.created",
        "access.authenticator.added",
        "access.recovery_codes.made",
        "access.recovery_code.used",
        "access.authenticator.removed",
        "access.second_factor.rule_changed",
    ]
    kept = str(list(AuditEntry.objects.values_list("detail", "subject")))
    assert phone.secret not in kept
    assert not any(code in kept for code in codes)
