"""Registers the room web with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "customerfile.web"
    label = "web"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in, user_logged_out  # noqa: PLC0415 - needs the models
        from django.utils.translation import ngettext  # noqa: PLC0415 - needs the settings

        from customerfile.base.told import Reader, tell_to  # noqa: PLC0415 - as those above
        from customerfile.web.live_session import on_sign_in, on_sign_out  # noqa: PLC0415 - needs the models
        from customerfile.web.stored_texts import told_again  # noqa: PLC0415 - as those above
        from customerfile.web.words import number_as_read  # noqa: PLC0415 - as those above

        tell_to(Reader(told_again, ngettext, number_as_read))
        user_logged_in.connect(on_sign_in)
        user_logged_out.connect(on_sign_out)
