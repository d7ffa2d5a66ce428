"""The server's settings, from the size of the machine. Pure but for `machine_memory`, which looks."""

from pathlib import Path

import psutil

MIB = 1024 * 1024
GIB = 1024 * MIB
CONTAINER_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")

type Settings = dict[str, str]


def machine_memory() -> int:
    """Bytes this process may use: the machine's memory, or the container's limit where that is lower."""
    limits = [int(psutil.virtual_memory().total)]
    for name in CONTAINER_LIMITS:
        path = Path(name)
        text = path.read_text(encoding="utf-8").strip() if path.exists() else ""
        if text.isdigit():
            limits.append(int(text))
    return min(limits)


def shared_memory_room(folder: str = "/dev/shm") -> int:  # noqa: S108 (looked at, not written)
    """Bytes of POSIX shared memory; containers often have 64 MB, too little for parallel queries."""
    return psutil.disk_usage(folder).total if Path(folder).is_dir() else 0


def memory_settings(memory: int) -> Settings:
    """A fifth of the memory to the shared buffers, and never so much that a small machine has none left."""
    return {
        "shared_buffers": _megabytes(memory // 5, 64, 4096),
        "effective_cache_size": _megabytes(memory * 3 // 5, 128, 64 * 1024),
        "work_mem": _megabytes(memory // 400, 8, 64),
        "maintenance_work_mem": _megabytes(memory // 16, 64, 1024),
        "wal_buffers": _megabytes(memory // 256, 4, 64),
    }


def disk_settings(free: int) -> Settings:
    """Room for the write-ahead log between two checkpoints: a quarter of what is free.

    After each checkpoint every page that changes is logged whole. A large import changes pages all over the indexes of
    hashes, so that many checkpoints would double its work.
    """
    return {"max_wal_size": _megabytes(free // 4, 256, 16 * 1024), "min_wal_size": "256MB"}


def safety_settings(*, durable: bool) -> Settings:
    """On for every real home; off only for the throw-away homes of tests."""
    value = "on" if durable else "off"
    return dict.fromkeys(("fsync", "full_page_writes", "synchronous_commit"), value)


def fixed_settings(*, compression: str, shared_memory: str) -> Settings:
    """What does not depend on the machine's size."""
    return {
        "listen_addresses": "",
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "max_connections": "100",
        "dynamic_shared_memory_type": shared_memory,
        "checkpoint_timeout": "15min",
        "checkpoint_completion_target": "0.9",
        "wal_compression": compression,
        "random_page_cost": "1.1",
        "jit": "off",
        # An import looks after its own statistics; while tables grow, looking again and again would cost a core.
        "autovacuum_naptime": "5min",
        "autovacuum_vacuum_scale_factor": "0.1",
        "autovacuum_analyze_scale_factor": "0.2",
        "autovacuum_vacuum_insert_scale_factor": "0.5",
        "timezone": "UTC",
        **_log_settings(),
    }


def render(settings: Settings) -> str:
    """As PostgreSQL's configuration file. Raises ValueError on a value that could end its own quotes."""
    if any(sign in value for value in settings.values() for sign in "\n\r\0"):
        raise ValueError("a setting holds a line break")
    lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items()]
    return "\n".join(
        ["# Written by Customerfile at every start. Your own settings: ALTER SYSTEM.", *lines, ""]
    )


def _log_settings() -> Settings:
    return {
        "logging_collector": "on",
        "log_directory": "../logs",
        "log_filename": "postgresql-%a.log",
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "log_file_mode": "0600",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] ",
        "log_error_verbosity": "terse",
        "log_statement": "none",
        "log_min_error_statement": "panic",
        "log_min_duration_statement": "-1",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
    }


def _megabytes(size: int, least: int, most: int) -> str:
    return f"{min(max(size // MIB, least), most)}MB"
