-- All that decides about a call: its token, whose it is, their role where it was changed, and their second factor.
SELECT token.id, token.permissions, token.expires_at, token.revoked_at, token.last_used_at,
       person.username, person.is_active, person.role, person.branches,
       role.key IS NOT NULL, role.permissions, role.fields,
       EXISTS (SELECT FROM sign_in_rules WHERE second_factor_required),
       EXISTS (SELECT FROM authenticator_app WHERE user_id = person.id)
           OR EXISTS (SELECT FROM passkey WHERE user_id = person.id)
FROM api_token AS token
JOIN app_user AS person ON person.id = token.user_id
LEFT JOIN role ON role.key = person.role
WHERE token.digest = %s
