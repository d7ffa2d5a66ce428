"""`customerfile review`, `agreement`, `judging`: what waits for a person's word, and how people judge in this file."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.text import Text

from customerfile.base.clock import now
from customerfile.cli.layout import AsJson, as_json, cells, console, table
from customerfile.cli.session import operator, write_down_reading
from customerfile.customers.judging.judging_rules import change_judging_rules, judging_rules
from customerfile.customers.review.agreement import Agreement
from customerfile.customers.review.review import ReviewPair, agreement_report, claim_pairs, review_pairs

_SHOWN_REASONS = 4
_WHY = {
    "between": "too much alike for strangers, not enough for one customer",
    "bridge": "this pair alone holds a customer together",
    "size": "a customer with unusually many records; this is the weakest pair",
}


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("review", epilog="Example: customerfile review --limit 5", help=_review.__doc__)(_review)
    app.command("agreement", epilog="Example: customerfile agreement", help=_agreement.__doc__)(_agreement)
    app.command("judging", epilog="Example: customerfile judging --people-needed 2", help=_judging.__doc__)(
        _judging
    )


def _review(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 20,
    after: Annotated[str, typer.Option(help="Go on behind this cursor, which --json shows.")] = "",
    claim: Annotated[
        bool, typer.Option("--claim", help="Take them for 15 minutes: nobody else is shown them.")
    ] = False,
    as_json_: AsJson = False,
) -> None:
    """List the pairs of records that wait for a person's word, the most valuable first, with the reasons in words."""
    by, at = operator(), now()
    found = (
        claim_pairs(by=by, at=at, limit=limit)
        if claim
        else review_pairs(by=by, at=at, after=after, limit=limit)
    )
    shown = {side.customer_id for each in found for side in (each.left, each.right)}
    write_down_reading("review", sorted(shown))
    if as_json_:
        typer.echo(as_json(found))
    elif found:
        for each in found:
            console().print(_told(each))
    else:
        console().print("Nothing waits for your word.")


def _told(pair: ReviewPair) -> Text:
    sides = [
        f"{side.name}  {side.display_name} ({side.customer}, {side.record_count} records)"
        for side in (pair.left, pair.right)
    ]
    why = f"{_WHY.get(pair.kind, '')}{pair.veto} (weight {pair.weight:.1f})"
    reasons = [f"  {reason.weight:+.1f}  {reason.words}" for reason in pair.reasons[:_SHOWN_REASONS]]
    answer = f"customerfile judge {pair.left.name} {pair.right.name} match|not-a-match|unsure"
    return Text("\n".join([*sides, why, *reasons, answer, ""]))


def _agreement(as_json_: AsJson = False) -> None:
    """Tell how far people agree who judged the same pairs: the share, and Cohen's kappa (1 is full, 0 is chance)."""
    report = agreement_report()
    if as_json_:
        typer.echo(as_json(report))
    elif report.overall.pair_count:
        _print_agreement((report.overall, *report.couples))
    else:
        console().print("No pair has been judged by two people yet.")


def _print_agreement(found: Sequence[Agreement]) -> None:
    made = table("people", "pairs", "agree", "kappa", right=("pairs", "agree", "kappa"))
    for each in found:
        kappa = "" if each.kappa is None else f"{each.kappa:.2f}"
        made.add_row(*cells(", ".join(each.people), each.pair_count, f"{each.agreed_rate:.0%}", kappa))
    console().print(made)


def _judging(
    people_needed: Annotated[
        int | None, typer.Option(help="1: one person's word counts. 2: two have to say the same.")
    ] = None,
    size_alarm: Annotated[
        int | None, typer.Option(help="Show customers with more records than this for review.")
    ] = None,
    as_json_: AsJson = False,
) -> None:
    """Show or change how people judge in this file. A change holds for what was said before, too."""
    if people_needed is None and size_alarm is None:
        rules = judging_rules()
    else:
        rules = change_judging_rules(
            people_needed=people_needed, most_records=size_alarm, by=operator(), at=now()
        )
    if as_json_:
        typer.echo(as_json(rules))
        return
    people = "One person decides." if rules.people_needed == 1 else "Two people have to say the same."
    console().print(f"{people} Customers of more than {rules.most_records} records are shown for review.")
