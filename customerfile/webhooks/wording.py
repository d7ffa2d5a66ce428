"""What became of endpoints, messages and attempts, in words. Pure."""

from http import HTTPStatus

from customerfile.base.told import noted_text, told
from customerfile.webhooks.queries import AttemptInfo, EndpointInfo, MessageInfo

_WHY_OFF = {
    "gone": noted_text("off: it answered that it is gone (410)"),
    "failing": noted_text("off: it failed for five days"),
    "by_hand": noted_text("off"),
    "not_allowed": noted_text(
        "off: whoever added it or switched it on may not any more; somebody who may can switch it on"
    ),
}


def endpoint_words(endpoint: EndpointInfo) -> str:
    """On, failing since when, or off and why."""
    if endpoint.state == "off":
        return told(_WHY_OFF[endpoint.why_off])
    return f"failing since {endpoint.failing_since:%Y-%m-%d %H:%M}" if endpoint.failing_since else told("on")


def message_words(message: MessageInfo) -> str:
    """Sent, waiting until when, or failed."""
    if message.state == "waiting" and message.next_at:
        return f"waits until {message.next_at:%Y-%m-%d %H:%M:%S}" if message.attempts else "waits to be sent"
    return message.state


def attempt_words(attempt: AttemptInfo) -> str:
    """ "200 OK", or what was wrong."""
    if attempt.status is None:
        return attempt.fault
    phrase = HTTPStatus(attempt.status).phrase if attempt.status in set(HTTPStatus) else ""
    return f"{attempt.status} {phrase}".strip()
