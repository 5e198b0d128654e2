"""Keep a neutral reply as JSON, so that an answer survives a crash between effect and send."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from actions.reply import Button, Card, Chart, Fact, Field, File, Form, Kind, Reply, Table
from actions.words import Listed, Named, Text, _

_TYPES = {
    kind.__name__: kind
    for kind in (Button, Card, Chart, Fact, Field, Form, Listed, Named, Reply, Table, Text)
}
_MOMENTS: dict[str, Any] = {"datetime": datetime, "date": date, "time": time}


def encode(value: Any) -> Any:
    """Return a reply, or a part of one, as JSON values."""
    if isinstance(value, File):
        # Its rows are not kept, not even until the answer is sent.
        return encode(
            _("{name} did not come through. Press the button once more.", name=value.name)
        )
    if is_dataclass(value):
        parts = {name: encode(getattr(value, name)) for name in _names(value.__class__)}
        return {"is": type(value).__name__, **parts}
    if isinstance(value, (datetime, date, time)):
        return {"is": type(value).__name__, "iso": value.isoformat()}
    if isinstance(value, dict):
        return {"is": "values", "of": {key: encode(part) for key, part in value.items()}}
    if isinstance(value, (tuple, list)):
        return [encode(part) for part in value]
    return str(value) if isinstance(value, Kind) else value


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(part.name for part in fields(kind))


def decode(value: Any) -> Any:
    """Return what `encode` was given."""
    if isinstance(value, list):
        return tuple(decode(part) for part in value)
    if not isinstance(value, dict):
        return value
    kind = value["is"]
    if kind == "values":
        return {key: decode(part) for key, part in value["of"].items()}
    if kind in _MOMENTS:
        return _MOMENTS[kind].fromisoformat(value["iso"])
    parts = {key: decode(part) for key, part in value.items() if key != "is"}
    if kind == "Field":
        parts["kind"] = Kind(parts["kind"])
    return _TYPES[kind](**parts)
