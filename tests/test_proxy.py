"""configs/nginx.conf in front of the API: what the API alone can't be protected from ends here."""

import concurrent.futures
import contextlib
import os
import re
import resource
import ssl
import subprocess
import urllib.parse

import pytest

from support import ROOT, AdminApi, Process, RawConnection, eventually, ledger_event, unique, unused_port
from support import raw_request as get

PROBLEM = "application/problem+json"
CLIENTS_AT_A_TIME = 128  # limit_conn


class Proxy(Process):
    """nginx with the configuration of this checkout; only places, and what a test changes, are replaced in it."""

    def __init__(self, stack, api, directory, *changes):
        self.address = ("127.0.0.1", unused_port())
        self.make_certificate(directory)
        text = (ROOT / "configs/nginx.conf").read_text()
        for old, new in [
            ("listen 8443 ssl", f"listen 127.0.0.1:{self.address[1]} ssl"),
            ("server 127.0.0.1:8000", f"server 127.0.0.1:{api.address[1]}"),
            ("/etc/nginx/tls", str(directory)),
            ("/tmp/nginx", f"{directory}/nginx"),
            *changes,
        ]:
            assert old in text, old
            text = text.replace(old, new)
        configuration = directory / "nginx.conf"
        configuration.write_text(text)
        # As root nginx would become another user, who may not look into the directory of a test.
        user = "user root;" if os.geteuid() == 0 else ""
        super().__init__(
            stack, unique("proxy"), ["/usr/sbin/nginx", "-p", directory, "-c", configuration, "-g", f"daemon off; {user}"], {}
        )

    def make_certificate(self, directory):
        self.certificate = directory / "tls.crt"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
             "-keyout", directory / "tls.key", "-out", self.certificate],
            check=True, capture_output=True,
        )

    def __enter__(self):
        self.tls = ssl.create_default_context(cafile=self.certificate)

        def listens():
            assert self.process.poll() is None, self.log_text()
            with contextlib.suppress(ConnectionRefusedError), self.connect():
                return True

        eventually(listens)
        return self

    def __exit__(self, *_):
        # Its workers end with it, which they would not if it were killed.
        self.process.terminate()
        self.process.wait()
        self.log.close()

    def connect(self, **options):
        return RawConnection(self.address, tls=self.tls, **options)

    def ask(self, data):
        with self.connect() as connection:
            connection.send(data)
            return connection.answer()


@pytest.fixture(scope="module")
def api(stack):
    with AdminApi(stack, TRUSTED_PROXIES="127.0.0.1") as api:
        yield api
        assert api.process.poll() is None


@pytest.fixture(scope="module")
def proxy(stack, api, tmp_path_factory):
    with Proxy(stack, api, tmp_path_factory.mktemp("proxy"), ("client_header_timeout 10s", "client_header_timeout 1s")) as proxy:
        yield proxy
        assert proxy.process.poll() is None


def audited(db, run):
    return db.rows("select resource_id, host(ip) from bo.admin_audit_logs where starts_with(resource_id, %s) order by audit_id", [run])


def assert_serves(proxy):
    path = f"/admin/tx/{unique('nobody')}"
    answer = proxy.ask(get(path))
    assert (answer.status, answer.json()["instance"]) == (404, path)


# What passes


@pytest.mark.parametrize("kind", ["a/b", "a//b", "//", "%2F", "100%", "a+b", "a b", "a?b", "a#b", "a;b", "가😀", "é", "e\u0301", "a..", "a/."])
def test_id_arrives_as_it_was_sent(proxy, publisher, kind):
    tx_id = unique("tx") + kind
    publisher.ledger(ledger_event(tx_id))
    sent = get("/admin/tx/" + urllib.parse.quote(tx_id, safe=""))
    answer = eventually(lambda: (answer := proxy.ask(sent)).status == 200 and answer)
    assert answer.json()["tx_id"] == tx_id


def test_token_of_the_longest_size_arrives(proxy, db):
    run = unique("tx")
    answer = proxy.ask(get(f"/admin/tx/{run}", "Authorization: Bearer " + "x" * 8192))
    assert answer.status == 404 and len(audited(db, run)) == 1


def test_answer_is_never_a_cached_one(proxy, db):
    run = unique("tx")
    answers = [proxy.ask(get(f"/admin/tx/{run}")) for _ in range(2)]
    assert {(answer.status, answer.headers["Cache-Control"]) for answer in answers} == {(404, "no-store")}
    assert len(audited(db, run)) == 2


def test_address_of_the_client_is_audited_whatever_it_says_of_itself(proxy, db):
    run = unique("tx")
    for headers in ([], ["X-Forwarded-For: 6.6.6.6"], ["X-Forwarded-For: 6.6.6.6, 127.0.0.1", "X-Forwarded-For: 7.7.7.7"]):
        with proxy.connect(source="127.0.0.2") as connection:
            connection.send(get(f"/admin/tx/{run}", *headers))
            assert connection.answer().status == 404
    assert audited(db, run) == [(run, "127.0.0.2")] * 3


def test_pipelined_lookups_are_answered_in_order(proxy):
    paths = [f"/admin/tx/{unique('tx')}" for _ in range(50)]
    with proxy.connect() as connection:
        connection.send(b"".join(map(get, paths)))
        assert [connection.answer().json()["instance"] for _ in paths] == paths


@pytest.mark.parametrize("path", ["/admin/tx/x", "/nothing"])
def test_browsers_are_told_to_use_tls_only(proxy, path):
    assert proxy.ask(get(path)).headers["Strict-Transport-Security"] == "max-age=31536000"


# What ends here

REFUSED = {
    "other path": (get("/metrics"), 404),
    "path of the API in a path": (get("/x/../admin/tx/x"), 404),
    "target beyond the limit": (get("/admin/tx/" + "x" * 17000), 414),
    "header beyond the limit": (get("/admin/tx/x", "X: " + "x" * 17000), 431),
    "body beyond the limit": (get("/admin/tx/x", "Content-Length: 100000", method="POST"), 413),
    "nonsense": (b"nonsense\r\n\r\n", 400),
    "NUL in the target": (get("/admin/tx/%00"), 400),
    "another version": (b"GET /admin/tx/x HTTP/3.0\r\nHost: h\r\n\r\n", 505),
    "no host": (b"GET /admin/tx/x HTTP/1.1\r\n\r\n", 400),
    "tunnel": (get("example.org:443", method="CONNECT"), 400),
}


@pytest.mark.parametrize("data, status", REFUSED.values(), ids=REFUSED)
def test_refusal_has_the_form_of_the_api(proxy, data, status):
    answer = proxy.ask(data)
    assert (answer.status, answer.headers["Content-Type"]) == (status, PROBLEM)
    problem = answer.json()
    assert problem["status"] == status and problem["title"] and problem["detail"]
    # One that nginx made: the API, which makes UUIDs with their dashes, was not asked.
    assert problem["correlation_id"] == answer.headers["X-Correlation-ID"] and re.fullmatch("[0-9a-f]{32}", problem["correlation_id"])


def test_plain_http_is_refused(proxy):
    with RawConnection(proxy.address) as connection:
        connection.send(get("/admin/tx/x"))
        answer = connection.answer()
    assert (answer.status, answer.headers["Content-Type"]) == (400, PROBLEM)


SMUGGLERS = {
    "length and chunks": ["Content-Length: {length}", "Transfer-Encoding: chunked"],
    "chunks and length": ["Transfer-Encoding: chunked", "Content-Length: {length}"],
    "chunks": ["Transfer-Encoding: chunked"],
    "chunks twice": ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"],
    "hidden chunks": ["Transfer-Encoding: xchunked", "Content-Length: {length}"],
    "space before the colon": ["Transfer-Encoding : chunked", "Content-Length: {length}"],
    "space before the length's colon": ["Content-Length : {length}"],
    "tab before chunks": ["Transfer-Encoding:\tchunked", "Content-Length: {length}"],
    "two lengths": ["Content-Length: 0", "Content-Length: {length}"],
    "letters in the length": ["Content-Length: {length}abc"],
    "signed length": ["Content-Length: +{length}"],
    "folded length": ["X: a", " Content-Length: {length}"],
    "LF in a value": ["X: a\nContent-Length: {length}"],
    "CR in a value": ["X: a\rContent-Length: {length}"],
    "underscore": ["Content_Length: {length}"],
}


@pytest.mark.parametrize("headers", SMUGGLERS.values(), ids=SMUGGLERS)
def test_api_and_proxy_agree_on_where_a_request_ends(proxy, db, headers):
    """What the API looked up is what this client was answered, in its order; nothing is left for the next one."""
    run = unique("tx")
    inner = get(f"/admin/tx/{run}-inner")
    body = b"0\r\n\r\n" + inner
    outer = get(f"/admin/tx/{run}-outer", *(header.format(length=len(body)) for header in headers), method="GET")
    with proxy.connect() as connection:
        connection.send(outer + body)
        connection.send(get(f"/admin/tx/{run}-last", "Connection: close"))
        answered = []
        while answer := connection.answer():
            answered.append(answer.json().get("instance", "").removeprefix("/admin/tx/"))
    for _ in range(20):
        assert_serves(proxy)
    assert [resource_id for resource_id, _ in audited(db, run)] == [instance for instance in answered if instance.startswith(run)]


# Too many, too slow


def test_idle_clients_reach_no_further_than_the_proxy(proxy, api):
    assert_serves(proxy)
    before = api.descriptors()
    with contextlib.ExitStack() as flood:
        for _ in range(400):
            flood.enter_context(RawConnection(proxy.address))
        for _ in range(50):
            flood.enter_context(proxy.connect()).send(b"GET /admin/tx/x HTTP/1.1\r\nHost: h\r\nX: ")
        for _ in range(20):
            assert_serves(proxy)
        assert api.descriptors() <= before + 20


@pytest.mark.parametrize("begun", [b"GET /admin/tx/x HTTP/1.1\r\nHost: h\r\nX: ", b"G"])
def test_request_that_never_ends_is_cut(proxy, db, begun):
    with proxy.connect() as connection:
        connection.send(begun)
        assert connection.is_ended()


@contextlib.contextmanager
def locked_audit_log(db):
    with db.connect() as connection:
        connection.execute("lock table bo.admin_audit_logs in access exclusive mode")
        yield


def finished(futures):
    return [future.result() for future in futures if future.done()]


def test_one_address_can_not_take_everything(proxy, db):
    too_many = CLIENTS_AT_A_TIME + 10

    def ask(_):
        with proxy.connect(source="127.0.0.3") as connection:
            connection.send(get("/admin/tx/x"))
            return connection.answer()

    with concurrent.futures.ThreadPoolExecutor(too_many) as clients:
        with locked_audit_log(db):
            asked = [clients.submit(ask, number) for number in range(too_many)]
            refused = eventually(lambda: [answer for answer in finished(asked) if answer.status == 429])
        assert {(answer.headers["Content-Type"], answer.headers["Retry-After"]) for answer in refused} == {(PROBLEM, "1")}


def test_one_address_can_not_ask_without_end(stack, api, tmp_path):
    with Proxy(stack, api, tmp_path, ("rate=200r/s", "rate=1r/m"), ("burst=400", "burst=5")) as proxy, proxy.connect() as connection:
        connection.send(get("/admin/tx/x") * 10)
        assert [connection.answer().status for _ in range(10)] == [404] * 6 + [429] * 4


def test_api_without_descriptors_recovers(stack, tmp_path):
    with AdminApi(stack) as api, Proxy(stack, api, tmp_path) as proxy:
        assert_serves(proxy)
        used = api.descriptors()
        resource.prlimit(api.process.pid, resource.RLIMIT_NOFILE, (used + 10, used + 10))
        with proxy.connect() as waiting:
            with contextlib.ExitStack() as flood:
                for _ in range(50):
                    flood.enter_context(RawConnection(api.address))
                eventually(lambda: api.descriptors() >= used + 10)
                waiting.send(get("/admin/tx/x"))
            assert waiting.answer().status == 404
        for _ in range(20):
            assert_serves(proxy)
        assert api.process.poll() is None


def test_api_that_is_away_is_a_503_in_its_own_form(stack, tmp_path):
    with AdminApi(stack) as api, Proxy(stack, api, tmp_path) as proxy:
        assert_serves(proxy)
        api.process.kill()
        api.process.wait()
        answer = proxy.ask(get("/admin/tx/x"))
    assert (answer.status, answer.headers["Content-Type"], answer.headers["Retry-After"]) == (503, PROBLEM, "1")
