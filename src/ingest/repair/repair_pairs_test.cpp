#include "ingest/repair/repair_pairs.hpp"

#include <gtest/gtest.h>

namespace ingest {
namespace {

TEST(RepairPairs, a_pair_is_a_line_of_json_before_and_after) {
  const RepairedPair pair{R"("po-\"1")", "null", R"({"payment_tx_id":"tx-1"})"};
  EXPECT_EQ(
      json_line(pair, false),
      R"({"payment_order_id":"po-\"1","repaired":true,"before":null,"after":{"payment_tx_id":"tx-1"}})");
  EXPECT_EQ(
      json_line(pair, true),
      R"({"payment_order_id":"po-\"1","repaired":false,"before":null,"after":{"payment_tx_id":"tx-1"}})");
}

TEST(RepairPairs, the_key_to_go_on_from_is_one_word_of_a_shell) {
  EXPECT_EQ(shell_word("po-1"), "'po-1'");
  EXPECT_EQ(shell_word("a $b'c"), R"('a $b'\''c')");
}

}  // namespace
}  // namespace ingest
