# shellcheck shell=bash disable=SC2034 # constants here are used by who loads it
# A private Apache Kafka broker (KRaft, one node), run from its jars.

KAFKA_VERSION=4.1.0
KAFKA_HOME=$CACHE_DIR/kafka-$KAFKA_VERSION
KAFKA_DATA=$RUN_DIR/kafka
KAFKA_HEAP=${KAFKA_HEAP:--Xms256m -Xmx512m}
KAFKA_START_SEC=60
KAFKA_PARTITIONS=4
LEDGER_TOPIC_NAME=${LEDGER_TOPIC:-ledger.entry.upserted}
ORDER_TOPIC_NAME=${PAYMENT_ORDER_TOPIC:-payment.order.upserted}

# kafka_fetch: the jars, once for all stacks of this user; the directory appears when it is complete.
kafka_fetch() {
  local partial=$KAFKA_HOME.partial
  [[ -e $KAFKA_HOME/.complete ]] && return
  mkdir -p "$CACHE_DIR"
  require_disk "$CACHE_DIR"
  (
    flock 8
    [[ ! -e $KAFKA_HOME/.complete ]] || exit 0
    rm -rf "$partial" "$KAFKA_HOME"
    mkdir "$partial"
    mvn -B -q --no-transfer-progress -Dstyle.color=never -f "$ROOT/scripts/lib/kafka/pom.xml" -Dkafka.version="$KAFKA_VERSION" \
      dependency:copy-dependencies -DoutputDirectory="$partial" ||
      die "Apache Kafka $KAFKA_VERSION can't be fetched: no Maven repository answers (see above)."
    touch "$partial/.complete"
    mv "$partial" "$KAFKA_HOME"
  ) 8>"$CACHE_DIR/kafka.lock"
}

# kafka_java CLASS ARGUMENT...
kafka_java() {
  java -Xmx256m -XX:TieredStopAtLevel=1 -cp "$KAFKA_HOME/*" \
    -Dlog4j2.configurationFile="$ROOT/scripts/lib/kafka/log4j2.properties" "$@"
}

# A broker that was killed may register again only when its last session is over: that session is kept short.
kafka_settings() {
  cat <<SETTINGS
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$(state_get controller_port)
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:$(state_get kafka_port),CONTROLLER://127.0.0.1:$(state_get controller_port)
advertised.listeners=PLAINTEXT://127.0.0.1:$(state_get kafka_port)
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$KAFKA_DATA/data
num.partitions=$KAFKA_PARTITIONS
auto.create.topics.enable=false
log.retention.ms=-1
offsets.topic.num.partitions=4
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
broker.heartbeat.interval.ms=500
broker.session.timeout.ms=3000
SETTINGS
}

kafka_brokers() {
  echo "127.0.0.1:$(state_get kafka_port)"
}

kafka_answers() {
  kcat -L -J -m 2 -b "$(kafka_brokers)" | jq -e '.controllerid >= 0'
}

kafka_start() {
  alive kafka && return
  kafka_fetch
  allot_port kafka KAFKA_PORT 19092
  allot_port controller KAFKA_CONTROLLER_PORT 19093
  # A killed broker leaves what it unpacked in its temporary directory.
  rm -rf "$KAFKA_DATA/tmp"
  mkdir -p "$KAFKA_DATA/tmp"
  kafka_settings >"$KAFKA_DATA/server.properties"
  [[ -e $KAFKA_DATA/data/meta.properties ]] ||
    kafka_java kafka.tools.StorageTool format -t "$(kafka_java kafka.tools.StorageTool random-uuid)" -c "$KAFKA_DATA/server.properties" \
      >>"$RUN_DIR/log/kafka.log" 2>&1 || die "The log directory of Kafka can't be made; see $RUN_DIR/log/kafka.log"
  # shellcheck disable=SC2086 # the heap is two words
  launch kafka java $KAFKA_HEAP -XX:-UsePerfData -Djava.io.tmpdir="$KAFKA_DATA/tmp" -cp "$KAFKA_HOME/*" \
    -Dlog4j2.configurationFile="$ROOT/scripts/lib/kafka/log4j2.properties" kafka.Kafka "$KAFKA_DATA/server.properties"
  wait_for kafka "$KAFKA_START_SEC" kafka_answers
}

kafka_stop() {
  stop_process kafka TERM
}

kafka_topics() {
  kcat -L -J -m 10 -b "$(kafka_brokers)" | jq -r '.topics[].topic'
}

# create_topics NAME...: those that are missing; nothing in them ever expires, for the topic is the source of a replay.
create_topics() {
  local topic topics
  topics=$(kafka_topics)
  for topic in "$@"; do
    grep -qxF "$topic" <<<"$topics" ||
      kafka_java org.apache.kafka.tools.TopicCommand --bootstrap-server "$(kafka_brokers)" --create --if-not-exists \
        --topic "$topic" --partitions "$KAFKA_PARTITIONS" --replication-factor 1 --config retention.ms=-1
  done
}
