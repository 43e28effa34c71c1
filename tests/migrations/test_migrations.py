"""What ci/migrations.sh, which deploys and reverts everything at once, can't see: single changes, damage, and rows."""
import shutil
import subprocess

import pytest

from conftest import ROOT

CHANGES = [
    line.split()[0]
    for line in (ROOT / "migrations" / "sqitch.plan").read_text().splitlines()
    if line and not line.startswith("%")
]


def test_plan_names_every_script():
    for kind in ("deploy", "revert", "verify"):
        scripts = {script.stem for script in (ROOT / "migrations" / kind).glob("*.sql")}
        assert scripts == set(CHANGES), kind


def test_each_change_deploys_alone_and_its_revert_restores_what_was(empty):
    empty.psql(ROOT / "sql" / "roles.sql")
    schemas = [empty.schema()]
    for change in CHANGES:
        empty.sqitch("deploy", "--verify", "--to-change", change)
        schemas.append(empty.schema())

    for change in reversed(CHANGES):
        schemas.pop()
        empty.sqitch("revert", "-y", *(["--to-change", "@HEAD^"] if change != CHANGES[0] else []))
        assert empty.schema() == schemas[-1], change


def test_what_is_deployed_verifies(migrated):
    migrated.sqitch("verify")


@pytest.mark.parametrize(
    "damage",
    [
        "drop schema bo_api cascade",
        "alter schema bo owner to postgres",
        "alter table bo.ledger_entries drop column related_type cascade",
        "alter table bo.payment_orders drop column merchant_name cascade",
        "alter table bo.payment_ledger_pairs drop column has_extra_entries cascade",
        "alter table bo.admin_audit_logs drop column correlation_id cascade",
        "alter table bo.admin_audit_logs detach partition bo.admin_audit_logs_default",
        "alter table bo.admin_audit_logs drop column xid cascade",
        "drop index bo.admin_audit_logs_by_actor",
        "drop table bo.audit_seals cascade",
        "alter domain bo.audit_result drop constraint result_is_known",
        "alter table bo.consumer_dlq_events drop column payload_sha256 cascade",
        "alter table bo.consumer_progress drop column applied_through cascade",
        "drop type bo.batch_result cascade",
        "drop type bo.dead_letter cascade",
        "drop type bo.partition_progress cascade",
        "drop type bo_api.lookup_answer cascade",
    ],
)
def test_verify_notices_damage(migrated, damage):
    migrated.execute(damage)
    with pytest.raises(subprocess.CalledProcessError):
        migrated.sqitch("verify")


def test_check_notices_an_edited_script(migrated, tmp_path):
    edited = shutil.copytree(ROOT / "migrations", tmp_path / "migrations")
    with (edited / "deploy" / "ledger_entries.sql").open("a") as script:
        script.write("-- a thought that came later\n")
    migrated.sqitch("check")
    with pytest.raises(subprocess.CalledProcessError):
        migrated.sqitch("check", migrations=edited)


def test_deploying_again_keeps_rows(migrated):
    migrated.execute(
        "select bo.upsert_ledger_entry('tx-1', 'w', 'PAYMENT', 1.00, null, 'po-1', null, now(), now()), "
        "bo.upsert_payment_order('po-1', null, null, 1.00, 'PAID', now()), bo_api.lookup_tx(array[jsonb_populate_record("
        "null::bo_api.lookup_request, '{\"resource_id\": \"tx-1\", \"actor_id\": \"alice\", \"actor_roles\": \"ADMIN_READ\", "
        "\"request_method\": \"GET\", \"request_path\": \"/admin/tx/tx-1\", \"correlation_id\": \"corr-1\", \"elapsed_us\": 1}')])"
    )
    rows = "select ctid, xmin, t::text from bo.{} as t"
    tables = ["ledger_entries", "payment_orders", "payment_ledger_pairs", "admin_audit_logs"]
    before = [migrated.execute(rows.format(table)) for table in tables]
    assert all(before)

    migrated.migrate()
    assert [migrated.execute(rows.format(table)) for table in tables] == before


def test_failed_install_changes_nothing(migrated, tmp_path):
    before = migrated.schema()
    broken = shutil.copytree(ROOT / "sql", tmp_path / "sql")
    clock = broken / "functions" / "bo" / "clock.sql"
    clock.write_text(clock.read_text().replace("clock_timestamp", "statement_timestamp"))
    with (broken / "grants.sql").open("a") as grants:
        grants.write("grant execute on function bo.no_such_function() to bo_consumer;\n")

    with pytest.raises(subprocess.CalledProcessError):
        migrated.psql(broken / "install.sql")
    assert migrated.schema() == before


def test_install_takes_back_what_was_granted_by_hand(migrated):
    before = migrated.schema()
    migrated.execute("grant select on bo.ledger_entries to bo_consumer, public")
    migrated.execute("grant execute on function bo.clock() to public")
    migrated.execute("grant usage on schema bo_api to public, bo_operator")
    migrated.execute("grant execute on function bo.repair_pairs(text [], boolean, timestamptz) to bo_admin_api")

    migrated.psql(ROOT / "sql" / "install.sql")
    assert migrated.schema() == before


def test_audit_rows_of_before_get_a_transaction_id_without_being_rewritten(empty):
    empty.psql(ROOT / "sql" / "roles.sql")
    empty.sqitch("deploy", "--to-change", CHANGES[CHANGES.index("audit_log_columns") - 1])
    empty.execute(
        "insert into bo.admin_audit_logs (actor_id, actor_roles, action, resource_type, resource_id, result, status_code, "
        "request_method, request_path, requested_at, duration_ms, result_count, correlation_id) "
        "select 'alice', '{ADMIN_READ}', 'ADMIN_TX_LOOKUP', 'TX', 'tx-1', 'FOUND', 200, 'GET', '/', now(), 1, 1, 'corr-1' "
        "from generate_series(1, 3)"
    )
    places = "select ctid, xmin, pg_relation_filenode(tableoid) from bo.admin_audit_logs order by audit_id"
    before = empty.execute(places)
    empty.sqitch("deploy")
    assert empty.execute(places) == before
    assert empty.execute("select count(distinct xid), bool_and(xid::text::bigint > xmin::text::bigint) from bo.admin_audit_logs") == [(1, True)]

    empty.migrate()
    assert empty.execute("select sealed_rows from bo.seal_audit_log()") == [(3,)]
    assert empty.execute("select * from bo.verify_audit_log()") == []
