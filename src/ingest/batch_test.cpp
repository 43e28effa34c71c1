#include "ingest/batch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ingest {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr WireTypes kTypes{
    .dead_letter = 1, .ledger_event = 2, .payment_order_event = 3, .partition_progress = 4};

RecordView record(std::int32_t partition, std::int64_t offset) {
  return {.topic = "ledger",
          .partition = partition,
          .offset = offset,
          .key = "key",
          .payload = "payload",
          .headers = {},
          .timestamp = 0};
}

Decoded ledger_event(std::string_view tx_id) {
  LedgerEvent event;
  event.tx_id = tx_id;
  event.amount = *common::parse_decimal("1");
  return {.event = event, .alias_hits = {}, .correlation_id = {}};
}

Decoded rejected() {
  return {.event = Rejection{RejectionError::parse_error, "not JSON"},
          .alias_hits = {},
          .correlation_id = "from-payload"};
}

TEST(Batch, sends_each_kind_in_its_argument) {
  Batch batch("canonical-v1");
  batch.add(record(0, 0), ledger_event("tx-a"));
  batch.add(record(0, 1), rejected());
  const auto arguments = batch.arguments(0, 2, kTypes, {});
  EXPECT_THAT(arguments.ledger_events, HasSubstr("tx-a"));
  EXPECT_THAT(arguments.dead_letters, HasSubstr("not JSON"));
  EXPECT_EQ(batch.rejection(1), RejectionError::parse_error);
}

TEST(Batch, sends_a_part_of_itself) {
  Batch batch("canonical-v1");
  batch.add(record(0, 0), ledger_event("tx-a"));
  batch.add(record(0, 1), ledger_event("tx-b"));
  const auto arguments = batch.arguments(1, 2, kTypes, {});
  EXPECT_THAT(arguments.ledger_events, HasSubstr("tx-b"));
  EXPECT_THAT(arguments.ledger_events, Not(HasSubstr("tx-a")));
}

TEST(Batch, makes_a_dead_letter_of_a_refused_event) {
  Batch batch("canonical-v1");
  batch.add(record(0, 0), ledger_event("tx-a"));
  batch.reject(0, {RejectionError::internal_error, "23514: refused"});
  const auto arguments = batch.arguments(0, 1, kTypes, {});
  EXPECT_THAT(arguments.ledger_events, Not(HasSubstr("tx-a")));
  EXPECT_THAT(arguments.dead_letters, HasSubstr("internal_error"));
}

TEST(Batch, knows_the_next_offset_of_each_partition_up_to_a_record) {
  Batch batch("canonical-v1");
  batch.add(record(0, 7), ledger_event("a"));
  batch.add(record(1, 3), ledger_event("b"));
  batch.add(record(0, 8), ledger_event("c"));
  const auto progress = batch.progress_before(2);
  ASSERT_EQ(progress.size(), 2U);
  EXPECT_EQ(progress[0].next_offset, 8);
  EXPECT_EQ(progress[1].next_offset, 4);
}

TEST(Batch, prefers_the_correlation_id_of_the_header) {
  Batch batch("canonical-v1");
  auto with_header = record(0, 0);
  with_header.headers.push_back({"x-correlation-id", "from-header"});
  batch.add(with_header, rejected());
  EXPECT_THAT(batch.arguments(0, 1, kTypes, {}).dead_letters, HasSubstr("from-header"));
  EXPECT_THAT(batch.arguments(0, 1, kTypes, {}).dead_letters, Not(HasSubstr("from-payload")));
}

TEST(Batch, passes_over_a_correlation_id_that_is_no_text) {
  Batch batch("canonical-v1");
  auto with_header = record(0, 0);
  with_header.headers.push_back({"x-correlation-id", "\xFF"});
  batch.add(with_header, rejected());
  EXPECT_THAT(batch.arguments(0, 1, kTypes, {}).dead_letters, HasSubstr("from-payload"));
}

TEST(Batch, counts_aliases_and_times_without_offset_by_topic) {
  Batch batch("canonical-v1");
  auto lenient = ledger_event("tx-a");
  lenient.alias_hits = {"type", "source_version"};
  lenient.times_without_offset = 2;
  batch.add(record(0, 0), lenient);
  batch.add(record(0, 1), lenient);
  EXPECT_EQ(batch.alias_hits(),
            (Batch::AliasHits{{{"ledger", "type"}, 2}, {{"ledger", "source_version"}, 2}}));
  EXPECT_EQ(batch.times_without_offset(), (Batch::TimesWithoutOffset{{"ledger", 4}}));
  batch.clear();
  EXPECT_TRUE(batch.alias_hits().empty());
  EXPECT_TRUE(batch.times_without_offset().empty());
}

}  // namespace
}  // namespace ingest
