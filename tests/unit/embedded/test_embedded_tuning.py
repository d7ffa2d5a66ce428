"""The server's settings follow the machine, and never a customer's value into a log."""

import pytest

from customerfile.embedded.tuning import (
    GIB,
    MIB,
    disk_settings,
    fixed_settings,
    machine_memory,
    memory_settings,
    render,
    safety_settings,
)


@pytest.mark.parametrize(
    ("memory", "shared", "work", "maintenance"),
    [
        (256 * MIB, "64MB", "8MB", "64MB"),
        (4 * GIB, "819MB", "10MB", "256MB"),
        (16 * GIB, "3276MB", "40MB", "1024MB"),
        (256 * GIB, "4096MB", "64MB", "1024MB"),
    ],
)
def test_memory_is_a_share_of_the_machine_within_bounds(memory, shared, work, maintenance):
    settings = memory_settings(memory)
    assert settings["shared_buffers"] == shared
    assert settings["work_mem"] == work
    assert settings["maintenance_work_mem"] == maintenance


def test_real_homes_are_safe_and_throw_away_homes_are_fast():
    assert set(safety_settings(durable=True).items()) == {
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
    }
    assert set(safety_settings(durable=False).values()) == {"off"}


def test_no_value_of_a_statement_is_logged():
    settings = fixed_settings(compression="lz4", shared_memory="posix")
    assert settings["log_error_verbosity"] == "terse"
    assert settings["log_statement"] == "none"
    assert settings["log_min_error_statement"] == "panic"
    assert settings["log_parameter_max_length_on_error"] == "0"
    assert settings["listen_addresses"] == ""


def test_a_quote_in_a_path_stays_inside_its_setting():
    assert render({"a": "it's"}).splitlines()[1:] == ["a = 'it''s'"]


@pytest.mark.parametrize("value", ["x\nfsync = off", "x\r", "x\0"])
def test_a_line_break_in_a_setting_is_refused(value):
    with pytest.raises(ValueError, match="line break"):
        render({"a": value})


def test_this_machine_has_memory():
    assert machine_memory() > 64 * MIB


def test_the_log_between_checkpoints_takes_a_quarter_of_the_free_disk_within_bounds() -> None:
    gib = 1024**3

    assert [disk_settings(free)["max_wal_size"] for free in (gib, 32 * gib, 10_000 * gib)] == [
        "256MB",
        "8192MB",
        "16384MB",
    ]
