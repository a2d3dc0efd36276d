"""A case as one file that can be kept, passed on and opened again years later."""

from workbook.archive.opening import open_archive
from workbook.archive.packing import Packed, pack
from workbook.archive.pseudonyms import Flag

__all__ = ["Flag", "Packed", "open_archive", "pack"]
