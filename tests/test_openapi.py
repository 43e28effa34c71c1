"""The contract, as it is served, against the database and against real answers. The router is compared by unit tests."""

import os
import re
import subprocess

import jsonschema
import pytest

from issuer import OidcApi
from support import ROOT, AdminApi

AUDITOR = {"X-Actor-Roles": "ADMIN_AUDIT"}


def closed(schema):
    """The same schema, but an object may have no member that it does not name."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {name: closed(value) for name, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        schema["additionalProperties"] = False
    return schema


class Contract:
    def __init__(self, document):
        self.document = document
        schemas = {"schemas": closed(document["components"]["schemas"])}
        self.resolver = jsonschema.RefResolver.from_schema({**document, "components": {**document["components"], **schemas}})

    def resolved(self, value):
        if "$ref" not in value:
            return value
        return self.resolver.resolve(value["$ref"])[1]

    def schema(self, name):
        return self.document["components"]["schemas"][name]

    def enum(self, schema, field):
        """The words that a field may have."""
        return {word for word in self.resolved(self.schema(schema)["properties"][field])["enum"] if word}

    def operations(self):
        for path, methods in self.document["paths"].items():
            for method, operation in methods.items():
                yield path, method, operation

    def operation(self, operation_id):
        return next(operation for _, _, operation in self.operations() if operation["operationId"] == operation_id)

    def validate(self, value, schema):
        jsonschema.Draft202012Validator(closed(schema), resolver=self.resolver).validate(value)

    def check(self, answer, operation_id):
        """Body and headers are as they are promised for the status."""
        promised = self.resolved(self.operation(operation_id)["responses"][str(answer.status_code)])
        media_type = answer.headers["Content-Type"].partition(";")[0]
        content = promised["content"][media_type]
        self.validate(answer.text if media_type == "text/csv" else answer.json(), content["schema"])
        if media_type == "text/csv":
            example = self.resolved(content["examples"]["one"])["value"]
            assert answer.text.splitlines()[0] == example.splitlines()[0]
        for name, header in promised["headers"].items():
            header = self.resolved(header)
            if name in answer.headers:
                self.validate(answer.headers[name], header["schema"])
            else:
                assert not header.get("required"), name


@pytest.fixture
def contract(api):
    return Contract(api.get("/openapi.json").json())


@pytest.fixture(scope="module")
def samples(stack):
    """The events that the examples of the contract are about."""
    brokers = {"KAFKA_BROKERS": stack.address("KAFKA_BROKERS")}
    subprocess.run([ROOT / "scripts/publish-sample-events"], env={**os.environ, **brokers}, check=True)


@pytest.fixture
def sampled(samples, api):
    api.found("/admin/tx/tx-001", lambda body: body["pairing_status"] == "COMPLETE" and body["status"])
    api.found("/admin/wallets/wallet-001/tx", lambda body: body["count"])
    return api


def test_schemas_are_json_schemas(contract):
    for schema in contract.document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_answer_has_an_example_and_each_keeps_its_schema(contract):
    for path, _, operation in contract.operations():
        for status, response in operation["responses"].items():
            for media_type, content in contract.resolved(response)["content"].items():
                examples = [contract.resolved(example)["value"] for example in content.get("examples", {}).values()]
                assert examples, (path, status, media_type)
                for example in examples:
                    contract.validate(example, content["schema"])


def test_examples_of_parameters_and_bodies_keep_their_schemas(contract):
    for _, _, operation in contract.operations():
        for parameter in map(contract.resolved, operation["parameters"]):
            if "example" in parameter:
                contract.validate(parameter["example"], parameter["schema"])
        for content in operation.get("requestBody", {}).get("content", {}).values():
            for example in content["examples"].values():
                contract.validate(example["value"], content["schema"])


def test_page_fills_in_what_is_required_and_nothing_else(contract):
    """Swagger UI sends the example of a parameter unless it is erased: a reason that nobody gave must not be in the audit log."""
    for path, _, operation in contract.operations():
        for parameter in map(contract.resolved, operation["parameters"]):
            assert ("example" in parameter) == parameter.get("required", False), (path, parameter["name"])


REQUESTS = [
    ("getTx", 200, "/admin/tx/tx-001", {}),
    ("getTx", 200, "/admin/tx/tx-003", {}),
    ("getTx", 404, "/admin/tx/nobody", {}),
    ("getTx", 400, "/admin/tx/%00", {}),
    ("getTx", 400, "/admin/tx/tx-001", {"headers": {"X-Access-Reason": "a" * 201}}),
    ("getTx", 403, "/admin/tx/tx-001", {"headers": {"X-Actor-Roles": "NOBODY"}}),
    ("getTx", 414, "/admin/tx/" + "a" * 5000, {}),
    ("getTx", 431, "/admin/tx/tx-001", {"headers": {"X-Padding": "a" * 17000}}),
    ("batchGetTx", 200, "/admin/tx:batchGet", {"json": {"tx_ids": ["tx-001", "nobody"]}}),
    ("batchGetTx", 400, "/admin/tx:batchGet", {"json": {"tx_ids": []}}),
    ("batchGetTx", 413, "/admin/tx:batchGet", {"data": "a" * 100_000}),
    ("batchGetTx", 415, "/admin/tx:batchGet", {"data": "{}"}),
    ("getPaymentOrder", 200, "/admin/payment-orders/po-001", {}),
    ("getPaymentOrder", 404, "/admin/payment-orders/nobody", {}),
    ("listWalletTx", 200, "/admin/wallets/wallet-001/tx?limit=1", {}),
    ("listWalletTx", 200, "/admin/wallets/nobody/tx", {}),
    ("listWalletTx", 200, "/admin/wallets/wallet-001/tx", {"headers": {"Accept": "text/csv"}}),
    ("listWalletTx", 400, "/admin/wallets/wallet-001/tx?limit=0&from=2026-02-06T00:00:00Z&to=2026-02-05T00:00:00Z", {}),
    ("listWalletTx", 400, "/admin/wallets/wallet-001/tx?cursor=none", {}),
    ("search", 200, "/admin/lookup?q=po-001", {}),
    ("search", 400, "/admin/lookup", {}),
    ("listPairs", 200, "/admin/pairs?status=INCOMPLETE&older_than=1s", {}),
    ("listPairs", 200, "/admin/pairs", {"headers": {"Accept": "text/csv"}}),
    ("listAuditLogs", 200, "/admin/audit-logs?limit=100", {"headers": AUDITOR}),
    ("listAuditLogs", 200, "/admin/audit-logs?limit=1", {"headers": {**AUDITOR, "Accept": "text/csv"}}),
    ("listAuditLogs", 403, "/admin/audit-logs", {}),
]


@pytest.mark.parametrize("operation_id, status, target, options", REQUESTS)
def test_answers_are_as_the_contract_says(sampled, contract, operation_id, status, target, options):
    answer = sampled.request("POST" if operation_id == "batchGetTx" else "GET", target, **options)
    assert answer.status_code == status, answer.text
    contract.check(answer, operation_id)


def test_answer_to_too_many_requests_is_as_the_contract_says(stack, contract):
    with AdminApi(stack, RATE_LIMIT_PER_MIN="1") as limited:
        for status in (404, 429):
            answer = limited.get("/admin/tx/nobody")
            assert answer.status_code == status
            assert {"RateLimit", "RateLimit-Policy"} <= set(answer.headers)
            contract.check(answer, "getTx")


def test_refusal_of_a_request_without_a_token_is_as_the_contract_says(oidc_api, contract):
    answer = oidc_api.get("/admin/tx/nobody")
    assert answer.status_code == 401
    contract.check(answer, "getTx")


def test_answer_of_an_api_without_keys_is_as_the_contract_says(stack, issuer, contract):
    token = issuer.token()
    issuer.stop()
    with OidcApi(stack, issuer) as api:
        answer = api.look_up("nobody", token)
        assert answer.status_code == 503
        contract.check(answer, "getTx")


def columns(db, view):
    """Names of the columns of a view of bo_api."""
    found = db.rows("select column_name from information_schema.columns where table_schema = 'bo_api' and table_name = %s", [view])
    return {name for (name,) in found}


def members(db, view, column):
    """Names of the members of the objects in a column of a view of bo_api."""
    return {name for (name,) in db.rows(f'select json_object_keys(row."{column}") from (select * from bo_api.{view} limit 1) as row')}


def test_fields_are_those_of_the_views(sampled, contract, db):
    def fields(schema):
        return set(contract.schema(schema)["properties"])

    assert fields("Tx") == columns(db, "transactions") | {"freshness"}
    assert fields("Freshness") == columns(db, "freshness")
    assert fields("PaymentOrderAnswer") == columns(db, "payment_orders") - {"order_id"} | {"freshness"}
    assert fields("PaymentOrder") == members(db, "payment_orders", "order")
    assert fields("EntryItem") == members(db, "entry_items", "item")
    assert fields("Pairing") == members(db, "transactions", "pairing")
    assert fields("Pair") == members(db, "pair_items", "item")
    assert fields("AuditLog") == members(db, "audit_log_items", "item")


def words(db, sql, *parameters):
    """The texts in capitals that a definition holds."""
    return set(re.findall(r"'([A-Z_]+)'", db.value(sql, parameters)))


def test_words_are_those_of_the_views(contract, db):
    said = set().union(*(words(db, "select pg_get_viewdef(%s::regclass)", f"bo_api.{view}") for view in ("entries", "pairs", "payment_orders")))
    assert said == (
        contract.enum("Pairing", "reason")
        | contract.enum("Pairing", "verdict")
        | contract.enum("Tx", "pairing_status")
        | contract.enum("Tx", "paired_entry_type")
        | set(contract.schema("Related")["properties"]["related_type"]["examples"])
    )


def test_groups_of_statuses_are_those_of_the_database(contract, db):
    function = "select pg_get_functiondef('bo_api.status_group(text)'::regprocedure)"
    assert set(re.findall(r"(?:THEN|ELSE) '([A-Z_]+)'", db.value(function))) == contract.enum("Tx", "status_group")


def test_kinds_of_matches_are_those_of_the_database(contract, db):
    match = contract.schema("Matches")["properties"]["matches"]["items"]["properties"]["resource_type"]
    assert words(db, "select prosrc from pg_proc where oid = 'bo_api.matches_of(text)'::regprocedure") == set(match["enum"])


@pytest.mark.parametrize("field", ["action", "resource_type", "result"])
def test_words_of_the_audit_log_are_those_of_its_checks(contract, db, field):
    check = (
        "select pg_get_constraintdef(rule.oid) from pg_constraint as rule "
        "join pg_attribute as col on col.atttypid = rule.contypid "
        "where col.attrelid = 'bo.admin_audit_logs'::regclass and col.attname = %s"
    )
    assert words(db, check, field) == contract.enum("AuditLog", field)


def schemathesis(url, directory, *options):
    """tests/openapi/schemathesis.toml says with what it asks."""
    run = subprocess.run(
        [
            os.environ.get("SCHEMATHESIS", "schemathesis"), "--config-file", ROOT / "tests/openapi/schemathesis.toml",
            "run", url + "/openapi.json", "--no-color", *options,
        ],
        cwd=directory, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )
    assert run.returncode == 0, run.stdout
    assert "7 selected / 7 total" in run.stdout


def test_schemathesis_finds_nothing(sampled, stack, tmp_path):
    """With ids that are there and others, valid and broken requests."""
    schemathesis(sampled.url, tmp_path)


def test_schemathesis_finds_no_lookup_that_can_do_without_its_token(oidc_api, issuer, tmp_path):
    token = issuer.token("ADMIN_READ ADMIN_AUDIT")
    schemathesis(oidc_api.url, tmp_path, "--header", f"Authorization: Bearer {token}", "--checks", "ignored_auth,not_a_server_error")
