"""A case as one file that can be kept, passed on and opened again years later."""

from workbook.archive.flags import Flag, SmallGroup
from workbook.archive.opening import open_archive
from workbook.archive.packing import Packed, pack

__all__ = ["Flag", "Packed", "SmallGroup", "open_archive", "pack"]
