"""Open the window, or run a verb headless: `python main.py --help`."""

import multiprocessing
import sys

from simulator.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
