"""Warm processes: a fork of an interpreter that has the imports done.

One process imports what the workbook needs and waits. Asked for ``python -m MODULE``, it forks, and
the fork runs that module: a process of its own, pristine but for what is imported already. A kernel
is such a module, and so is the run of a region.
"""

from workbook.run.warm.client import Forked, available, launch, shared_folder, warm_up

__all__ = ["Forked", "available", "launch", "shared_folder", "warm_up"]
