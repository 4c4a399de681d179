#!/usr/bin/env python3
"""Reads the table of a cohort with pandas as anybody would, and holds it to group.json. Needs pandas.

    src/test/python/read_group.py STUDY
"""
import json
import math
import sys
from pathlib import Path

import pandas

study = Path(sys.argv[1])
table = pandas.read_csv(study / "group.csv")
rows = json.loads((study / "group.json").read_text())
assert len(table) == len(rows) > 0, (len(table), len(rows))
assert list(table.columns[:3]) == ["id", "label", "status"], table.columns
for measured in ["volume_mm3", "area_mm2", "psnr_db", "dice", "expected_error", "seconds", "gaussians", "model_bytes"]:
    assert pandas.api.types.is_numeric_dtype(table[measured]), (measured, table[measured].dtype)
for n, row in enumerate(rows):
    for name, value in row.items():
        read = table.loc[n, name]
        if value is None or value == "":
            assert pandas.isna(read), (n, name, read)
        elif isinstance(value, (int, float)):
            assert math.isclose(read, value, rel_tol=1e-12), (n, name, read, value)
        else:
            assert str(read) == value, (n, name, read, value)
print(f"{len(table)} rows, {len(table.columns)} columns: {', '.join(table.columns)}")
print(table.groupby("status")[["volume_mm3", "psnr_db", "seconds"]].mean())
