"""A broken event never delays or loses a good one, and is kept as it came."""

import json

import pytest

from support import LEDGER_TOPIC, ORDER_TOPIC, eventually, ledger_event, order_event, unique

SECRET = "s3cret"


def text(event, **replaced):
    """The event as JSON text, its values replaced by pieces of raw JSON."""
    fields = {name: json.dumps(value) for name, value in event.items()}
    return ("{" + ",".join(f"{json.dumps(name)}:{value}" for name, value in {**fields, **replaced}.items()) + "}").encode()


LEDGER = ledger_event("broken", wallet_id=SECRET)
ORDER = order_event("broken", user_id=SECRET)


def nested(levels):
    """An object that is so many levels deep, itself counted."""
    return text(LEDGER, unknown="[" * (levels - 1) + "]" * (levels - 1))


PARSE_ERRORS = {
    "null payload": None,
    "empty payload": b"",
    "white space": b" \n\t",
    "not UTF-8": text(LEDGER, related_id='"?"').replace(b"?", b"\xff"),
    "overlong UTF-8": text(LEDGER, related_id='"?"').replace(b"?", b"\xc0\xaf"),
    "surrogate in UTF-8": text(LEDGER, related_id='"?"').replace(b"?", b"\xed\xa0\x80"),
    "UTF-16": text(LEDGER).decode().encode("utf-16"),
    "not JSON": b"s3cret, not JSON",
    "cut off": text(LEDGER)[:-1],
    "something after the object": text(LEDGER) + b"x",
    "two objects": text(LEDGER) + text(LEDGER),
    "comma at the end": text(LEDGER)[:-1] + b",}",
    "comment": b"/* s3cret */" + text(LEDGER),
    "array": b"[" + text(LEDGER) + b"]",
    "string": b'"s3cret"',
    "number": b"1",
    "null": b"null",
    "number with a huge negative exponent": b"[1.11111111111111111111111e-2147483639]",
    "NaN": text(LEDGER, unknown="NaN"),
    "Infinity": text(LEDGER, amount="Infinity"),
    "leading zero": text(LEDGER, amount="01"),
    "leading plus": text(LEDGER, amount="+1"),
    "NUL byte": text(LEDGER, related_id='"a\0b"'),
    "NUL after the object": text(LEDGER) + b"\0",
    "escaped NUL": text(LEDGER, related_id=r'"a\u0000b"'),
    "escaped NUL in an unknown field": text(LEDGER, unknown=r'"\u0000"'),
    "control character": text(LEDGER, related_id='"a\x01b"'),
    "lone high surrogate": text(LEDGER, related_id=r'"\ud800"'),
    "lone low surrogate": text(LEDGER, related_id=r'"\udc00"'),
    "lone surrogate in an unknown field": text(LEDGER, unknown=r'"\ud800x"'),
    "surrogates the wrong way round": text(LEDGER, related_id=r'"\udc00\ud800"'),
    "duplicate key": text(LEDGER)[:-1] + b',"tx_id":"broken"}',
    "escaped duplicate key": text(LEDGER)[:-1] + rb',"tx\u005fid":"broken"}',
    "duplicate unknown key": text(LEDGER)[:-1] + b',"x":1,"x":1}',
    "65 levels": nested(65),
    "many levels": nested(100_000),
    "larger than the limit": text(LEDGER, unknown=json.dumps("x" * 1_048_576)),
}

LEDGER_VIOLATIONS = {
    **{
        f"{field} {fault}": text(LEDGER, **{field: value})
        for field in ("tx_id", "wallet_id", "entry_type", "amount", "event_time")
        for fault, value in {"null": "null", "empty": '""', "blank": r'" \t "', "array": "[]", "object": "{}", "bool": "true"}.items()
    },
    **{
        f"no {field}": text({name: value for name, value in LEDGER.items() if name != field})
        for field in ("tx_id", "wallet_id", "entry_type", "amount", "event_time")
    },
    "nothing at all": b"{}",
    "tx_id a number": text(LEDGER, tx_id="1"),
    "tx_id of 201 characters": text(LEDGER, tx_id=json.dumps("ä" * 201)),
    "tx_id with a control character": text(LEDGER, tx_id=r'"a\nb"'),
    "related_id a number": text(LEDGER, related_id="1"),
    "related_type an object": text(LEDGER, related_type="{}"),
    "amount of 39 digits": text(LEDGER, amount="9" * 39),
    "amount text of 39 digits": text(LEDGER, amount='"' + "9" * 39 + '"'),
    "amount of 19 decimals": text(LEDGER, amount="0." + "0" * 18 + "1"),
    "amount too large": text(LEDGER, amount="1e400"),
    "amount with a huge exponent": text(LEDGER, amount='"1e2147483648"'),
    "amount no number": text(LEDGER, amount='"NaN"'),
    "amount hexadecimal": text(LEDGER, amount='"0x10"'),
    "amount_signed of 39 digits": text(LEDGER, amount_signed="-" + "9" * 39),
    "amount_signed a word": text(LEDGER, amount_signed='"s3cret"'),
    "event_time now": text(LEDGER, event_time='"now"'),
    "event_time infinity": text(LEDGER, event_time='"infinity"'),
    "event_time of no calendar": text(LEDGER, event_time='"2026-02-30T01:00:00Z"'),
    "event_time a number": text(LEDGER, event_time="1770253200"),
    "updated_at yesterday": text(LEDGER, updated_at='"yesterday"'),
    "version too large": text(LEDGER, version="9223372036854775808"),
    "version too small": text(LEDGER, version="-9223372036854775809"),
    "version text too large": text(LEDGER, version='"9223372036854775808"'),
    "version with decimals": text(LEDGER, version="1.5"),
    "version a word": text(LEDGER, version='"s3cret"'),
    "version a bool": text(LEDGER, version="true"),
    "entry types that disagree": text(LEDGER, type='"RECEIVE"'),
    "versions that disagree": text(LEDGER, source_version="2"),
}

ORDER_VIOLATIONS = {
    **{
        f"no {field}": text({name: value for name, value in ORDER.items() if name != field})
        for field in ("order_id", "amount", "status", "created_at")
    },
    "order_id an array": text(ORDER, order_id="[]"),
    "amount of 39 digits": text(ORDER, amount="9" * 39),
    "created_at now": text(ORDER, created_at='"now"'),
    "user_id a number": text(ORDER, user_id="1"),
    "versions that disagree": text(ORDER, source_version='"2"'),
}

BROKEN = [
    *((topic, name, payload, "parse_error") for topic in (LEDGER_TOPIC, ORDER_TOPIC) for name, payload in PARSE_ERRORS.items()),
    *((LEDGER_TOPIC, name, payload, "contract_core_violation") for name, payload in LEDGER_VIOLATIONS.items()),
    *((ORDER_TOPIC, name, payload, "contract_core_violation") for name, payload in ORDER_VIOLATIONS.items()),
]

ODD_BUT_GOOD = {
    "number beyond a double": {"unknown": "1e400"},
    "integer of 400 digits": {"unknown": "9" * 400},
    "huge negative exponent": {"unknown": "[1.11111111111111111111111e-2147483639]"},
    "64 levels": {"unknown": "[" * 63 + "]" * 63},
    "surrogate pair": {"unknown": r'"\ud83d\ude00"'},
    "unknown key in an unknown object twice spelled like ours": {"unknown": '{"tx_id":1,"version":"x"}'},
    "aliases that agree": {"type": '"PAYMENT"', "source_version": '"1"'},
    "alias that is empty": {"type": '""', "source_version": "null"},
    "amount of 38 digits": {"amount": "9" * 38},
    "amount of 18 decimals": {"amount": "0." + "0" * 17 + "10"},
    "amount with an exponent": {"amount": '"1e2"'},
    "greatest version": {"version": "9223372036854775807"},
    "least version": {"version": '"-9223372036854775808"'},
    "time without offset": {"event_time": '"2026-02-05T01:00:00"'},
    "white space around": {"wallet_id": r'" \twallet\n "'},
}

DEAD_LETTER = """
select topic, partition, "offset", key, payload, header_names, header_values, error, error_detail, profile_id, correlation_id, status
from bo.consumer_dlq_events
where header_values @> array[%s::bytea]
"""


@pytest.fixture
def run_id():
    return unique("run")


@pytest.fixture
def dead_letters(db, run_id):
    """The dead letters whose headers have this run's id."""
    return lambda: db.rows(DEAD_LETTER, [run_id.encode()])


def headers_of(run_id, number):
    """All that headers can be: bytes, one name twice, no value."""
    return [
        ("run", run_id.encode()), ("x-correlation-id", f"{run_id}-{number}".encode()), ("bytes", b"\x00\xff\xfe"), ("twice", b"1"),
        ("twice", b""), ("none", None),
    ]


def test_thousand_broken_among_good_ones(db, publisher, run_id, dead_letters, count_dead_letters):
    before, sent, total = count_dead_letters(), {}, 1000
    for number in range(total):
        topic, name, payload, error = BROKEN[number % len(BROKEN)]
        key = [None, b"", b"\xff\x00key", f"{run_id}-{number}".encode()][number % 4]
        headers = headers_of(run_id, number)

        def delivered(record, expected=(key, payload, headers, error, f"{run_id}-{number}", name)):
            sent[record.topic(), record.partition(), record.offset()] = expected

        publisher.add(topic, payload, key=key, headers=headers, on_delivery=delivered)
        good = ledger_event(f"{run_id}-{number}") if number % 2 else order_event(f"{run_id}-{number}")
        publisher.add(LEDGER_TOPIC if number % 2 else ORDER_TOPIC, good, key=f"{run_id}-{number}")
    publisher.flush()

    eventually(lambda: len(dead_letters()) >= total, 60)
    eventually(lambda: len(db.tx_ids(run_id)) == total / 2)
    orders = "select count(*) from bo.payment_orders where starts_with(order_id, %s)"
    eventually(lambda: db.value(orders, [run_id]) == total / 2)
    assert count_dead_letters() - before == total
    for topic, partition, offset, key, payload, names, values, error, detail, profile, correlation_id, status in dead_letters():
        *expected, name = sent.pop((topic, partition, offset))
        headers = [(header.decode(), value) for header, value in zip(names, values)]
        assert [key, payload, headers, error, correlation_id] == expected, name
        assert (profile, status) == ("canonical-v1", "OPEN"), name
        assert detail and SECRET not in detail, name
    assert sent == {}


def test_odd_events_are_applied(db, publisher, run_id, dead_letters):
    expected = set()
    for number, raw in enumerate(ODD_BUT_GOOD.values()):
        tx_id = f"{run_id}-{number}"
        expected.add(tx_id)
        publisher.add(LEDGER_TOPIC, text(ledger_event(tx_id), **raw), key=tx_id, headers=headers_of(run_id, number))
    publisher.flush()
    eventually(lambda: db.tx_ids(run_id) == expected or dead_letters())
    assert [(offset, detail) for _, _, offset, *_, detail, _, _, _ in dead_letters()] == []


def test_event_that_only_sql_refuses_is_found_among_its_neighbours(db, publisher, run_id, dead_letters, database_that_refuses):
    poisoned, total = {3, 4, 150, 299}, 300
    for number in range(total):
        key = f"{run_id}-{number}"
        mark = database_that_refuses if number in poisoned else "fine"
        headers = [("run", run_id.encode())]
        publisher.add(LEDGER_TOPIC, ledger_event(key, wallet_id=mark), key=key, headers=headers, partition=0)
        publisher.add(ORDER_TOPIC, order_event(key, user_id=mark), key=key, headers=headers, partition=0)
    publisher.flush()

    fine = {f"{run_id}-{number}" for number in range(total) if number not in poisoned}
    eventually(lambda: db.tx_ids(run_id) == fine)
    orders = "select count(*) from bo.payment_orders where starts_with(order_id, %s)"
    eventually(lambda: db.value(orders, [run_id]) == len(fine))
    eventually(lambda: len(dead_letters()) >= 2 * len(poisoned))
    found = sorted((topic, key.decode(), error) for topic, _, _, key, _, _, _, error, *_ in dead_letters())
    assert found == sorted(
        (topic, f"{run_id}-{number}", "internal_error") for topic in (LEDGER_TOPIC, ORDER_TOPIC) for number in poisoned
    )
