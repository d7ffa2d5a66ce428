"""What the operator set for webhooks."""

from functools import cache

from django.conf import settings

from customerfile.webhooks.addresses import OwnNetwork


@cache
def own_network() -> OwnNetwork:
    """The part of the operator's own network that messages may go to. Raises BadPrivateList."""
    return OwnNetwork.parse(settings.WEBHOOK_PRIVATE)
