"""What the tables of this room hold."""

from customerfile.base.registry import Hangs, OnErase, OnMerge, TableDeclaration, classified

TABLES = (
    TableDeclaration(
        table="quality_run",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="when the file was measured; of no customer",
        exported=False,
        columns=classified(
            "id measured_at customers records customers_measured records_measured",
            "by",
        ),
    ),
    TableDeclaration(
        table="quality_request",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="who wants the file measured just now; gone once it is",
        exported=False,
        columns=classified("id at attempts message", "by"),
    ),
    TableDeclaration(
        table="quality_figure",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="counts; the internal numbers of customers behind them go with the next measurement, within a day",
        exported=False,
        columns=classified("id run_id source field measure value population measured affected", "customers"),
    ),
)
