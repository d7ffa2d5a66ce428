"""Writes the demonstration: the files of four sources on one made-up clientele, and who is who in truth."""

import random
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

from customerfile.intake.demonstration.address_book import write_address_book
from customerfile.intake.demonstration.berlin_file import berlin_table
from customerfile.intake.demonstration.crm_file import crm_table
from customerfile.intake.demonstration.faults import PlantedFault, plant_faults
from customerfile.intake.demonstration.notes_file import notes_table
from customerfile.intake.demonstration.orders import draw_orders
from customerfile.intake.demonstration.orders_file import orders_table, totals_by_customer
from customerfile.intake.demonstration.organisations import draw_organisations
from customerfile.intake.demonstration.population import draw_population
from customerfile.intake.demonstration.shop_file import shop_table
from customerfile.intake.demonstration.sightings import Sighting
from customerfile.intake.demonstration.tables import Table, write_csv, write_xlsx
from customerfile.intake.demonstration.views import World, berlin_view, book_view, crm_view, shop_view


@dataclass(frozen=True, slots=True)
class DemoFile:
    """One file to import, with what to say to the import about it."""

    path: Path
    source: str
    kind_as: str  # customers, purchases, events
    mapping_path: Path | None
    country: str  # ISO 3166-1 alpha-2, the home country of the source


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The files in the order to import them. `truth_path` is a CSV of source, key and entity."""

    files: tuple[DemoFile, ...]
    truth_path: Path
    planted: tuple[PlantedFault, ...]


def generate(folder: Path, *, until: date, seed: int = 1, people: int = 600) -> Demonstration:
    """Writes the files into the folder, which is made where it is missing. `until` is the last day of the two
    years of purchases. The same arguments give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    population = draw_population(seed, people, until)
    world = World(population, draw_organisations(seed, population), until)
    shop, crm = shop_view(_stream(seed, "shop view"), world), crm_view(_stream(seed, "crm view"), world)
    berlin, book = (
        berlin_view(_stream(seed, "berlin view"), world),
        book_view(_stream(seed, "book view"), world),
    )
    orders = draw_orders(_stream(seed, "orders"), shop, until)
    tables = (
        shop_table(_stream(seed, "shop file"), shop, totals_by_customer(orders)),
        crm_table(_stream(seed, "crm file"), crm),
        berlin_table(berlin),
        orders_table(orders),
        notes_table(_stream(seed, "notes"), crm, until),
    )
    planted = [fault for table in tables for fault in plant_faults(_stream(seed, table.file_name), table)]
    planted.append(PlantedFault("contacts.vcf", len(book) + 1, "", "UID", ""))
    write_address_book(_stream(seed, "book"), folder / "contacts.vcf", [*book, replace(book[0], key="")])
    truth = {"shop": shop, "crm": crm, "berlin": berlin, "book": book}
    return Demonstration(_write_tables(folder, tables), _write_truth(folder, truth), tuple(planted))


def _stream(seed: int, name: str) -> random.Random:
    """Its own chance for every part, so that a change in one leaves the others' bytes alone."""
    return random.Random(f"{seed}/{name}")


def _write_tables(folder: Path, tables: Iterable[Table]) -> tuple[DemoFile, ...]:
    shop, crm, berlin, orders, notes = tables
    return (
        DemoFile(write_csv(folder, shop), "shop", "customers", None, "GB"),
        DemoFile(write_xlsx(folder, crm, "Customers"), "crm", "customers", None, "GB"),
        DemoFile(
            write_csv(folder, berlin, delimiter=";", encoding="cp1252"), "berlin", "customers", None, "DE"
        ),
        DemoFile(folder / "contacts.vcf", "book", "customers", None, "GB"),
        DemoFile(write_csv(folder, orders), "shop", "purchases", None, "GB"),
        DemoFile(write_csv(folder, notes), "crm", "events", _copy_mapping(folder, "notes"), "GB"),
    )


def _copy_mapping(folder: Path, name: str) -> Path:
    target = folder / f"{name}.mapping.yaml"
    with as_file(files(__package__) / "data" / target.name) as source:
        shutil.copyfile(source, target)
    return target


def _write_truth(folder: Path, views: dict[str, list[Sighting]]) -> Path:
    rows = [
        {"source": source, "key": seen.key, "entity": seen.entity}
        for source, sightings in views.items()
        for seen in sightings
    ]
    return write_csv(folder, Table("", "truth.csv", "key", rows))
