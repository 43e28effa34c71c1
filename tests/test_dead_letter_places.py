"""DLQ_BACKEND: a dead letter is safe in its place before its batch is applied, wherever that is."""

import base64
import json
import os
import signal
import subprocess

import confluent_kafka
import pytest

from support import (
    BINARIES, LEDGER_TOPIC, Consumer, awaits_signals, eventually, ledger_event, no_ledger_entry_can_be_written, order_event, unique,
)

HEADERS = [("run", b"1"), ("bytes", b"\x00\xff"), ("twice", b"a"), ("twice", b""), ("none", None)]
BROKEN = [None, b"", b"not json \xff\x00", b'{"tx_id":1}']


def publish_among_good_ones(publisher, run):
    """Broken records, each followed by a good one; returns where the broken ones are, with key and payload."""
    places = {}
    for number, payload in enumerate(BROKEN * 5):
        key = [None, b"", b"\xff\x00key"][number % 3]

        def delivered(record, expected=(key, payload)):
            places[record.partition(), record.offset()] = expected

        publisher.add(LEDGER_TOPIC, payload, key=key, headers=HEADERS, on_delivery=delivered)
        publisher.add(LEDGER_TOPIC, ledger_event(f"{run}-{number}"), key=f"{run}-{number}")
    publisher.flush()
    return places


def letters_of_files(folder):
    """By (partition, offset): key, payload, headers, error; a letter may be there twice, the same each time."""
    letters = {}

    def decoded(text):
        return None if text is None else base64.b64decode(text, validate=True)

    for path in folder.glob("letters.jsonl*"):
        for line in path.read_text().splitlines():
            letter = json.loads(line)
            headers = [(decoded(name).decode(), decoded(value)) for name, value in letter["headers_base64"]]
            letters[letter["partition"], letter["offset"]] = (
                decoded(letter["key_base64"]), decoded(letter["payload_base64"]), headers, letter["error"],
            )
    return letters


def letters_of_topic(stack, topic):
    """As letters_of_files()."""
    settings = stack.kafka_client(**{"group.id": unique("reader"), "auto.offset.reset": "earliest", "enable.partition.eof": True})
    reader, letters = confluent_kafka.Consumer(settings), {}
    partitions = list(reader.list_topics(topic, timeout=10).topics[topic].partitions)
    reader.assign([confluent_kafka.TopicPartition(topic, partition, 0) for partition in partitions])
    ends = 0
    while ends < len(partitions):
        record = reader.poll(10)
        assert record is not None
        if record.error():
            assert record.error().code() == confluent_kafka.KafkaError._PARTITION_EOF
            ends += 1
            continue
        own = [header for header in record.headers() if not header[0].startswith("dlq-")]
        ours = {name: value.decode() for name, value in record.headers() if name.startswith("dlq-")}
        letters[int(ours["dlq-partition"]), int(ours["dlq-offset"])] = (record.key(), record.value(), own, ours["dlq-error"])
    reader.close()
    return letters


def as_expected(places):
    return {
        place: (key, payload, HEADERS, "contract_core_violation" if payload and payload.startswith(b"{") else "parse_error")
        for place, (key, payload) in places.items()
    }


def restricted_to(places, letters):
    return {place: letter for place, letter in letters.items() if place in places}


@pytest.fixture
def run():
    return unique("place")


@pytest.fixture(autouse=True)
def no_other_consumer(stack):
    """The events of these tests are for consumers of their own."""
    stack.run("stop", "consumer")
    yield
    stack.run("start", "consumer")


def test_file_has_the_whole_record(stack, db, publisher, count_dead_letters, run, tmp_path):
    places = publish_among_good_ones(publisher, run)
    before = count_dead_letters()
    with Consumer(stack, DLQ_BACKEND="file", DLQ_PATH=str(tmp_path / "letters.jsonl"), DLQ_FILE_MAX_BYTES="1024", BATCH_MAX_EVENTS="4"):
        eventually(lambda: len(db.tx_ids(run)) == len(places), 60)
    assert restricted_to(places, letters_of_files(tmp_path)) == as_expected(places)
    assert len(list(tmp_path.glob("letters.jsonl.*"))) > 1, "it was rotated by size"
    assert count_dead_letters() == before


def test_file_that_can_not_be_written_stops_the_stream_until_it_can(stack, db, publisher, run, tmp_path):
    folder = tmp_path / "later"
    places = publish_among_good_ones(publisher, run)
    with Consumer(stack, DLQ_BACKEND="file", DLQ_PATH=str(folder / "letters.jsonl")) as consumer:
        eventually(lambda: "dead letters away" in consumer.log_text())
        folder.mkdir()
        eventually(lambda: len(db.tx_ids(run)) == len(places), 60)
        assert consumer.process.poll() is None
    assert restricted_to(places, letters_of_files(folder)) == as_expected(places)


def test_topic_has_the_whole_record_and_is_waited_for(stack, db, publisher, count_dead_letters, run):
    topic = unique("dead.letters")
    places = publish_among_good_ones(publisher, run)
    before = count_dead_letters()
    with Consumer(stack, DLQ_BACKEND="topic", DLQ_TOPIC=topic, DLQ_TOPIC_TIMEOUT_MS="500") as consumer:
        eventually(lambda: "dead letters away" in consumer.log_text(), 60)
        stack.run("topics", topic)
        eventually(lambda: len(db.tx_ids(run)) == len(places), 60)
        assert consumer.process.poll() is None
    assert restricted_to(places, letters_of_topic(stack, topic)) == as_expected(places)
    assert count_dead_letters() == before


def test_killed_consumer_has_kept_every_letter_of_what_it_committed(stack, db, publisher, run, tmp_path):
    """The letter comes first: an offset beyond it is committed only when the letter is in the file."""
    settings = {"DLQ_BACKEND": "file", "DLQ_PATH": str(tmp_path / "letters.jsonl"), "BATCH_MAX_EVENTS": "3"}
    places = publish_among_good_ones(publisher, run)
    with Consumer(stack, **settings) as consumer:
        eventually(lambda: len(db.tx_ids(run)) > 3, 60)
        consumer.process.kill()
        consumer.process.wait()
        stored = dict(
            db.rows("select partition, next_offset from bo.consumer_progress where group_id = %s and topic = %s",
                    [consumer.group_id, LEDGER_TOPIC])
        )
    committed = {place for place in places if place[1] < stored.get(place[0], 0)}
    assert committed, "it was killed too early to say anything"
    assert committed <= set(letters_of_files(tmp_path))


def test_letter_is_kept_once_while_its_batch_is_tried_again_and_others_get_through(stack, db, publisher, run, tmp_path):
    publisher.add(LEDGER_TOPIC, b"broken", partition=0)
    publisher.publish(LEDGER_TOPIC, ledger_event(run), partition=0)
    settings = {"DLQ_BACKEND": "file", "DLQ_PATH": str(tmp_path / "letters.jsonl"), "KAFKA_GROUP_ID": unique("group")}
    with no_ledger_entry_can_be_written(db), Consumer(stack, **settings) as consumer:
        def tried_often():
            publisher.orders(order_event(unique("order")))
            return consumer.log_text().count("database away") >= 8

        eventually(tried_often, 60)
    letters = [(letter["partition"], letter["offset"]) for letter in map(json.loads, (tmp_path / "letters.jsonl").read_text().splitlines())]
    assert letters and len(letters) == len(set(letters))


def test_import_of_short_lines_takes_little_memory(stack, tmp_path):
    path = tmp_path / "letters.jsonl"
    path.write_text("no letter\n")
    process = subprocess.Popen(
        [BINARIES / "src/ingest/bo-sync-consumer", "dlq", "import", "--file", path],
        env={**os.environ, "DATABASE_URL": stack.address("OPERATOR_DATABASE_URL")}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    assert os.wait4(process.pid, 0)[2].ru_maxrss < 100 * 1024, "KiB"


@pytest.mark.parametrize("writer", ["silent", "absent"])
def test_import_from_a_pipe_ends_on_a_signal(stack, tmp_path, writer):
    pipe = tmp_path / "letters"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [BINARIES / "src/ingest/bo-sync-consumer", "dlq", "import", "--file", "-" if writer == "silent" else pipe],
        env={**os.environ, "DATABASE_URL": stack.address("OPERATOR_DATABASE_URL")}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )
    with process:
        eventually(lambda: awaits_signals(process))
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(10)
        finally:
            process.kill()
        assert (json.load(process.stdout)["finished"], code) == (False, 130)


def import_letters(stack, *arguments):
    """What `dlq import` says of a file or topic, and its exit code."""
    done = subprocess.run(
        [BINARIES / "src/ingest/bo-sync-consumer", "dlq", "import", *arguments],
        env={**os.environ, "DATABASE_URL": stack.address("OPERATOR_DATABASE_URL"), "KAFKA_BROKERS": stack.address("KAFKA_BROKERS")},
        capture_output=True, text=True, check=False,
    )
    assert done.stdout, done.stderr
    return json.loads(done.stdout), done.returncode


def letters_of_table(db):
    rows = db.rows("select partition, \"offset\", key, payload, header_names, header_values, error, status from bo.consumer_dlq_events")
    return {
        (partition, offset): (key, payload, [(name.decode(), value) for name, value in zip(names, values)], error)
        for partition, offset, key, payload, names, values, error, status in rows
        if status == "OPEN"
    }


def test_letters_of_a_file_are_imported_once_and_can_be_worked_on(stack, db, publisher, run, tmp_path):
    places, path = publish_among_good_ones(publisher, run), tmp_path / "letters.jsonl"
    with Consumer(stack, DLQ_BACKEND="file", DLQ_PATH=str(path)):
        eventually(lambda: len(db.tx_ids(run)) == len(places), 60)
    with path.open("a") as file:
        file.write('{"topic":"ledger.entry.ups')
    said, code = import_letters(stack, "--file", path)
    assert (said["unreadable"], said["finished"], code) == (1, True, 1), "the torn line is told of"
    assert restricted_to(places, letters_of_table(db)) == as_expected(places)
    again, _ = import_letters(stack, "--file", path)
    assert (again["letters"], again["stored"]) == (said["letters"], 0)


def test_letters_of_a_topic_are_imported_once_and_can_be_worked_on(stack, db, publisher, run):
    topic = unique("dead.letters")
    stack.run("topics", topic)
    places = publish_among_good_ones(publisher, run)
    with Consumer(stack, DLQ_BACKEND="topic", DLQ_TOPIC=topic):
        eventually(lambda: len(db.tx_ids(run)) == len(places), 60)
    publisher.add(topic, b"no letter")
    publisher.flush()
    said, code = import_letters(stack, "--topic", topic)
    assert (said["unreadable"], said["finished"], code) == (1, True, 1)
    assert restricted_to(places, letters_of_table(db)) == as_expected(places)
    again, _ = import_letters(stack, "--topic", topic)
    assert (again["letters"], again["stored"]) == (said["letters"], 0)
