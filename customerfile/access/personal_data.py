"""What the tables of this room hold."""

from customerfile.base.registry import Hangs, OnErase, OnMerge, Privacy, TableDeclaration

_STAFF = "about the organisation's own staff, not about a customer"


def _staff_table(table: str, columns: dict[str, Privacy]) -> TableDeclaration:
    return TableDeclaration(
        table=table,
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason=_STAFF,
        exported=False,
        columns=columns,
    )


TABLES = (
    _staff_table(
        "app_user",
        {
            "id": Privacy.PUBLIC,
            "password": Privacy.SEALED,
            "last_login": Privacy.PERSONAL,
            "is_superuser": Privacy.PUBLIC,
            "username": Privacy.PERSONAL,
            "first_name": Privacy.PERSONAL,
            "last_name": Privacy.PERSONAL,
            "email": Privacy.PERSONAL,
            "is_staff": Privacy.PUBLIC,
            "is_active": Privacy.PUBLIC,
            "date_joined": Privacy.PERSONAL,
            "role": Privacy.PUBLIC,
            "branches": Privacy.PUBLIC,
            "language": Privacy.PUBLIC,
            "password_is_short": Privacy.PUBLIC,
        },
    ),
    _staff_table("role", dict.fromkeys(("key", "label", "permissions", "fields"), Privacy.PUBLIC)),
    _staff_table("app_user_groups", dict.fromkeys(("id", "user_id", "group_id"), Privacy.PUBLIC)),
    _staff_table(
        "app_user_user_permissions", dict.fromkeys(("id", "user_id", "permission_id"), Privacy.PUBLIC)
    ),
    _staff_table(
        "sign_in_link",
        {
            "digest": Privacy.SEALED,
            "user_id": Privacy.PUBLIC,
            "expires_at": Privacy.PUBLIC,
            "used_at": Privacy.PUBLIC,
        },
    ),
    _staff_table(
        "authenticator_app",
        {
            "user_id": Privacy.PUBLIC,
            "sealed_secret": Privacy.SEALED,
            "last_step": Privacy.PERSONAL,
            "added_at": Privacy.PERSONAL,
        },
    ),
    _staff_table(
        "recovery_code",
        {"digest": Privacy.SEALED, "user_id": Privacy.PUBLIC, "used_at": Privacy.PERSONAL},
    ),
    _staff_table(
        "passkey",
        {
            "id": Privacy.PUBLIC,
            "user_id": Privacy.PUBLIC,
            "credential_id": Privacy.SEALED,
            "credential": Privacy.SEALED,
            "name": Privacy.PERSONAL,
            "use_count": Privacy.PERSONAL,
            "added_at": Privacy.PERSONAL,
            "last_used_at": Privacy.PERSONAL,
        },
    ),
    _staff_table(
        "provider_identity",
        {
            "id": Privacy.PUBLIC,
            "issuer": Privacy.PUBLIC,
            "subject": Privacy.PERSONAL,
            "user_id": Privacy.PUBLIC,
        },
    ),
    _staff_table(
        "browser_session",
        {
            "id": Privacy.PUBLIC,
            "user_id": Privacy.PUBLIC,
            "began_at": Privacy.PERSONAL,
            "last_seen_at": Privacy.PERSONAL,
            "proven_at": Privacy.PERSONAL,
            "way": Privacy.PUBLIC,
            "second_factor": Privacy.PUBLIC,
            "address": Privacy.PERSONAL,
            "browser": Privacy.PERSONAL,
        },
    ),
    _staff_table(
        "sign_in_attempt",
        {
            "id": Privacy.PUBLIC,
            "at": Privacy.PUBLIC,
            "what": Privacy.PUBLIC,
            "account": Privacy.SEALED,
            "address": Privacy.SEALED,
        },
    ),
    _staff_table("sign_in_rules", dict.fromkeys(("only", "second_factor_required"), Privacy.PUBLIC)),
    _staff_table(
        "api_token",
        {
            "id": Privacy.PUBLIC,
            "digest": Privacy.SEALED,
            "name": Privacy.PUBLIC,
            "user_id": Privacy.PUBLIC,
            "permissions": Privacy.PUBLIC,
            "created_at": Privacy.PUBLIC,
            "created_by": Privacy.PERSONAL,
            "expires_at": Privacy.PUBLIC,
            "revoked_at": Privacy.PUBLIC,
            "last_used_at": Privacy.PERSONAL,
        },
    ),
    TableDeclaration(
        table="api_reply",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="what a program was told; deleted by the first such call after a day",
        exported=False,
        columns={
            "digest": Privacy.PUBLIC,
            "token_id": Privacy.PUBLIC,
            "request_digest": Privacy.PUBLIC,
            "body": Privacy.PERSONAL,
            "created_at": Privacy.PUBLIC,
        },
    ),
    _staff_table("auth_group", dict.fromkeys(("id", "name"), Privacy.PUBLIC)),
    _staff_table(
        "auth_group_permissions", dict.fromkeys(("id", "group_id", "permission_id"), Privacy.PUBLIC)
    ),
    _staff_table(
        "auth_permission", dict.fromkeys(("id", "name", "content_type_id", "codename"), Privacy.PUBLIC)
    ),
    _staff_table("django_content_type", dict.fromkeys(("id", "app_label", "model"), Privacy.PUBLIC)),
    _staff_table(
        "django_session",
        {"session_key": Privacy.SEALED, "session_data": Privacy.SEALED, "expire_date": Privacy.PUBLIC},
    ),
)
