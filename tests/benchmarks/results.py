# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of figures: medians of interleaved runs with their spread, as a table and as JSON."""
import json
import os
import platform
import statistics
from datetime import datetime, timezone
from pathlib import Path


def digits(value):
    """Three figures that count, and never a power of ten."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def goal(row):
    """What is good, with a word when the median is not."""
    median, at_most, at_least = row["median"], row["at_most"], row["at_least"]
    if at_most is not None:
        return f"≤ {digits(at_most)}" + (" MISSED" if median > at_most else "")
    if at_least is not None:
        return f"≥ {digits(at_least)}" + (" MISSED" if median < at_least else "")
    return ""


class Results:
    def __init__(self, runs):
        self.runs = runs
        self.rows = []
        self.notes = {}

    def add(self, scenario, name, unit, values, at_most=None, at_least=None):
        """Where both goals are None the row only informs."""
        values = [float(value) for value in values]
        if not values:
            raise ValueError(f"{name}: nothing was measured")
        self.rows.append({
            "scenario": scenario, "name": name, "unit": unit, "median": statistics.median(values),
            "min": min(values), "max": max(values), "values": values, "at_most": at_most,
            "at_least": at_least,
        })

    def add_ratio(self, scenario, name, over, under, **goal):
        """Of each run its own ratio: what disturbs the machine for a while disturbs both sides."""
        self.add(scenario, name, "x", [a / b for a, b in zip(over, under, strict=True)], **goal)

    def note(self, name, value):
        self.notes[name] = value

    def table(self):
        lines = [("what", "unit", "median", "min … max", "runs", "goal")]
        scenario = None
        for row in self.rows:
            if row["scenario"] != scenario:
                scenario = row["scenario"]
                lines.append((scenario, "", "", "", "", ""))
            lines.append((f"  {row['name']}", row["unit"], digits(row["median"]),
                          f"{digits(row['min'])} … {digits(row['max'])}", str(len(row["values"])), goal(row)))
        widths = [max(len(line[column]) for line in lines) for column in range(6)]
        return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)

    def write(self, path):
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        load = os.getloadavg()
        path.write_text(json.dumps({
            "when": datetime.now(timezone.utc).isoformat(timespec="seconds"),
            "machine": {"cores": os.cpu_count(), "kernel": platform.release(), "load_at_end": load},
            "runs": self.runs, "rows": self.rows, "notes": self.notes,
        }, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
