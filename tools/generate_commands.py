"""Writes docs/reference/commands.md from the command line itself: every command with its help and options."""

import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "commands.md"


def page() -> str:
    """The reference page, as it should be."""
    from customerfile.cli.startup import describe_only  # noqa: PLC0415 - the commands need Django set up

    describe_only()
    from typer.main import get_command  # noqa: PLC0415 - the commands need Django set up

    from customerfile.cli.commands import command_line  # noqa: PLC0415 - the commands need Django set up

    root = get_command(command_line())
    parts = ["# Commands\n", "Made by `tools/generate_commands.py` from the commands themselves.\n"]
    for name, command in sorted(_walk("customerfile", root)):
        parts.append(_section(name, command))
    return "\n".join(parts)


def _walk(name, command):
    children = getattr(command, "commands", None)
    if children is None:
        yield name, command
        return
    for child, found in children.items():
        yield from _walk(f"{name} {child}", found)


def _section(name, command) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and p.name != "help"]
    usage = " ".join([name, *(p.name.upper() for p in arguments)])
    lines = [f"## {name}\n", f"`{usage}`\n", f"{' '.join((command.help or '').split())}\n"]
    if arguments or options:
        lines += ["| option | meaning |", "|---|---|"]
        lines += [
            f"| {_spelling(p)} | {_escaped(getattr(p, 'help', '') or '')} |" for p in [*arguments, *options]
        ]
        lines.append("")
    if command.epilog:
        lines.append(f"{command.epilog.replace('Example: ', 'Example: `')}`\n")
    return "\n".join(lines)


def _spelling(param) -> str:
    if param.param_type_name == "argument":
        return f"`{param.name.upper()}`"
    return " ".join(f"`{each}`" for each in [*param.opts, *param.secondary_opts])


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"wrote {PAGE.name}\n")
