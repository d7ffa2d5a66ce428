"""Registers the room audit with Django."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "customerfile.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from customerfile.audit.personal_data import TABLES  # noqa: PLC0415
        from customerfile.audit.raw_changes import say_who_we_are  # noqa: PLC0415
        from customerfile.base.registry import register  # noqa: PLC0415 - models must be loaded first

        register(*TABLES)
        connection_created.connect(say_who_we_are, dispatch_uid="audit")
        post_migrate.connect(_watch, sender=self, dispatch_uid="audit")


def _watch(using: str, **_: Any) -> None:
    """After the tables of every room were brought up to date."""
    from customerfile.audit.raw_changes import watch_tables  # noqa: PLC0415 - models must be loaded first

    watch_tables(connections[using])
