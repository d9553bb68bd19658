"""The one schema of the atlas: `datapackage.json`, read into fields that parse and check."""

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geodata.errors import AtlasError

__all__ = ["Field", "Package", "Resource", "read_package"]

_BOOLEANS = {"true": True, "false": False}
# ASCII digits only: Python's numbers take those of every script.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its type, unit, constraints and the tables it points to."""

    name: str
    type: str
    description: str
    unit: str
    separator: str
    references: tuple[tuple[str, str], ...]
    required: bool
    unique: bool
    enum: frozenset[str]
    minimum: float | None
    maximum: float | None
    pattern: re.Pattern[str] | None

    def parse(self, text: str) -> Any:
        """Turn a cell into its value.

        Parameters
        ----------
        text
            The cell as it stands in the file; empty means not known.

        Returns
        -------
        str, float, int, bool, date, tuple of str or None
            A list field gives a tuple; an empty cell gives None, or an empty tuple.

        Raises
        ------
        ValueError
            Where the cell breaks the schema; the message says what is expected.

        Examples
        --------
        >>> length = read_package(None).resource("links").field("length_km")
        >>> length.parse("162.5"), length.unit
        (162.5, 'km')
        """
        if not text:
            if self.required:
                msg = "A value is required here."
                raise ValueError(msg)
            return () if self.separator else None
        if text != text.strip() or "\n" in text or "\r" in text:
            msg = "The cell has space at an end or a line break in it."
            raise ValueError(msg)
        if self.separator:
            return tuple(self._one(part) for part in self._split(text))
        return self._one(text)

    def _split(self, text: str) -> list[str]:
        parts = text.split(self.separator)
        if any(not part or part != part.strip() for part in parts) or len(set(parts)) < len(parts):
            msg = f"The list holds an empty, spaced or doubled item (items are parted by {self.separator!r} alone)."
            raise ValueError(msg)
        return parts

    def _one(self, text: str) -> Any:
        value = self._typed(text)
        if self.enum and text not in self.enum:
            msg = f"Expected one of: {', '.join(sorted(self.enum))}."
            raise ValueError(msg)
        if self.pattern and not self.pattern.fullmatch(text):
            msg = f"Expected text of the form {self.pattern.pattern}."
            raise ValueError(msg)
        return value

    def _typed(self, text: str) -> Any:
        if self.type in {"number", "integer"}:
            return self._number(text)
        if self.type == "boolean":
            if text not in _BOOLEANS:
                msg = "Expected true or false."
                raise ValueError(msg)
            return _BOOLEANS[text]
        return _day(text) if self.type == "date" else text

    def _number(self, text: str) -> float | int:
        if not _NUMBER.fullmatch(text) or (self.type == "integer" and "." in text):
            msg = f"Expected {'a whole number' if self.type == 'integer' else 'a number'} with a point and no unit."
            raise ValueError(msg)
        value = int(text) if self.type == "integer" else float(text)
        if self.minimum is not None and value < self.minimum:
            msg = f"Expected at least {self.minimum:g} {self.unit}".rstrip() + "."
            raise ValueError(msg)
        if self.maximum is not None and value > self.maximum:
            msg = f"Expected at most {self.maximum:g} {self.unit}".rstrip() + "."
            raise ValueError(msg)
        return value


def _day(text: str) -> date:
    try:
        # The standard library reads week days and days without hyphens as well.
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        msg = "Expected a day as YYYY-MM-DD."
        raise ValueError(msg) from None


@dataclass(frozen=True, slots=True)
class Resource:
    """One table of the package: its file, licence, columns and keys."""

    name: str
    title: str
    path: str
    licence: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[tuple[str, str, str], ...]

    def field(self, name: str) -> Field:
        """Return one column by name."""
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True, slots=True)
class Package:
    """The whole schema with the atlas's version and data date."""

    folder: Path
    version: str
    data_date: date
    resources: tuple[Resource, ...]

    def resource(self, name: str) -> Resource:
        """Return one table's schema by name."""
        return next(resource for resource in self.resources if resource.name == name)


def _field(spec: dict[str, Any]) -> Field:
    rules = spec.get("constraints", {})
    items = spec.get("items", {})
    pairs = [item.split(".") for item in spec.get("references", "").split("|") if item]
    return Field(
        name=spec["name"],
        type=spec["type"],
        description=spec.get("description", ""),
        unit=spec.get("unit", ""),
        separator=spec.get("separator", ""),
        references=tuple((table, column) for table, column in pairs),
        required=rules.get("required", False),
        unique=rules.get("unique", False),
        enum=frozenset(rules.get("enum", ()) or items.get("enum", ())),
        minimum=rules.get("minimum"),
        maximum=rules.get("maximum"),
        pattern=re.compile(rules["pattern"], re.ASCII) if "pattern" in rules else None,
    )


def _resource(spec: dict[str, Any]) -> Resource:
    schema = spec["schema"]
    key = schema["primaryKey"]
    return Resource(
        name=spec["name"],
        title=spec["title"],
        path=spec["path"],
        licence=spec["licenses"][0]["name"],
        fields=tuple(_field(field) for field in schema["fields"]),
        primary_key=(key,) if isinstance(key, str) else tuple(key),
        foreign_keys=tuple(
            (item["fields"], item["reference"]["resource"], item["reference"]["fields"])
            for item in schema.get("foreignKeys", ())
        ),
    )


def read_package(folder: Path | None = None) -> Package:
    """Read `datapackage.json` of an atlas folder.

    Parameters
    ----------
    folder
        Folder of the atlas; None means the one that comes with the package.

    Returns
    -------
    Package
        Version, data date and the schema of every table.

    Raises
    ------
    AtlasError
        Where the file is missing or is no data package.

    Examples
    --------
    >>> read_package().resource("places").licence
    'ODbL-1.0'
    """
    folder = folder or Path(__file__).parent / "atlas"
    path = folder / "datapackage.json"
    try:
        spec = json.loads(path.read_text(encoding="utf-8"))
        return Package(
            folder=folder,
            version=spec["version"],
            data_date=date.fromisoformat(spec["data_date"]),
            resources=tuple(_resource(resource) for resource in spec["resources"]),
        )
    except (FileNotFoundError, NotADirectoryError):
        msg = f"No datapackage.json in {folder}: this is not an atlas. Name a folder that holds one."
        raise AtlasError(msg) from None
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, re.error) as error:
        msg = f"{path} is not a data package of an atlas ({error!r}). Restore it from the release."
        raise AtlasError(msg) from error
