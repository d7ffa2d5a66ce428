"""`customerfile user` and `role`: who may come in, and what they may do."""

from typing import Annotated

import typer

from customerfile.access.operations import issue_sign_in_link
from customerfile.access.permissions import Permission
from customerfile.access.queries import RoleInfo, roles, users
from customerfile.access.second_factor import (
    is_second_factor_required,
    require_second_factor,
    reset_second_factor,
)
from customerfile.access.sessions import end_sessions_of
from customerfile.access.sight import EVENTS, HOLDINGS, RELATIONSHIPS
from customerfile.access.users import (
    add_user,
    define_role,
    limit_to_branches,
    reset_role,
    set_active,
    set_role,
)
from customerfile.base.clock import now
from customerfile.cli.layout import AsJson, as_json, cells, console, table
from customerfile.cli.listing_group import ListsByDefault
from customerfile.cli.session import operator
from customerfile.definition.queries import fields_named

Name = Annotated[str, typer.Argument(help="The name under which they sign in.")]
RoleKey = Annotated[str, typer.Argument(metavar="ROLE", help="A role that customerfile role list shows.")]


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    people = typer.Typer(cls=ListsByDefault, help="People who may come in.")
    kinds = typer.Typer(cls=ListsByDefault, help="What people may do, by their role.")
    for group, name, command, example in (
        (people, "list", _list, "user list"),
        (people, "add", _add, "user add nora --role steward"),
        (people, "role", _set_role, "user role nora owner"),
        (people, "limit", _limit, "user limit nora --branch Leeds --branch York"),
        (people, "disable", _disable, "user disable nora"),
        (people, "enable", _enable, "user enable nora"),
        (people, "sign-out", _sign_out, "user sign-out nora"),
        (people, "second-factor", _second_factor, "user second-factor --require"),
        (people, "reset-second-factor", _reset_second_factor, "user reset-second-factor nora"),
        (kinds, "list", _list_roles, "role list"),
        (kinds, "set", _define, "role set till --may customers.see --sees name --sees phone"),
        (kinds, "reset", _reset, "role reset till"),
    ):
        group.command(name, epilog=f"Example: customerfile {example}", help=command.__doc__)(command)
    app.add_typer(people, name="user")
    app.add_typer(kinds, name="role")


def _list(as_json_: AsJson = False) -> None:
    """List everybody, with their role. The word "list" may be left away."""
    found = users()
    if as_json_:
        typer.echo(as_json(found))
        return
    made = table("name", "role", "branches", "state", "signed in last")
    for each in found:
        last = f"{each.last_login:%Y-%m-%d %H:%M}" if each.last_login else "never"
        branches = "all" if each.branches is None else ", ".join(each.branches)
        made.add_row(
            *cells(each.username, each.role, branches, "may come in" if each.active else "disabled", last)
        )
    console().print(made)


def _add(
    name: Name,
    role: Annotated[str, typer.Option(help="What they may do: see customerfile role list.")],
    address: Annotated[str, typer.Option(help="Where the pages are served.")] = "http://127.0.0.1:8000",
    as_json_: AsJson = False,
) -> None:
    """Let somebody in. They sign in once with the link that is printed, and choose a password."""
    by, at = operator(), now()
    user = add_user(name, role=role, by=by, at=at)
    link = f"{address}/sign-in/{issue_sign_in_link(username=user.username, by=by, at=at)}"
    if as_json_:
        typer.echo(as_json({"user": user.username, "role": role, "link": link}))
    else:
        console().print(
            f"{user.username} may come in. For them alone, within 30 minutes:\n{link}", markup=False
        )


def _set_role(name: Name, role: RoleKey, as_json_: AsJson = False) -> None:
    """Give somebody another role. It counts from their next click or call on."""
    set_role(name, role=role, by=operator(), at=now())
    _tell({"user": name, "role": role}, f"{name} has the role {role} now.", as_json_)


def _limit(
    name: Name,
    branch: Annotated[
        list[str] | None, typer.Option(help="A branch, as your files write it. May be given several times.")
    ] = None,
    all_branches: Annotated[bool, typer.Option("--all-branches", help="Let them see all customers.")] = False,
    as_json_: AsJson = False,
) -> None:
    """Show somebody the customers of some branches alone: the others are not there for them, from the next click on."""
    if bool(branch) == all_branches:
        raise typer.BadParameter("Name branches with --branch, or say --all-branches.")
    limit_to_branches(name, branches=None if all_branches else branch, by=operator(), at=now())
    told = "all customers" if all_branches else f"the customers of {', '.join(branch or ())}"
    _tell({"user": name, "branches": branch or None}, f"{name} sees {told} from now on.", as_json_)


def _disable(name: Name, as_json_: AsJson = False) -> None:
    """Let somebody in no longer: their next click or call is refused, by their tokens too."""
    set_active(name, active=False, by=operator(), at=now())
    _tell({"user": name, "active": False}, f"{name} may not come in any more.", as_json_)


def _enable(name: Name, as_json_: AsJson = False) -> None:
    """Let somebody in again."""
    set_active(name, active=True, by=operator(), at=now())
    _tell({"user": name, "active": True}, f"{name} may come in again.", as_json_)


def _sign_out(name: Name, as_json_: AsJson = False) -> None:
    """Sign somebody out everywhere. Tokens that act for them go on; see customerfile token revoke."""
    count = end_sessions_of(name, by=operator(), at=now())
    _tell({"user": name, "sessions": count}, f"{name} is signed out everywhere ({count}).", as_json_)


def _second_factor(
    require: Annotated[
        bool | None, typer.Option("--require/--no-require", help="Ask for it; without, say how it stands.")
    ] = None,
    as_json_: AsJson = False,
) -> None:
    """Ask for a second factor from roles that may export, merge or change how the file works; or no longer."""
    if require is not None:
        require_second_factor(required=require, by=operator(), at=now())
    required = is_second_factor_required()
    told = "Roles that can do much need a second factor." if required else "Nobody needs a second factor."
    _tell({"required": required}, told, as_json_)


def _reset_second_factor(name: Name, as_json_: AsJson = False) -> None:
    """For somebody who lost theirs: they come in without a second factor, and set up another."""
    reset_second_factor(name, by=operator(), at=now())
    _tell(
        {"user": name, "second_factor": False},
        f"{name} has no second factor any more, and is signed out everywhere.",
        as_json_,
    )


def _list_roles(as_json_: AsJson = False) -> None:
    """List the roles with what each may do. The word "list" may be left away."""
    found = list(roles().values())
    if as_json_:
        typer.echo(as_json([_plain(each) for each in found]))
        return
    made = table("role", "label", "may", "sees")
    for each in found:
        may = "everything" if each.permissions == set(Permission) else "\n".join(sorted(each.permissions))
        sees = "everything" if each.fields is None else ", ".join(sorted(each.fields))
        made.add_row(*cells(f"{each.key}{' (changed)' if each.changed else ''}", each.label, may, sees))
    console().print(made)


def _define(
    key: RoleKey,
    may: Annotated[list[Permission], typer.Option(help="What it may do. May be given several times.")],
    sees: Annotated[
        list[str] | None,
        typer.Option(
            help="A field or group of fields of customers that it sees, or events, or relationships. May be given"
            " several times; without, it sees all fields, those to come too."
        ),
    ] = None,
    label: Annotated[str, typer.Option(help="What it is called.")] = "",
    as_json_: AsJson = False,
) -> None:
    """Make a role, or change one: it may do what is named here and nothing else, from the next click or call on."""
    fields = fields_named(sees, beside=(EVENTS, HOLDINGS, RELATIONSHIPS)) if sees else None
    define_role(key, label=label, permissions=set(may), fields=fields, by=operator(), at=now())
    told = f"Whoever has the role {key} may: {', '.join(sorted(may))}."
    if fields is not None:
        told += f" Of customers they see: {', '.join(sorted(fields))}."
    _tell(_plain(roles()[key]), told, as_json_)


def _reset(key: RoleKey, as_json_: AsJson = False) -> None:
    """Take a role back to how it ships; a role of your own goes away."""
    reset_role(key, by=operator(), at=now())
    _tell(
        {"role": key},
        f"The role {key} is as it ships." if key in roles() else f"The role {key} is gone.",
        as_json_,
    )


def _plain(role: RoleInfo) -> dict[str, object]:
    sees = None if role.fields is None else sorted(role.fields)
    return {
        "role": role.key,
        "label": role.label,
        "may": sorted(role.permissions),
        "sees": sees,
        "changed": role.changed,
    }


def _tell(facts: object, sentence: str, as_json_: bool) -> None:
    if as_json_:
        typer.echo(as_json(facts))
    else:
        console().print(sentence, markup=False)
