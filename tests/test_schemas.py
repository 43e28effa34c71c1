"""configs/*.schema.json say of an event what the consumer says of it."""

import json

import jsonschema
import pytest

from support import GROUP_ID, LEDGER_TOPIC, ORDER_TOPIC, ROOT, eventually, ledger_event, order_event, unique

# Raw JSON. What a schema can't say (its $comment lists it) is left out.
VALUES = [
    "null", "true", "[]", "{}", "0", "-1", "12.5", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
    *(
        json.dumps(text)
        for text in (
            "", " ", " \t\n", "a", " a ", "a b", "a\tb", "a\nb", "a\rb", "a\u0085b", "거래", "x" * 200, "x" * 201, "ä" * 200, "ä" * 201,
            "0", "1", "-7", "00012", "+1", "01", "1.", ".5", "1.0", "1e3", "1E+2", "-0", "0x10", "NaN", "Infinity",
            "9" * 38, "9" * 39, "0.123456789012345678000", "0.1234567890123456789",
            "2026-02-05", "2026-02-05T01:00Z", "2026-02-05 01:00:00.123456789+0900", "2026-02-05t01:00:60z", "2026-02-05T01:00:00-03",
            "2026-13-01", "2026-02-05Z", "2026-02-05T24:00:00Z", "2026-02-05T01:00:00+25:00", "1770253200", "now", "infinity",
        )
    ),
]

# Another spelling of a field must agree with it, which a schema can't say: the two are never in one event here.
ALIASES = {"type": "entry_type", "source_version": "version", "correlationId": "correlation_id"}

BASES = {LEDGER_TOPIC: ledger_event("schema"), ORDER_TOPIC: order_event("schema")}


def schema_of(topic):
    return json.loads((ROOT / "configs" / f"{topic}.schema.json").read_text())


def variants(topic):
    """JSON texts: a sound event with each known field missing, and with each value in its place."""
    for field in schema_of(topic)["properties"]:
        rest = {name: json.dumps(value) for name, value in BASES[topic].items() if name not in (field, ALIASES.get(field))}
        for fields in [rest, *({**rest, field: value} for value in VALUES)]:
            yield "{" + ",".join(f"{json.dumps(name)}:{value}" for name, value in fields.items()) + "}"


@pytest.mark.parametrize("topic", BASES)
def test_schema_itself_is_sound_and_accepts_its_examples(topic):
    schema = schema_of(topic)
    jsonschema.Draft202012Validator.check_schema(schema)
    for example in [*schema["examples"], BASES[topic]]:
        jsonschema.Draft202012Validator(schema).validate(example)


@pytest.mark.parametrize("topic", BASES)
def test_consumer_refuses_exactly_what_the_schema_refuses(db, publisher, topic):
    run_id, texts, ends = unique("schema"), list(variants(topic)), {}

    def delivered(record):
        ends[record.partition()] = max(ends.get(record.partition(), 0), record.offset() + 1)

    for number, text in enumerate(texts):
        publisher.add(topic, text.encode(), headers=[("run", run_id.encode()), ("number", str(number).encode())], on_delivery=delivered)
    publisher.flush()
    progress = "select partition, next_offset from bo.consumer_progress where group_id = %s and topic = %s"
    eventually(lambda: all(dict(db.rows(progress, [GROUP_ID, topic])).get(partition, 0) >= end for partition, end in ends.items()))

    letters = db.rows(
        "select header_values[2], error, error_detail from bo.consumer_dlq_events where header_values @> array[%s::bytea]",
        [run_id.encode()],
    )
    refused = {texts[int(number)]: f"{error}: {detail}" for number, error, detail in letters}
    validator = jsonschema.Draft202012Validator(schema_of(topic))
    disagreements = {
        text: refused.get(text, "accepted by the consumer")
        for text in texts
        if validator.is_valid(json.loads(text)) == (text in refused)
    }
    assert disagreements == {}
    assert 0 < len(refused) < len(texts)
