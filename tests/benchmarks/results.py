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


class Results:
    def __init__(self, runs):
        self.runs = runs
        self.rows = []
        self.notes = {}

    def add(self, scenario, name, unit, values, target=None):
        """`target`: the most that is good, or None where the row only informs."""
        values = [float(value) for value in values]
        if not values:
            raise ValueError(f"{name}: nothing was measured")
        self.rows.append({
            "scenario": scenario, "name": name, "unit": unit, "median": statistics.median(values),
            "min": min(values), "max": max(values), "values": values, "target": target,
        })

    def add_ratio(self, scenario, name, over, under, target=None):
        """Of each run its own ratio: what disturbs the machine for a while disturbs both sides."""
        self.add(scenario, name, "x", [a / b for a, b in zip(over, under, strict=True)], target)

    def note(self, name, value):
        self.notes[name] = value

    def table(self):
        lines = [("what", "unit", "median", "min … max", "runs", "at most")]
        scenario = None
        for row in self.rows:
            if row["scenario"] != scenario:
                scenario = row["scenario"]
                lines.append((scenario, "", "", "", "", ""))
            target = "" if row["target"] is None else digits(row["target"])
            if target and row["median"] > row["target"]:
                target += " MISSED"
            lines.append((f"  {row['name']}", row["unit"], digits(row["median"]),
                          f"{digits(row['min'])} … {digits(row['max'])}", str(len(row["values"])), target))
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
