"""What all tests share: how hard Hypothesis tries, chosen by HYPOTHESIS_PROFILE."""

import os

from hypothesis import settings

settings.register_profile("dev", max_examples=25, deadline=None)  # no deadline: machines are shared
settings.register_profile("ci", max_examples=200, deadline=None, derandomize=True)
settings.register_profile("soak", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
