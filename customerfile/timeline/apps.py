"""Registers the room timeline with Django."""

from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "customerfile.timeline"
    label = "timeline"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from customerfile.base.registry import register  # noqa: PLC0415 - models must be loaded first
        from customerfile.definition.usage import register_counter  # noqa: PLC0415
        from customerfile.timeline.personal_data import TABLES  # noqa: PLC0415
        from customerfile.timeline.usage import count_events  # noqa: PLC0415

        register(*TABLES)
        register_counter(count_events)
