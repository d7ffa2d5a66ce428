"""Registers the room vault with Django."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "customerfile.vault"
    label = "vault"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from customerfile.base.registry import register  # noqa: PLC0415 - models must be loaded first
        from customerfile.vault.personal_data import TABLES  # noqa: PLC0415

        register(*TABLES)
