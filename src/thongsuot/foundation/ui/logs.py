"""One line of JSON per event, so that an operator can search logs without guessing their shape."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Final

# What the library itself puts on a record; everything else was given by the caller as a fact.
_OWN: Final = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
# Never written, whatever a caller passes: a log is read by more people than a page.
_HIDDEN: Final = ("password", "token", "secret", "cookie", "authorization", "session")


class JsonLines(logging.Formatter):
    """Writes ``{"at", "level", "logger", "message", facts…, "error"}`` on one line.

    Values are text, numbers or true/false; a request is written as its method and path, without
    its query, because a search may hold a person's name.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update({k: _plain(k, v) for k, v in record.__dict__.items() if k not in _OWN})
        if record.exc_info:
            line["error"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def _plain(name: str, value: object) -> object:
    if any(word in name.lower() for word in _HIDDEN):
        return "…"
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    path = getattr(value, "path", None)
    if isinstance(path, str):
        return f"{getattr(value, 'method', '')} {path}".strip()
    return str(value)
