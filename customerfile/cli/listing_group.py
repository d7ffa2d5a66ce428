"""A group of commands that lists where no command of it is named: `watch` is `watch list`."""

from typing import Any

from typer.core import TyperGroup


class ListsByDefault(TyperGroup):
    """What follows that is no command of the group is for its `list`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ("--help", "-h")):
            args = ["list", *args]
        rest: list[str] = super().parse_args(ctx, args)
        return rest
