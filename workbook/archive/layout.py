"""What is where in an archive, and how large it may be."""

from __future__ import annotations

FORMAT = 1
"""Raised when an older workbook could no longer open what is written."""
DESCRIPTOR = "datapackage.json"
CHECKSUMS = "checksums.sha256"
DATA = "data/"
MOST_FILES = 2_000
MOST_BYTES = 200 * 1024 * 1024
"""Of all files together when unpacked; a case with its pictures is a tenth of it."""
