"""Settings, URLs and the ASGI entry; outside the line of rooms."""
