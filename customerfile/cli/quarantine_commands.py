"""`customerfile quarantine`: events that do not fit the tracking plan, and the rules that mend them."""

from typing import Annotated, Any

import typer
from rich.text import Text

from customerfile.cli.layout import AsJson, as_json, cells, console, table
from customerfile.cli.listing_group import ListsByDefault
from customerfile.cli.session import operator
from customerfile.embedded import home
from customerfile.intake.errors import QuarantineRefused
from customerfile.intake.mending_checks import rule_words
from customerfile.intake.quarantine import (
    Foreseen,
    Released,
    discard_events,
    foresee_release,
    group_of,
    put_back,
    release_events,
    standing_rule,
    take_back_rule,
)
from customerfile.timeline.quarantine import MendingKind, MendingRule
from customerfile.timeline.quarantine_queries import QuarantineGroup, quarantine_groups, standing_rules

_LONGEST_TEXT = 80
_WAITING, _DISCARDED = "waiting", "discarded"

Number = Annotated[
    int, typer.Argument(metavar="NUMBER", help="The number that customerfile quarantine shows.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would happen.")]


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    group = typer.Typer(cls=ListsByDefault, help="Events that do not fit the tracking plan.")
    for name, command, example in (
        ("list", _list, "quarantine list --source shop"),
        ("release", _release, 'quarantine release 7 --call "Order Completed" --dry-run'),
        ("discard", _discard, "quarantine discard 7"),
        ("rules", _rules, "quarantine rules"),
        ("take-back", _take_back, "quarantine take-back 3"),
    ):
        group.command(name, epilog=f"Example: customerfile {example}", help=command.__doc__)(command)
    app.add_typer(group, name="quarantine")


def _list(
    source: Annotated[str, typer.Option(metavar="KEY", help="Those of this source.")] = "",
    discarded: Annotated[bool, typer.Option("--discarded", help="Those that were discarded.")] = False,
    as_json_: AsJson = False,
) -> None:
    """List events in quarantine by name and reason: how many, an example, what to do. The word "list" may be left
    away.
    """
    found = quarantine_groups(state=_DISCARDED if discarded else _WAITING, source=source)
    if as_json_:
        typer.echo(as_json(found))
    elif found:
        _print_groups(found)
    else:
        console().print("No event was discarded." if discarded else "No event is in quarantine.")


def _print_groups(found: tuple[QuarantineGroup, ...]) -> None:
    made = table(
        "number", "source", "event", "how many", "reason and remedy", "example", right=("number", "how many")
    )
    for each in found:
        said = ", ".join(f"{name}: {text}" for name, text in each.example.properties.items())
        made.add_row(
            *cells(
                each.id,
                each.source_key,
                each.name,
                f"{each.count:,}",
                f"{each.reason} {each.remedy}",
                f"{each.example.key} {said}"[:_LONGEST_TEXT],
            )
        )
    console().print(made)
    console().print("Mend and release them with: customerfile quarantine release NUMBER --help")


def _release(
    number: Number,
    call: Annotated[str, typer.Option(metavar="NAME", help="What the event is called in the plan.")] = "",
    property_: Annotated[
        str, typer.Option("--property", metavar="KEY", help="A property that is called otherwise: see --as.")
    ] = "",
    as_: Annotated[
        str, typer.Option("--as", metavar="KEY", help="What --property is called in the plan.")
    ] = "",
    without: Annotated[str, typer.Option(metavar="KEY", help="Take the event without this property.")] = "",
    dry_run: DryRun = False,
    as_json_: AsJson = False,
) -> None:
    """Release events by a rule, which is kept with the source and mends what comes; without one, those that fit by
    now.
    """
    group = group_of(number)
    rule = _rule(group, call, property_, as_, without)
    if dry_run:
        foreseen = foresee_release(group, rule, home=home())
        _tell(as_json_, foreseen, _foreseen(foreseen, rule))
    else:
        done = release_events(group, rule, home=home(), by=operator())
        _tell(as_json_, done, _released(done))


def _rule(group: QuarantineGroup, call: str, property_: str, as_: str, without: str) -> MendingRule | None:
    if sum(map(bool, (call, property_ or as_, without))) > 1 or bool(property_) is not bool(as_):
        raise QuarantineRefused(
            "One rule is made at a time: --call NAME, or --property KEY --as KEY, or --without KEY.",
            "Give one of them; run the command again for the next.",
        )
    if call:
        return MendingRule(0, MendingKind.CALL_EVENT, group.name, new_name=call)
    event = _called(group)
    if property_:
        return MendingRule(0, MendingKind.CALL_PROPERTY, event, property_, as_)
    return MendingRule(0, MendingKind.LEAVE_OUT, event, without) if without else None


def _called(group: QuarantineGroup) -> str:
    """The name that rules give these events by now."""
    for each in standing_rules():
        is_its = each.source_id == group.source_id and each.rule.event == group.name
        if is_its and each.rule.kind is MendingKind.CALL_EVENT:
            return each.rule.new_name
    return group.name


def _foreseen(foreseen: Foreseen, rule: MendingRule | None) -> str:
    lines = [f"{rule_words(rule)}: " if rule else ""]
    lines[0] += f"{foreseen.released:,} events would be released, {foreseen.stays:,} would stay."
    lines += [f"  {count:,}: {reason}" for reason, count in foreseen.reasons]
    return "\n".join(lines)


def _released(done: Released) -> str:
    where = f" in delivery {done.delivery}" if done.delivery else ""
    told = f"{done.released:,} events are released{where}, {done.stays:,} stay."
    if done.rule is None:
        return told
    return f"{rule_words(done.rule)}: {told}\nTake it back with: customerfile quarantine take-back {done.rule.id}"


def _discard(
    number: Number,
    undo: Annotated[bool, typer.Option("--undo", help="Let them wait again.")] = False,
    dry_run: DryRun = False,
    as_json_: AsJson = False,
) -> None:
    """Discard events of one name and reason: they go on no timeline, and stay in quarantine as discarded."""
    group = group_of(number, state=_DISCARDED if undo else _WAITING)
    count = (
        group.count
        if dry_run
        else put_back(group, by=operator())
        if undo
        else discard_events(group, by=operator())
    )
    became = "wait again" if undo else "are discarded"
    words = f"{count:,} events {'would ' + became.replace('are', 'be') if dry_run else became}."
    _tell(as_json_, {"events": count, "dry_run": dry_run}, words)


def _rules(as_json_: AsJson = False) -> None:
    """List the rules that mend events, with how many each released."""
    found = standing_rules()
    if as_json_:
        typer.echo(as_json(found))
        return
    if not found:
        console().print("There is no rule.")
        return
    made = table("rule", "source", "says", "released", "made", "by", right=("rule", "released"))
    for each in found:
        made.add_row(
            *cells(each.rule.id, each.source_key, rule_words(each.rule), f"{each.released:,}"),
            *cells(f"{each.made_at:%Y-%m-%d}", each.made_by),
        )
    console().print(made)


def _take_back(
    rule: Annotated[int, typer.Argument(metavar="RULE", help="The number of the rule.")],
    dry_run: DryRun = False,
    as_json_: AsJson = False,
) -> None:
    """Take a rule back: what it released leaves the timelines and waits again."""
    count = standing_rule(rule).released if dry_run else take_back_rule(rule, home=home(), by=operator())
    _tell(
        as_json_,
        {"waiting": count, "dry_run": dry_run},
        f"{count:,} events {'would wait' if dry_run else 'wait'} again.",
    )


def _tell(as_json_: bool, done: Any, words: str) -> None:
    if as_json_:
        typer.echo(as_json(done))
    else:
        console().print(Text(words))
