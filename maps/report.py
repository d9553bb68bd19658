"""Reports as text: bottlenecks of several corridors as CSV and Markdown."""

import csv
import io
from collections.abc import Sequence

from corridors.bottleneck import KINDS, BottleneckReport
from geodata import Atlas

__all__ = ["bottlenecks_csv", "bottlenecks_markdown"]

_COLUMNS = (
    "corridor_id",
    "as_of",
    "kind",
    "rank",
    "object_id",
    "name",
    "cause",
    "value",
    "unit",
    "assumed",
    "grade",
    "source_ids",
    "remedy",
)
_SHOWN = 8
_RULES = (
    "Hours and costs marked assumed rest on no source. "
    "A wait without a published figure for that very point is not ranked."
)


def bottlenecks_csv(reports: Sequence[BottleneckReport]) -> str:
    """Return all rows of the reports as one CSV table.

    Parameters
    ----------
    reports
        Reports, one for each corridor.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for report in reports:
        for row in report.rows:
            plain = row.to_dict() | {"corridor_id": report.corridor_id, "as_of": report.as_of.isoformat()}
            plain["source_ids"] = ";".join(row.source_ids)
            plain["assumed"] = "true" if row.assumed else "false"
            writer.writerow({name: "" if plain[name] is None else plain[name] for name in _COLUMNS})
    return out.getvalue()


def _cell(text: object) -> str:
    return str(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def bottlenecks_markdown(atlas: Atlas, reports: Sequence[BottleneckReport]) -> str:
    """Return the reports as Markdown, the worst rows of each part.

    Parameters
    ----------
    atlas
        The atlas, for names.
    reports
        Reports, one for each corridor.
    """
    lines = [
        "# Bottlenecks",
        "",
        f"Atlas {atlas.version}, facts up to {atlas.data_date}. {_RULES}",
        "",
    ]
    for report in reports:
        shares = report.route.assumed_share
        lines += [
            f"## {atlas.corridors[report.corridor_id]['name']}",
            "",
            f"As of {report.as_of}: {report.route.distance_km:,.0f} km; {report.moving_h:,.0f} h moving, "  # noqa: ISC004
            f"{report.waiting_h:,.0f} h waiting; {100 * shares['time']:.0f} % of the hours are assumed.",
            "",
        ]
        for kind, title in KINDS.items():
            rows = report.of_kind(kind)
            if not rows:
                continue
            lines += [
                f"### {title}",
                "",
                "| rank | what | why | value | grade | what would remove it |",
                "|---|---|---|---:|---|---|",
            ]
            for row in rows[:_SHOWN]:
                value = "" if row.value is None else f"{row.value:,.1f} {row.unit}"
                cells = (row.rank, row.name, row.cause, value, row.grade, row.remedy)
                lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
            if len(rows) > _SHOWN:
                lines.append(f"\n{len(rows) - _SHOWN} more rows stand in bottlenecks.csv.")
            lines.append("")
    return "\n".join(lines)
