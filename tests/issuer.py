"""A real OpenID provider, and an API that asks for its tokens."""

import contextlib
import json
import os
import signal

import requests

from support import BINARIES, Api, Process, eventually, unique

AUDIENCE = "urn:bo-admin-api"
ES256_AUDIENCE = "urn:bo-admin-api:es256"


class Issuer:
    """The OpenID provider of the stack, as one of its clients sees it."""

    def __init__(self, stack):
        self.stack = stack
        self.url = stack.address("OIDC_ISSUER")
        self.ca_file = stack.address("OIDC_CA_FILE")

    def token(self, roles="ADMIN_READ", audience=AUDIENCE):
        response = requests.post(
            self.url + "/token",
            auth=("admin", self.stack.address("OIDC_CLIENT_SECRET")),
            data={"grant_type": "client_credentials", "resource": audience, "scope": roles},
            verify=self.ca_file,
            timeout=10,
        )
        response.raise_for_status()
        return response.json()["access_token"]

    def start(self):
        """With new keys; those before are published too."""
        self.stack.run("start", "oidc")

    def stop(self):
        self.stack.run("stop", "oidc")

    @contextlib.contextmanager
    def frozen(self):
        """Takes connections, and never answers."""
        os.kill(self.stack.pid("oidc"), signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.stack.pid("oidc"), signal.SIGCONT)


class OidcApi(Process, Api):
    """An API of our own beside that of the stack, which asks for tokens."""

    def __init__(self, stack, issuer, **settings):
        super().__init__(
            stack,
            unique("api"),
            [BINARIES / "src/api/bo-admin-api"],
            {
                "APP_ENV": "prod",
                "DATABASE_URL": stack.address("API_DATABASE_URL"),
                "API_PORT": "0",
                "API_METRICS_PORT": "0",
                "AUTH_MODE": "oidc",
                "AUTH_ISSUER": issuer.url,
                "AUTH_AUDIENCE": f"{AUDIENCE},{ES256_AUDIENCE}",
                "AUTH_ALGORITHM": "RS256,ES256",
                "AUTH_CA_FILE": issuer.ca_file,
                "AUTH_JWKS_COOLDOWN_SEC": "1",
                **settings,
            },
        )
        started = eventually(lambda: self.logged("started"), what="the API starts")[0]
        self.url = f"http://127.0.0.1:{started['port']}"
        self.metrics_url = f"http://127.0.0.1:{started['metrics_port']}"

    def logged(self, message):
        """The entries of the log with this message."""
        entries = [json.loads(line) for line in self.log_text().splitlines() if line.startswith("{")]
        return [entry for entry in entries if entry["message"] == message]

    def look_up(self, tx_id, token, **headers):
        return self.get(f"/admin/tx/{tx_id}", Authorization=f"Bearer {token}", **headers)

    def is_ready(self):
        return requests.get(self.metrics_url + "/readyz", timeout=10).status_code == 200

    def await_ready(self):
        eventually(self.is_ready, what="readiness")

    def metric(self, series):
        """Its value, 0 when it is not there."""
        for line in requests.get(self.metrics_url + "/metrics", timeout=10).text.splitlines():
            name, _, value = line.rpartition(" ")
            if name == series:
                return float(value)
        return 0

    def failed_fetches(self):
        return self.metric('auth_jwks_fetches_total{result="failed"}')
