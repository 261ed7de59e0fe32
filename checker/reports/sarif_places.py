"""How does SARIF tell a place and an instant?"""

from datetime import datetime
from typing import Any

from checker.reports.spots import Spot

Json = dict[str, Any]


def place(spot: Spot, number: int | None = None, text: str = "") -> Json:
    """A location; without a line the whole file, with its JSON pointer as a logical location."""
    region = {"startLine": spot.line, "startColumn": spot.column}
    known = {name: value for name, value in region.items() if value is not None and spot.line is not None}
    physical: Json = {"artifactLocation": {"uri": spot.uri, "uriBaseId": "%SRCROOT%"}}
    told: Json = {"physicalLocation": physical | ({"region": known} if known else {})}
    if spot.pointer is not None:
        told["logicalLocations"] = [{"fullyQualifiedName": spot.pointer, "kind": "object"}]
    if number is not None:
        told["id"] = number
    return told | ({"message": {"text": text}} if text else {})


def instant(at: datetime) -> str:
    """RFC 3339 in UTC."""
    return at.isoformat().replace("+00:00", "Z")
