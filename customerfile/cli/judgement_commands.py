"""`customerfile merge`, `split`, `judge`, `judgements`, `withdraw-judgement`: a person's word on who is who."""

from collections.abc import Sequence
from typing import Annotated

import typer

from customerfile.base.clock import now
from customerfile.cli.layout import AsJson, as_json, cells, console, table
from customerfile.cli.session import operator, operator_permissions
from customerfile.customers.judging.judgement_list import Act, judgement_acts
from customerfile.customers.judging.judging import Outcome, judge_pair, withdraw_act
from customerfile.customers.judging.merging import merge_customers, split_customer
from customerfile.customers.queries import full_number
from customerfile.customers.record_names import records_named
from customerfile.customers.resolution.verdicts import Verdict

_SHOWN_WORDS = 3

Note = Annotated[str, typer.Option(help="Why, for those who come after you.")]
_VERDICTS = {each.value.replace("_", "-"): each for each in Verdict}


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    for name, command, example in (
        ("merge", _merge, 'merge 00000018 00000026 --note "asked on the phone"'),
        ("split", _split, "split 00000018 --record shop/17 --record crm/A-2"),
        ("judge", _judge, "judge shop/17 crm/A-2 not-a-match"),
        ("judgements", _judgements, "judgements 00000018"),
        ("withdraw-judgement", _withdraw, "withdraw-judgement 12"),
    ):
        app.command(name, epilog=f"Example: customerfile {example}", help=command.__doc__)(command)


def _merge(
    numbers: Annotated[
        list[str], typer.Argument(metavar="NUMBER...", help="Numbers of two or more customers.")
    ],
    note: Note = "",
    as_json_: AsJson = False,
) -> None:
    """Make one customer of several. The oldest number stays; the others lead to it from now on."""
    done = merge_customers(numbers, by=operator(), at=now(), note=note)
    told = ", ".join(full_number(number) for number in numbers)
    _tell(done, f"{told} are one customer now: {done.customers[0]}.", as_json_)


def _split(
    number: Annotated[str, typer.Argument(help="The customer to split.")],
    record: Annotated[
        list[str], typer.Option(help="A record that leaves, as SOURCE/KEY. May be given several times.")
    ],
    note: Note = "",
    as_json_: AsJson = False,
) -> None:
    """Let some records of a customer leave, together, as a customer of their own. They are kept apart from now on."""
    done = split_customer(number, records_named(record), by=operator(), at=now(), note=note)
    stays, leaves = done.customers[0], done.customers[-1]
    _tell(done, f"{', '.join(record)} left customer {stays} and stand under {leaves} now.", as_json_)


def _judge(
    left: Annotated[str, typer.Argument(metavar="SOURCE/KEY", help="A record.")],
    right: Annotated[str, typer.Argument(metavar="SOURCE/KEY", help="Another record.")],
    verdict: Annotated[str, typer.Argument(metavar="VERDICT", help="match, not-a-match or unsure.")],
    note: Note = "",
    as_json_: AsJson = False,
) -> None:
    """Say whether two records are about one customer. It beats every score until it is withdrawn."""
    if verdict not in _VERDICTS:
        raise typer.BadParameter(f"{verdict} is none of: {', '.join(_VERDICTS)}.")
    one, other = records_named([left, right])
    done = judge_pair(one, other, verdict=_VERDICTS[verdict], by=operator(), at=now(), note=note)
    sentence = f"{left} and {right} {_stand(done.customers)}."
    if _VERDICTS[verdict] is Verdict.MATCH and len(done.customers) > 1:
        sentence += " Other judgements keep them apart; merge these customers to overrule them."
    _tell(done, sentence, as_json_)


def _withdraw(
    number: Annotated[
        int, typer.Argument(metavar="ID", help="The number that customerfile judgements shows.")
    ],
    as_json_: AsJson = False,
) -> None:
    """Take back a judgement, merge or split, with all that was said in it. What it had set aside stands again."""
    done = withdraw_act(number, may=operator_permissions(), by=operator(), at=now())
    if as_json_:
        typer.echo(as_json(done))
    else:
        console().print(
            f"Judgement {done.act} is withdrawn; its records {_stand(done.customers)}.", markup=False
        )


def _stand(customers: Sequence[str]) -> str:
    if len(customers) == 1:
        return f"stand under customer {customers[0]}"
    return f"stand under the customers {', '.join(customers)}" if customers else "are gone"


def _tell(done: Outcome, sentence: str, as_json_: bool) -> None:
    if as_json_:
        typer.echo(as_json(done))
        return
    if done.waits:
        sentence = "Noted. It counts once a second person says the same and nobody says the opposite."
    console().print(f"{sentence}\nTo take it back: customerfile withdraw-judgement {done.act}", markup=False)


def _judgements(
    number: Annotated[str, typer.Argument(help="Only those about this customer.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Withdrawn ones too.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 50,
    as_json_: AsJson = False,
) -> None:
    """List what people said, the newest first: who, when, of which records, and what was withdrawn."""
    acts = judgement_acts(number, include_withdrawn=every, limit=limit)
    if as_json_:
        typer.echo(as_json(acts))
    elif acts:
        _print_acts(acts)
    else:
        console().print("Nobody has judged anything here yet. See what waits with: customerfile review")


def _print_acts(acts: Sequence[Act]) -> None:
    made = table("id", "act", "by", "at", "said", "note", right=("id",))
    for act in acts:
        made.add_row(*cells(act.id, act.kind, act.by, f"{act.at:%Y-%m-%d %H:%M}", _said(act), _remark(act)))
    console().print(made)


def _said(act: Act) -> str:
    lines = [
        f"{word.left} and {word.right}: {word.verdict.replace('_', ' ')}{'' if word.stands else ' (set aside)'}"
        for word in act.words[:_SHOWN_WORDS]
    ]
    more = len(act.words) - _SHOWN_WORDS
    return "\n".join([*lines, f"and {more} more"] if more > 0 else lines)


def _remark(act: Act) -> str:
    withdrawn = (
        f"withdrawn by {act.withdrawn_by}, {act.withdrawn_at:%Y-%m-%d %H:%M}" if act.withdrawn_at else ""
    )
    return "\n".join(part for part in (act.note, withdrawn) if part)
