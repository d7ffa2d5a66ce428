"""What can go wrong with webhooks."""

from customerfile.base.errors import CustomerfileError


class WebhookError(CustomerfileError):
    """Base of this room's errors."""


class EndpointNotPossible(WebhookError):
    """An address that cannot or may not be written to, is told already, or wants to be told nothing."""


class UnknownEndpoint(WebhookError):
    """No endpoint has this number."""


class UnknownMessage(WebhookError):
    """No message has this number, or its log was removed."""


class EndpointIsOff(WebhookError):
    """Nothing is sent to an endpoint that is off."""


class BadPrivateList(WebhookError):
    """CUSTOMERFILE_WEBHOOK_PRIVATE names something that is no host and no network."""
