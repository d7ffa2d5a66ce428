"""The WSGI entry that the web server loads."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "customerfile.config.settings")
os.environ["CUSTOMERFILE_PAGES"] = "1"
application = get_wsgi_application()

from customerfile.config.declared import require_declarations  # noqa: E402 - Django has to be set up

require_declarations(get_resolver().url_patterns)
