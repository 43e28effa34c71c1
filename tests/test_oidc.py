"""AUTH_MODE=oidc with a real OpenID provider: who is let in, and what happens when the issuer is not as it should be."""

import base64
import concurrent.futures
import contextlib
import http.server
import json
import os
import ssl
import subprocess
import threading

import pytest

from issuer import AUDIENCE, ES256_AUDIENCE, OidcApi
from support import BINARIES, ROOT, Api, Publisher, eventually, ledger_event, unique

SHOUT = "AUTH_MODE=disabled: WHOEVER REACHES THIS PORT MAY READ EVERYTHING, UNDER ANY NAME"


@pytest.fixture(scope="module")
def tx_id(stack):
    """An entry that is there."""
    tx_id = unique("tx")
    Publisher(stack).ledger(ledger_event(tx_id))
    Api(stack.address("API_URL")).found(f"/admin/tx/{tx_id}")
    return tx_id


def with_kid(token, kid):
    """The token as if it were signed with another key."""
    header, rest = token.split(".", 1)
    fields = json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))
    return base64.urlsafe_b64encode(json.dumps({**fields, "kid": kid}).encode()).decode().rstrip("=") + "." + rest


@pytest.mark.parametrize("audience", [AUDIENCE, ES256_AUDIENCE])
def test_token_of_the_issuer_lets_in_and_names_the_actor(oidc_api, issuer, db, tx_id, audience):
    correlation_id = unique("oidc")
    response = oidc_api.look_up(tx_id, issuer.token("ADMIN_READ OPS", audience), X_Correlation_ID=correlation_id)
    assert (response.status_code, response.json()["tx_id"]) == (200, tx_id)
    row = db.row("select actor_id, actor_roles from bo.admin_audit_logs where correlation_id = %s", [correlation_id])
    assert row == ("admin", ["ADMIN_READ", "OPS"])


def test_right_token_without_the_role_is_forbidden(oidc_api, issuer, tx_id):
    assert oidc_api.look_up(tx_id, issuer.token("OPS")).status_code == 403


def test_request_without_a_token_is_told_to_bring_one(oidc_api, tx_id):
    response = oidc_api.get(f"/admin/tx/{tx_id}", X_Actor_Id="root", X_Actor_Roles="ADMIN_READ")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="bo-admin-api"'
    assert response.headers["Content-Type"] == "application/problem+json"


def test_token_for_somebody_else_is_refused_and_never_shown(oidc_api, issuer, tx_id):
    token = issuer.token(audience="urn:elsewhere")
    response = oidc_api.look_up(tx_id, token)
    assert response.status_code == 401
    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]
    assert oidc_api.metric('auth_tokens_total{result="audience"}') == 1
    for part in token.split("."):
        assert part not in response.text + str(response.headers) + oidc_api.log_path.read_text()


def test_header_that_holds_no_token_is_a_bad_request(oidc_api, tx_id):
    response = oidc_api.get(f"/admin/tx/{tx_id}", Authorization="Bearer a b")
    assert response.status_code == 400
    assert "tx_id" not in response.json()


def test_token_of_a_new_key_is_accepted_without_a_restart(oidc_api, issuer, tx_id):
    old = issuer.token()
    assert oidc_api.look_up(tx_id, old).status_code == 200
    issuer.stop()
    issuer.start()
    new = issuer.token()
    eventually(lambda: oidc_api.look_up(tx_id, new).status_code == 200, what="the new key is fetched")
    assert oidc_api.look_up(tx_id, old).status_code == 200


def test_known_keys_go_on_serving_while_the_issuer_is_away(stack, issuer, tx_id):
    first, second = issuer.token(), issuer.token()
    with OidcApi(stack, issuer, AUTH_JWKS_REFRESH_SEC="1") as api:
        api.await_ready()
        issuer.stop()
        eventually(api.failed_fetches, what="a fetch fails")
        assert api.look_up(tx_id, first).status_code == 200
        assert api.look_up(tx_id, second).status_code == 200
        assert api.is_ready()
        assert api.metric("auth_jwks_age_seconds") > 0


def test_keys_that_are_too_old_check_nothing(stack, issuer, tx_id):
    token = issuer.token()
    with OidcApi(stack, issuer, AUTH_JWKS_REFRESH_SEC="1", AUTH_JWKS_MAX_AGE_SEC="3") as api:
        api.await_ready()
        assert api.look_up(tx_id, token).status_code == 200
        issuer.stop()
        eventually(lambda: api.look_up(tx_id, token).status_code == 503, what="the keys are too old")
        assert not api.is_ready()
        assert "WWW-Authenticate" not in api.look_up(tx_id, token).headers


def test_without_keys_nothing_is_said_of_a_token_until_they_come(stack, issuer, tx_id):
    token = issuer.token()
    issuer.stop()
    with OidcApi(stack, issuer) as api:
        eventually(api.failed_fetches, what="a fetch fails")
        assert not api.is_ready()
        assert api.look_up(tx_id, token).status_code == 503
        assert api.get(f"/admin/tx/{tx_id}").status_code == 401
        issuer.start()
        api.await_ready()
        assert api.look_up(tx_id, token).status_code == 200


def test_issuer_that_hangs_holds_no_request_up(stack, issuer, tx_id):
    """Were a worker to wait for the network, these requests would outlive the patience of their clients (10 s)."""
    token = issuer.token()
    with OidcApi(stack, issuer, API_THREADS="2", AUTH_JWKS_TIMEOUT_MS="60000", AUTH_JWKS_CONNECT_TIMEOUT_MS="60000", AUTH_JWKS_WAIT_MS="50") as api:
        api.await_ready()
        with issuer.frozen(), concurrent.futures.ThreadPoolExecutor(8) as clients:

            def ask(number):
                wanted = with_kid(token, f"nobody-{number}") if number % 2 else token
                return api.look_up(tx_id, wanted).status_code

            # At first the cool-down of the last fetch: 401. Then a fetch is under way for good, and may bring any key.
            eventually(lambda: ask(1) == 503, what="a fetch is under way")
            assert list(clients.map(ask, range(40))) == [503 if number % 2 else 200 for number in range(40)]


class HostileIssuer:
    """Serves one answer to everything, over https with the issuer's own certificate."""

    def __init__(self, stack, issuer, answer):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                status, headers, body = answer(self.path)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                with contextlib.suppress(OSError):  # the client may have had enough
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(stack.run_dir / "oidc/issuer.pem", stack.run_dir / "oidc/issuer.key")
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.server.server_port}"
        self.ca_file = issuer.ca_file
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


@pytest.mark.parametrize(
    "behaviour, reason",
    [
        ("redirects", "answers 302"),
        ("sends too much", "more than 524288 bytes"),
        ("speaks for another", "another issuer"),
        ("points to http", "not supported"),
        ("fails", "answers 500"),
    ],
)
def test_no_key_is_taken_from_an_issuer_that(stack, issuer, behaviour, reason):
    answers = {
        "redirects": (302, {"Location": issuer.url + "/jwks"}, b""),
        "sends too much": (200, {}, b" " * 600_000 + b'{"keys":[]}'),
        "speaks for another": (200, {}, json.dumps({"issuer": issuer.url, "jwks_uri": issuer.url + "/jwks"}).encode()),
        "fails": (500, {}, b'{"keys":[]}'),
    }

    def answer(path):
        if behaviour == "points to http":
            return 200, {}, json.dumps({"issuer": hostile.url, "jwks_uri": "http://127.0.0.1/jwks"}).encode()
        return answers[behaviour]

    with HostileIssuer(stack, issuer, answer) as hostile, OidcApi(stack, hostile) as api:
        failures = eventually(lambda: api.logged("keys of the token issuer not fetched"), what="a fetch fails")
        assert reason in failures[0]["detail"]
        assert not api.is_ready()


def test_certificate_of_an_unknown_authority_is_refused(stack, issuer):
    with OidcApi(stack, issuer, AUTH_CA_FILE="") as api:
        failures = eventually(lambda: api.logged("keys of the token issuer not fetched"), what="a fetch fails")
        assert "certificate" in failures[0]["detail"]
        assert not api.is_ready()


def said_by(stack, script):
    """Called as README has it: with the environment of the stack."""
    environment = {**os.environ, "RUN_DIR": str(stack.run_dir), "BUILD_DIR": str(BINARIES)}
    command = ["bash", "-c", f'. "$RUN_DIR/env"; scripts/{script}']
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False).stdout.strip()


def test_scripts_give_a_newcomer_a_token_and_check_the_stack_with_and_without_one(stack, api, tx_id):
    assert said_by(stack, "smoke").endswith("15 passed, 0 failed")
    try:
        token = said_by(stack, "token")
        assert api.get(f"/admin/tx/{tx_id}").status_code == 401
        assert api.get(f"/admin/tx/{tx_id}", Authorization=f"Bearer {token}").status_code == 200
        assert said_by(stack, "smoke").endswith("15 passed, 0 failed")
    finally:
        stack.run("restart", "api")
        stack.run("wait", "api")


def test_open_mode_outside_of_the_local_environment_is_shouted_about(stack, issuer, tx_id):
    settings = {"AUTH_MODE": "disabled", "AUTH_ISSUER": "", "AUTH_AUDIENCE": "", "AUTH_DISABLED_OVERRIDE": "anyone-may-read-everything"}
    with OidcApi(stack, issuer, **settings) as api:
        assert api.get(f"/admin/tx/{tx_id}").status_code == 200
        assert [entry["level"] for entry in api.logged(SHOUT)] == ["error"]
