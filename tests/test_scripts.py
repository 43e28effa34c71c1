"""A stack can be in any directory."""

import os
import pathlib
import subprocess
import tempfile

import pytest

from support import ROOT, Database, Stack

WITH_ISSUER = """
. scripts/lib/load.sh
state_put oidc_port 9443
write_env
. "$RUN_DIR/env"
printf %s "$OIDC_CA_FILE"
"""


@pytest.fixture
def oddly_called():
    """A stack that does not run yet, where the server's user may enter and so has its data."""
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o755)
        stack = Stack(pathlib.Path(place) / "it's a ~stack & more?")
        try:
            yield stack
        finally:
            stack.run("purge")


def test_directory_of_a_stack_may_be_called_anything(oddly_called):
    oddly_called.run("start", "postgres")
    assert Database(oddly_called.address("ADMIN_DATABASE_URL")).value("select 1") == 1
    sourced = subprocess.run(
        ["bash", "-c", WITH_ISSUER], cwd=ROOT, env={**os.environ, "RUN_DIR": str(oddly_called.run_dir)},
        text=True, stdout=subprocess.PIPE, check=True,
    )
    assert sourced.stdout == oddly_called.address("OIDC_CA_FILE") == f"{oddly_called.run_dir}/oidc/ca.pem"
