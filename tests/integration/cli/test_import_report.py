"""What the import command says at its end: a file that is refused whole names the reason and the remedy at once."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from customerfile.cli.commands import command_line
from customerfile.embedded import Home

ORDERS = "InvoiceNo,InvoiceDate,Quantity,UnitPrice,CustomerID\n1001,2025-03-01 10:00,2,4.50,17850\n"


@pytest.mark.parametrize(("more", "refused"), [((), True), (("--currency", "GBP"), False)])
def test_the_first_refusal_is_told_with_its_remedy(
    tmp_path: Path, test_home: Home, db: None, more: tuple[str, ...], refused: bool
) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_text(ORDERS, encoding="utf-8")

    told = CliRunner().invoke(
        command_line(), ["import", str(orders), "--source", "shop", "--as", "purchases", *more]
    )

    text = " ".join(told.output.split())
    assert told.exit_code == 0, told.output
    assert ("line 2: The amount names no currency" in text) is refused
    assert ("import again with --currency EUR" in text) is refused
