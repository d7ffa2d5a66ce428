"""The file definition: which fields, event types, purposes and retention classes the file has."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from customerfile.access.permissions import Permission
from customerfile.api.bearer import BearerToken
from customerfile.api.problems import answers
from customerfile.api.replying import replies
from customerfile.definition.queries import current_definition
from customerfile.definition.schema import FileDefinition

router = Router(tags=["definition"])


@router.get("", auth=BearerToken(Permission.SEE_DEFINITION), response=answers(FileDefinition))
@replies
def read_definition(request: HttpRequest) -> FileDefinition:
    """The running definition. Its fields are what a record may have."""
    return current_definition()
