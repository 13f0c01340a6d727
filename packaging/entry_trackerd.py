"""What the frozen `trackerd` starts with."""

import sys

from trackerd.__main__ import main

sys.exit(main())
