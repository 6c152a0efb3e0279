"""``python -m thongsuot.cli``."""

import sys

from thongsuot.cli import main

sys.exit(main())
