import pytest

pytest.register_assert_rewrite("issuer", "oracle", "streams", "support")

from issuer import Issuer, OidcApi
from support import Api, Database, Publisher, Stack, unique

LOGS, LOG_LINES = 6, 60  # the newest, and how much of each, are told with a test that fails


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    stack = getattr(item, "funcargs", {}).get("stack")
    if report.failed and isinstance(stack, Stack):
        for log in sorted((stack.run_dir / "log").glob("*.log"), key=lambda path: path.stat().st_mtime)[-LOGS:]:
            lines = log.read_text(errors="replace").splitlines()
            report.sections.append((f"the end of {log.name}", "\n".join(lines[-LOG_LINES:])))


@pytest.fixture(scope="session")
def stack(tmp_path_factory):
    """Kafka, PostgreSQL, consumer and API, for all tests of a session: ids of a test are its own."""
    stack = Stack(tmp_path_factory.mktemp("stack"))
    try:
        stack.start()
        yield stack
    finally:
        stack.run("purge")


@pytest.fixture
def db(stack):
    """The database as its superuser."""
    return Database(stack.address("ADMIN_DATABASE_URL"))


@pytest.fixture
def publisher(stack):
    return Publisher(stack)


@pytest.fixture
def api(stack):
    return Api(stack.address("API_URL"))


@pytest.fixture
def count_dead_letters(db):
    """How many dead letters there are now."""
    return lambda: db.value("select count(*) from bo.consumer_dlq_events")


@pytest.fixture
def database_that_refuses(db):
    """Meanwhile the tables refuse what is marked as poison."""
    poison = unique("poison")
    tables = {"ledger_entries": "wallet_id", "payment_orders": "user_id"}
    try:
        for table, column in tables.items():
            db.execute(f"alter table bo.{table} add constraint no_poison check ({column} <> '{poison}') not valid")
        yield poison
    finally:
        for table in tables:
            db.execute(f"alter table bo.{table} drop constraint if exists no_poison")


@pytest.fixture
def issuer(stack):
    stack.run("start", "oidc")
    return Issuer(stack)


@pytest.fixture
def oidc_api(stack, issuer):
    with OidcApi(stack, issuer) as api:
        api.await_ready()
        yield api
