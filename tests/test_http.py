"""What clients may send, byte by byte, and that none of them harms the API or another client.

That no client sees the answer of another is tested in src/common/http_test.cpp, with clients that abort."""

import contextlib
import os
import select
import socket
import subprocess
import urllib.parse

import pytest

from support import BINARIES, AdminApi, RawConnection, eventually, ledger_event, unique
from support import raw_request as get

PROBLEM = "application/problem+json"
FAST = {
    "API_HEADER_TIMEOUT_MS": "500",
    "API_BODY_TIMEOUT_MS": "500",
    "API_WRITE_TIMEOUT_MS": "500",
    "API_MAX_HEAD_BYTES": "8192",
    "API_MAX_BODY_BYTES": "2048",
    "API_MAX_TARGET_BYTES": "4096",
    "API_MAX_CONNECTIONS": "50",
}


@pytest.fixture(scope="module")
def server(stack):
    """An API with small limits; nothing that a test here does may end it."""
    with AdminApi(stack, **FAST) as api:
        yield api
        assert api.process.poll() is None


def ask(server, *data):
    """The answer to these bytes, sent piece by piece."""
    with RawConnection(server.address) as connection:
        for piece in data:
            connection.send(piece)
        return connection.answer()


def assert_refused(server, data, status):
    """A problem with that status, then the end: nothing after it is read as a request."""
    with RawConnection(server.address) as connection:
        connection.send(data + get("/admin/tx/smuggled"))
        answer = connection.answer()
        assert (answer.status, answer.headers["Content-Type"], answer.headers["Connection"]) == (status, PROBLEM, "close")
        assert answer.json()["correlation_id"] == answer.headers["X-Correlation-ID"]
        assert connection.is_ended()


def assert_serves(server):
    assert server.get("/admin/tx/nobody").status_code == 404


# Requests that could be read in two ways

UNCLEAR = {
    "length and chunks": (["Content-Length: 5", "Transfer-Encoding: chunked"], 501),
    "chunks": (["Transfer-Encoding: chunked"], 501),
    "hidden chunks": (["Transfer-Encoding: xchunked"], 501),
    "two lengths": (["Content-Length: 5", "Content-Length: 6"], 400),
    "one length twice": (["Content-Length: 5", "Content-Length: 5"], 400),
    "list of lengths": (["Content-Length: 5, 5"], 400),
    "space before the colon": (["Content-Length : 5"], 400),
    "tab before the colon": (["Content-Length\t: 5"], 400),
    "letters in the length": (["Content-Length: 5abc"], 400),
    "signed length": (["Content-Length: +5"], 400),
    "negative length": (["Content-Length: -5"], 400),
    "hexadecimal length": (["Content-Length: 0x5"], 400),
    "empty length": (["Content-Length:"], 400),
    "length beyond 64 bits": (["Content-Length: 18446744073709551621"], 413),
    "folded line": (["X: a", " Content-Length: 5"], 400),
    "no name": ([": a"], 400),
    "no colon": (["X"], 400),
    "two hosts": (["Host: other"], 400),
    "NUL in a value": (["X: a\0b"], 400),
    "CR in a value": (["X: a\rContent-Length: 5"], 400),
    "LF in a value": (["X: a\nContent-Length: 5"], 400),
    "name that is no token": (["X@: a"], 400),
    "other expectation": (["Expect: 200-ok"], 417),
}


@pytest.mark.parametrize("headers, status", UNCLEAR.values(), ids=UNCLEAR)
def test_unclear_request_is_refused_and_ends_the_connection(server, headers, status):
    assert_refused(server, get("/admin/tx/x", *headers), status)


LINES = {
    "LF only": (b"GET /admin/tx/x HTTP/1.1\nHost: h\n\n", 400),
    "CR only": (b"GET /admin/tx/x HTTP/1.1\rHost: h\r\r", 400),
    "no host": (b"GET /admin/tx/x HTTP/1.1\r\n\r\n", 400),
    "no version": (b"GET /admin/tx/x\r\n\r\n", 400),
    "HTTP/0.9": (b"GET /admin/tx/x HTTP/0.9\r\nHost: h\r\n\r\n", 505),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    "two spaces": (b"GET  /admin/tx/x HTTP/1.1\r\nHost: h\r\n\r\n", 400),
    "space in the target": (b"GET /admin/tx/x y HTTP/1.1\r\nHost: h\r\n\r\n", 400),
    "tab in the target": (b"GET /admin/tx/x\ty HTTP/1.1\r\nHost: h\r\n\r\n", 400),
    "NUL in the target": (b"GET /admin/tx/x\0 HTTP/1.1\r\nHost: h\r\n\r\n", 400),
    "fragment": (b"GET /admin/tx/x#y HTTP/1.1\r\nHost: h\r\n\r\n", 400),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 20, 400),
    "method that is no token": (b"G(T /admin/tx/x HTTP/1.1\r\nHost: h\r\n\r\n", 400),
    "method of 40 letters": (b"A" * 40 + b" /admin/tx/x HTTP/1.1\r\nHost: h\r\n\r\n", 400),
}


@pytest.mark.parametrize("data, status", LINES.values(), ids=LINES)
def test_malformed_line_is_refused_and_ends_the_connection(server, data, status):
    assert_refused(server, data, status)


def test_nothing_that_follows_a_refusal_is_looked_up(server, db):
    tx_id = unique("tx")
    with RawConnection(server.address) as connection:
        connection.send(b"nonsense\r\n\r\n")
        assert connection.answer().status == 400
        connection.send(get(f"/admin/tx/{tx_id}") * 100)
        assert connection.is_ended()
    for _ in range(20):
        assert_serves(server)
    assert db.value("select count(*) from bo.admin_audit_logs where resource_id = %s", [tx_id]) == 0


# Sizes

SIZES = {
    "target at the limit": (get("/admin/tx/" + "x" * 4086), 400),
    "target beyond it": (get("/admin/tx/" + "x" * 4087), 414),
    "request line without end": (b"GET /" + b"x" * 9000, 414),
    "method without end": (b"X" * 9000, 414),
    "headers at the limit": (get("/admin/tx/x", "X: " + "y" * (8192 - len(get("/admin/tx/x", "X: ")))), 404),
    "headers beyond it": (get("/admin/tx/x", "X: " + "y" * (8193 - len(get("/admin/tx/x", "X: ")))), 431),
    "many headers": (get("/admin/tx/x", *["X: y"] * 3000), 431),
    "body beyond the limit": (get("/admin/tx/x", "Content-Length: 2049", method="POST"), 413),
    "slashes": (get("/" * 4000), 404),
    "slashes beyond the limit": (get("/" * 60000), 414),
    "query beyond the limit": (get("/admin/wallets/w/tx?limit=" + "1" * 5000), 414),
}


@pytest.mark.parametrize("data, status", SIZES.values(), ids=SIZES)
def test_every_size_has_a_limit(server, data, status):
    answer = ask(server, data)
    assert (answer.status, answer.headers["Content-Type"]) == (status, PROBLEM)


def test_flood_of_slashes_is_an_unknown_path_under_the_largest_limits_too(stack):
    with AdminApi(stack, API_MAX_TARGET_BYTES="65536", API_MAX_HEAD_BYTES="1048576") as api:
        for path in ("/" * 65000, "/admin/tx" + "/" * 60000, "/admin/tx/" + "%2F" * 20000):
            assert ask(api, get(path)).status in (400, 404)
        assert_serves(api)


@pytest.mark.parametrize("limit", ["1" + "0" * 3000, "1e2", "+5", "0x10", "٣", "9223372036854775808", "-0"])
def test_limit_that_is_no_small_number_is_refused(server, limit):
    answer = ask(server, get("/admin/wallets/w/tx?limit=" + urllib.parse.quote(limit)))
    assert answer.status == 400 and "limit:" in answer.json()["detail"]


@pytest.mark.parametrize("time", ["0000-00-00T00:00:00Z", "10000-01-01T00:00:00Z", "infinity", "2026-02-30T00:00:00Z", "9" * 300])
def test_time_that_does_not_exist_is_refused(server, time):
    answer = ask(server, get(f"/admin/wallets/w/tx?from={time}"))
    assert answer.status == 400 and "from:" in answer.json()["detail"]


def test_first_and_last_time_are_taken(server):
    assert ask(server, get("/admin/wallets/w/tx?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59.999999Z&limit=100")).status == 200


# Ids

BAD_IDS = ["%00", "a%00b", "%", "%4", "%zz", "%C0%80", "%ED%A0%80", "%FF", "%F4%90%80%80", "%0A", "%7F", "x" * 201]


@pytest.mark.parametrize("sent", BAD_IDS)
def test_id_that_can_not_be_one_is_refused(server, sent):
    answer = ask(server, get(f"/admin/tx/{sent}"))
    assert (answer.status, answer.headers["Content-Type"]) == (400, PROBLEM)


def test_bytes_that_are_no_utf8_are_refused(server):
    answer = ask(server, b"GET /admin/tx/\xff\xfe HTTP/1.1\r\nHost: h\r\n\r\n")
    assert answer.status == 400 and answer.json()["instance"]


IDS = ["가나다", "😀", "é", "e\u0301", "a/b", "a//b", "%2F", "100%", "a+b", "a b", "..", ".", "a?b", "a#b", '"', "\u202e", "\ufeff", "\u2028"]


@pytest.mark.parametrize("kind", IDS)
def test_any_id_is_found_as_itself(server, publisher, kind):
    tx_id = unique("tx") + kind
    publisher.ledger(ledger_event(tx_id))
    body = server.found("/admin/tx/" + urllib.parse.quote(tx_id, safe=""))
    assert body["tx_id"] == tx_id


def test_unicode_may_come_as_it_is(server, publisher):
    tx_id = unique("tx") + "가😀"
    publisher.ledger(ledger_event(tx_id))
    server.found("/admin/tx/" + urllib.parse.quote(tx_id))
    answer = ask(server, f"GET /admin/tx/{tx_id} HTTP/1.1\r\nHost: h\r\n\r\n".encode())
    assert answer.json()["tx_id"] == tx_id


def test_only_the_id_itself_is_found_not_what_looks_like_it(server, publisher):
    name = unique("tx")
    publisher.ledger(ledger_event(name + "é"))
    server.found(f"/admin/tx/{name}%C3%A9")
    for other in (name + "e%CC%81", name + "%C3%89", name + "%25C3%25A9", name + "%C3%A9%20"):
        assert ask(server, get(f"/admin/tx/{other}")).status == 404


# Methods


@pytest.mark.parametrize("path, status", [("/admin/wallets/w/tx", 200), ("/admin/tx/nobody", 404), ("/admin/tx/%00", 400), ("/nothing", 404)])
def test_answer_to_head_has_the_headers_and_no_body(server, path, status):
    with RawConnection(server.address) as connection:
        connection.send(get(path, method="HEAD") + get("/admin/tx/after"))
        head = connection.answer(has_body=False)
        after = connection.answer()
    assert (head.status, int(head.headers["Content-Length"]) > 0) == (status, True)
    assert (after.status, after.json()["instance"]) == (404, "/admin/tx/after")


@pytest.mark.parametrize("method", ["BREW", "get", "OPTIONS", "TRACE", "CONNECT", "POST", "DELETE", "!"])
def test_unknown_method_is_not_allowed_and_the_connection_goes_on(server, method):
    with RawConnection(server.address) as connection:
        connection.send(get("/admin/tx/x", method=method) + get("/admin/tx/x"))
        refused, after = connection.answer(), connection.answer()
    assert (refused.status, refused.headers["Content-Type"], refused.headers["Allow"]) == (405, PROBLEM, "GET, HEAD")
    assert after.status == 404


@pytest.mark.parametrize("method, target", [("OPTIONS", "*"), ("CONNECT", "example.org:443"), ("GET", "http://evil.example/admin/nothing")])
def test_target_of_another_form_is_no_route(server, method, target):
    assert ask(server, get(target, method=method)).status == 404


def test_body_of_a_lookup_is_read_and_ignored(server):
    with RawConnection(server.address) as connection:
        body = b"GET /admin/tx/b HTTP/1.1\r\nHost:"
        connection.send(get("/admin/tx/x", f"Content-Length: {len(body)}") + body + get("/admin/tx/after"))
        assert [connection.answer().json()["instance"] for _ in range(2)] == ["/admin/tx/x", "/admin/tx/after"]


# Headers that are legal, however odd


@pytest.mark.parametrize(
    "header",
    [
        "Cache-Control: immutable, stale-if-error=5", "Cookie: no-equals-sign", "Date: yesterday", "Accept: */*;q=x", "Accept:",
        "Authorization: Basic !", "Content-Type: nonsense", "If-None-Match: *", "Range: bytes=0-1", "X-Forwarded-For: 6.6.6.6, x",
        "Content-Length: 0", "Connection: upgrade, keep-alive", "Upgrade: h2c", "X-Empty:", "x:y", "X: \xe9",
    ],
)
def test_odd_header_changes_nothing(server, header):
    answer = ask(server, get("/admin/wallets/w/tx", header))
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")


@pytest.mark.parametrize("sent", ["a b", "a\tb", "\xe9", "x" * 129, '"<>' + "\x80"])
def test_correlation_id_that_is_not_fit_is_not_echoed(server, sent):
    answer = ask(server, get("/admin/tx/x", "X-Correlation-ID: " + sent))
    assert len(answer.headers["X-Correlation-ID"]) == 36


# Pipelining and pieces


def test_pipelined_lookups_are_answered_in_order(server):
    paths = [f"/admin/tx/{unique('tx')}" for _ in range(100)]
    with RawConnection(server.address) as connection:
        connection.send(b"".join(map(get, paths)))
        assert [connection.answer().json()["instance"] for _ in paths] == paths


def test_request_may_come_byte_by_byte(server):
    path = f"/admin/tx/{unique('tx')}"
    request = get(path, "Content-Length: 3") + b"abc"
    assert ask(server, *(bytes([byte]) for byte in request)).json()["instance"] == path


def test_continue_is_said_before_the_body_is_read(server):
    with RawConnection(server.address) as connection:
        connection.send(get("/admin/tx/x", "Expect: 100-continue", "Content-Length: 3"))
        assert connection.answer().status == 100
        connection.send(b"abc")
        assert connection.answer().status == 404


# Clients without haste, and too many of them


@pytest.mark.parametrize("begun", [b"G", b"GET /admin/tx/x HTTP/1.1\r\nHo", get("/admin/tx/x", "Content-Length: 3") + b"a"])
def test_request_that_stops_halfway_ends_with_408(server, begun):
    with RawConnection(server.address) as connection:
        connection.send(begun)
        assert connection.answer().status == 408
        assert connection.is_ended()


def test_client_that_sends_a_byte_now_and_then_gains_no_time(server):
    with RawConnection(server.address) as connection:
        connection.socket.settimeout(0.1)

        def drip():
            connection.send(b"x")
            with contextlib.suppress(TimeoutError):
                return connection.socket.recv(12)

        connection.send(b"GET /")
        assert eventually(drip, 20) == b"HTTP/1.1 408"


@pytest.fixture
def long_list(publisher, api):
    """Path of a wallet whose list is as long as one can be."""
    wallet_id = unique("wallet") + "w" * 150
    publisher.ledger(*(ledger_event(unique("tx") + "t" * 150, wallet_id=wallet_id) for _ in range(100)))
    path = f"/admin/wallets/{wallet_id}/tx?limit=100"
    api.found(path, lambda body: body["count"] == 100)
    return path


def open_connections(api):
    """Sockets to its clients that it has not closed."""
    with open("/proc/net/tcp") as table:
        rows = [line.split() for line in table][1:]
    port = f":{api.address[1]:04X}"
    return sum(local.endswith(port) and state != "0A" and inode != "0" for _, local, _, state, *_, inode in (row[:10] for row in rows))


def test_client_that_reads_nothing_is_given_up(stack, long_list):
    keeps_all_requests = {**FAST, "API_MAX_HEAD_BYTES": "1048576"}
    with AdminApi(stack, **keeps_all_requests, API_THREADS="1") as api:
        length = len(api.get(long_list).content)
        with RawConnection(api.address, receive_buffer_bytes=4096) as reader:
            asked = 16_000_000 // length
            reader.send(get(long_list) * asked)
            # The only thread serves others all the while.
            assert_serves(api)
            eventually(lambda: open_connections(api) == 0)
            answered = 0
            while reader.answer():
                answered += 1
            assert answered < asked


def spoken_to(connections, at_least):
    """Those on which something has come, once there are enough."""
    readable = select.select([connection.socket for connection in connections], [], [], 0)[0]
    return [connection for connection in connections if connection.socket in readable] if len(readable) >= at_least else []


def test_too_many_connections_are_told_so_and_cost_the_others_nothing(server):
    assert_serves(server)
    before = server.descriptors()
    with contextlib.ExitStack() as flood, RawConnection(server.address) as honest:
        honest.send(get("/admin/tx/x"))
        assert honest.answer().status == 404
        connections = [flood.enter_context(RawConnection(server.address)) for _ in range(200)]
        told = eventually(lambda: spoken_to(connections, 200 + 1 - 50))
        assert {connection.answer().status for connection in told} == {503}
        eventually(lambda: server.descriptors() <= before + 50)
        honest.send(get("/admin/tx/x"))
        assert honest.answer().status == 404
    eventually(lambda: ask(server, get("/admin/tx/x")).status == 404)


def test_start_is_refused_where_connections_could_use_up_the_files():
    settings = {"DATABASE_URL": "postgresql://h/db", "APP_ENV": "local", "API_MAX_CONNECTIONS": "900"}
    api = subprocess.run(
        ["prlimit", "--nofile=1000", BINARIES / "src/api/bo-admin-api"], env=os.environ | settings, capture_output=True, text=True, timeout=60
    )
    assert api.returncode == 2
    assert "the limit of open files is 1000: API_MAX_CONNECTIONS, METRICS_MAX_CONNECTIONS, DB_POOL_SIZE" in api.stderr
    assert "may need 1033" in api.stderr


def test_silent_connections_do_not_keep_probes_away_for_long(stack):
    with AdminApi(stack, METRICS_MAX_CONNECTIONS="3") as api, contextlib.ExitStack() as silent:
        port = urllib.parse.urlsplit(api.management.url).port

        def refused():
            silent.enter_context(socket.create_connection(("127.0.0.1", port)))
            return api.management.get("/livez").status_code == 503

        eventually(refused)
        eventually(lambda: api.management.get("/livez").status_code == 200)


def test_threads_have_no_more_files_than_the_start_counts_for_them(stack):
    with AdminApi(stack, API_THREADS="64", DB_POOL_SIZE="1", DB_MAX_OVERFLOW="0") as api:
        assert api.descriptors() <= 64 * 6 + 50


# Actors that ask too much


def test_actor_that_asks_too_much_is_told_when_to_come_again(stack, db):
    with AdminApi(stack, RATE_LIMIT_PER_MIN="3") as api:
        run = unique("limit")
        answers = [api.get("/admin/tx/x", X_Actor_Id="eager", X_Correlation_ID=f"{run}-{number}") for number in range(5)]
        assert [answer.status_code for answer in answers] == [404, 404, 404, 429, 429]
        assert {answer.headers["RateLimit-Policy"] for answer in answers} == {'"actor";q=3;w=60'}
        assert [answer.headers["RateLimit"].split(";")[1] for answer in answers] == ["r=2", "r=1", "r=0", "r=0", "r=0"]
        refused = answers[-1]
        assert refused.headers["Content-Type"] == PROBLEM
        assert refused.headers["RateLimit"].endswith(f";t={refused.headers['Retry-After']}")
        assert api.get("/admin/tx/x", X_Actor_Id="patient").status_code == 404
    assert db.value("select count(*) from bo.admin_audit_logs where starts_with(correlation_id, %s)", [run]) == 3


def test_nobody_is_limited_unless_asked_for(api):
    assert not [name for name in api.get("/admin/tx/x").headers if name.startswith("RateLimit")]
