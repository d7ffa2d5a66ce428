"""The product's settings with a signing key of no worth and a home that is thrown away."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="cf-test-home-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["CUSTOMERFILE_SECRET_KEY"] = "only for tests"
os.environ["CUSTOMERFILE_HOME"] = _home
os.environ["CUSTOMERFILE_PAGES"] = "1"
os.environ.pop("DATABASE_URL", None)

from customerfile.config.settings import *  # noqa: E402, F403 - the environment comes first
