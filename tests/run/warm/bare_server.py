"""The server, but it imports nothing beforehand: for tests of how it comes and goes."""

import sys

from workbook.run.warm import server

if __name__ == "__main__":
    server.preload = lambda: None
    server.main(int(sys.argv[1]), int(sys.argv[2]))
