"""A private PostgreSQL for the tests of migrations/ and sql/, and a database for each of them."""
import os
import re
import subprocess
import uuid
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = os.environ | {
    "SQITCH_FULLNAME": "test",
    "SQITCH_EMAIL": "test@localhost",
    "PGOPTIONS": "--client-min-messages=warning",
}


class Database:
    """A database and the tools that a deployment uses on it. Tools raise CalledProcessError when they fail."""

    def __init__(self, url):
        self.url = url

    def psql(self, file):
        self._run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.url, "-f", str(file)])

    def sqitch(self, command, *arguments, migrations=ROOT / "migrations"):
        self._run(["sqitch", command, "--target", "db:" + self.url.replace("postgresql:", "pg:"), *arguments], migrations)

    def migrate(self, sql=ROOT / "sql"):
        self.psql(sql / "roles.sql")
        self.sqitch("deploy")
        self.psql(sql / "install.sql")

    def execute(self, statement):
        with psycopg.connect(self.url) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else None

    def schema(self):
        """The schema as pg_dump tells it, with owners, privileges and comments; without sqitch's own."""
        dump = self._run(["pg_dump", "--schema-only", "--exclude-schema=sqitch", "-d", self.url])
        return [line for line in dump.splitlines() if not re.match(r"--|\\(un)?restrict |$", line)]

    @staticmethod
    def _run(command, directory=ROOT):
        result = subprocess.run(
            command, cwd=directory, env=ENVIRONMENT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        if result.returncode != 0:
            print(result.stdout)
            result.check_returncode()
        return result.stdout


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    """URL of the superuser on a private cluster that ends with the tests."""
    environment = os.environ | {"RUN_DIR": str(tmp_path_factory.mktemp("stack") / "run")}

    def stack(*arguments):
        return subprocess.run(
            [ROOT / "scripts" / "stack", *arguments], env=environment, text=True, stdout=subprocess.PIPE, check=True
        ).stdout

    stack("start", "postgres")
    try:
        yield re.search(r"ADMIN_DATABASE_URL='?([^'\s]+)", stack("env")).group(1)
    finally:
        stack("purge")


@contextmanager
def new_database(cluster, template="template0"):
    name = "test_" + uuid.uuid4().hex
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(f"create database {name} template {template}")
        yield Database(urlsplit(cluster)._replace(path="/" + name).geturl())
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def empty(cluster):
    """An empty database."""
    with new_database(cluster) as database:
        yield database


@pytest.fixture(scope="session")
def template(cluster):
    with new_database(cluster) as database:
        database.migrate()
        yield urlsplit(database.url).path[1:]


@pytest.fixture
def migrated(cluster, template):
    """A database as a deployment leaves it."""
    with new_database(cluster, template) as database:
        yield database
