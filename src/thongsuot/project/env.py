"""Settings come from the environment, through typed readers that fail loudly."""

import os
from pathlib import Path
from urllib.parse import unquote, urlparse


class BadSetting(ValueError):
    """A value in the environment that cannot be used; the message says which and what to do."""


def text(name: str, default: str = "") -> str:
    """The value, or the content of the file that ``NAME_FILE`` points at."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """1/true/yes/on or 0/false/no/off. Raises BadSetting for anything else."""
    raw = os.environ.get(name, "").strip().lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name} must be 1 or 0, not {raw!r}")


def number(name: str, default: int) -> int:
    """A whole number. Raises BadSetting for anything else."""
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError:
        raise BadSetting(f"{name} must be a whole number, not {raw!r}") from None


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty words."""
    return [w.strip() for w in text(name, default).split(",") if w.strip()]


def postgres(url: str) -> dict[str, object]:
    """The database settings behind ``postgresql://user:password@host:port/name``.

    Raises BadSetting for another scheme: SQLite is configured by leaving the address empty.
    """
    parts = urlparse(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise BadSetting("DATABASE_URL must look like postgresql://user:password@host:5432/name")
    query = dict(p.split("=", 1) for p in parts.query.split("&") if "=" in p)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
