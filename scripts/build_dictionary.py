"""Write the data dictionary from the schema: `python scripts/build_dictionary.py [--check]`."""

import sys
from pathlib import Path

from geodata.schema import Field, read_package
from scripts.build_vias import write_atomically

TARGET = Path(__file__).parent.parent / "docs" / "data-dictionary.md"


def _rules(field: Field) -> str:
    rules = ["required"] if field.required else []
    rules += ["unique"] if field.unique else []
    rules += [f"list parted by `{field.separator}`"] if field.separator else []
    rules += [f"in {' or '.join(table for table, _ in field.references)}"] if field.references else []
    rules += [f"one of {', '.join(sorted(field.enum))}"] if field.enum else []
    rules += [f"at least {field.minimum:g}"] if field.minimum is not None else []
    rules += [f"at most {field.maximum:g}"] if field.maximum is not None else []
    return "; ".join(rules)


def dictionary() -> str:
    """Return the data dictionary as Markdown."""
    package = read_package()
    origin = "Made from `datapackage.json` by `scripts/build_dictionary.py`; change the schema, not this page."
    lines = ["# Data dictionary", "", f"Atlas {package.version}, facts up to {package.data_date}. {origin}", ""]
    for resource in package.resources:
        lines += [
            f"## {resource.path}",
            "",
            f"{resource.title}. Key: {', '.join(resource.primary_key)}. Licence: {resource.licence}.",
            "",
            "| column | type | unit | meaning | rules |",
            "|---|---|---|---|---|",
        ]
        targets = {column: target for column, target, _ in resource.foreign_keys}
        for field in resource.fields:
            pointer = f"in {targets[field.name]}" if field.name in targets else ""
            rules = "; ".join(filter(None, (_rules(field), pointer)))
            lines.append(f"| {field.name} | {field.type} | {field.unit} | {field.description} | {rules} |")
        lines.append("")
    return "\n".join(lines)


def main(check: bool) -> int:  # noqa: FBT001
    """Write the page, or tell whether it is up to date."""
    text = dictionary()
    if check:
        fresh = TARGET.exists() and TARGET.read_text(encoding="utf-8") == text
        print("up to date" if fresh else f"{TARGET.name} is stale: run scripts/build_dictionary.py")
        return 0 if fresh else 1
    write_atomically(TARGET, text)
    print(TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
