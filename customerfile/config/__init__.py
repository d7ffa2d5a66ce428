"""Settings, URLs and the WSGI entry; outside the line of rooms."""
