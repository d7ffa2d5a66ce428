"""Types of the internal keys, so that a record id cannot be passed as a customer id."""

from typing import NewType

SourceId = NewType("SourceId", int)
DeliveryId = NewType("DeliveryId", int)
RecordId = NewType("RecordId", int)
CustomerId = NewType("CustomerId", int)
EventId = NewType("EventId", int)
