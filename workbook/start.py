"""``werkboek`` from its first moment, so that stopping it then is a sentence as well."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    try:
        from workbook.cli import main as command_line
    except KeyboardInterrupt:
        from workbook.cli.command import STOPPED, _

        print(_(STOPPED), file=sys.stderr)
        sys.exit(1)
    command_line()
