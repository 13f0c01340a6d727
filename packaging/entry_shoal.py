"""What the frozen `shoal` starts with. Not named like a package of ours: it would hide that package."""

import sys

from desktop.__main__ import main

sys.exit(main())
