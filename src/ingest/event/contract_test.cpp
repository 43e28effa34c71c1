#include "ingest/event/contract.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace ingest {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string kLedger =
    R"({"tx_id":"tx-001","wallet_id":"wallet-001","entry_type":"PAYMENT","amount":"10000.00",)"
    R"("amount_signed":"-10000.00","related_id":"po-001","related_type":"PAYMENT_ORDER",)"
    R"("event_time":"2026-02-05T01:00:00Z","updated_at":"2026-02-05T01:00:01Z","version":1})";
const std::string kOrder =
    R"({"order_id":"po-001","user_id":"user-001","merchant_name":"MERCHANT-001","amount":"10000.00",)"
    R"("status":"SETTLED","created_at":"2026-02-05T01:00:00Z","updated_at":"2026-02-05T01:00:01Z","version":1})";
constexpr Microseconds kOneOClock = 1'770'253'200'000'000;

EventProfile canonical() {
  return load_event_profiles(default_event_profiles_file()).profiles.at("canonical-v1");
}

class Contract : public testing::Test {
 protected:
  Decoded ledger(std::string_view payload) { return decoder_.decode(EventKind::ledger_entry, payload); }
  Decoded order(std::string_view payload) { return decoder_.decode(EventKind::payment_order, payload); }

  /// The sample ledger event with one member more, or the last of two.
  Decoded ledger_with(const std::string& member) {
    payload_ = kLedger;
    const auto name = member.substr(0, member.find(':') + 1);
    if (const auto at = payload_.find(name); at != std::string::npos) {
      payload_.replace(at, payload_.find_first_of(",}", at) - at, member);
    } else {
      payload_.insert(1, member + ",");
    }
    return ledger(payload_);
  }
  static std::string rejection(const Decoded& decoded) {
    const auto* found = std::get_if<Rejection>(&decoded.event);
    return found == nullptr ? "accepted" : std::string(name_of(found->error)) + ": " + found->detail;
  }

  Decoder decoder_{canonical(), {}};
  std::string payload_;
};

TEST_F(Contract, reads_the_sample_ledger_event) {
  const auto decoded = ledger(kLedger);
  ASSERT_EQ(rejection(decoded), "accepted");
  const auto& event = std::get<LedgerEvent>(decoded.event);
  EXPECT_EQ(event.tx_id, "tx-001");
  EXPECT_EQ(event.wallet_id, "wallet-001");
  EXPECT_EQ(event.entry_type, "PAYMENT");
  EXPECT_EQ(event.amount.text(), "1000000");
  EXPECT_EQ(event.amount.scale, 2);
  EXPECT_TRUE(event.amount_signed->negative);
  EXPECT_EQ(event.related_id, "po-001");
  EXPECT_EQ(event.event_time, kOneOClock);
  EXPECT_EQ(event.created_at, kOneOClock);
  EXPECT_EQ(event.updated_at, kOneOClock + 1'000'000);
  EXPECT_EQ(event.source_version, 1);
}

TEST_F(Contract, reads_the_sample_order_event) {
  const auto decoded = order(kOrder);
  ASSERT_EQ(rejection(decoded), "accepted");
  const auto& event = std::get<PaymentOrderEvent>(decoded.event);
  EXPECT_EQ(event.order_id, "po-001");
  EXPECT_EQ(event.user_id, "user-001");
  EXPECT_EQ(event.merchant_name, "MERCHANT-001");
  EXPECT_EQ(event.status, "SETTLED");
  EXPECT_EQ(event.created_at, kOneOClock);
}

TEST_F(Contract, calls_everything_that_is_not_one_strict_object_a_parse_error) {
  std::string deep(64, '[');
  deep += std::string(64, ']');
  const std::string payloads[] = {"",
                                  "null",
                                  "[]",
                                  "1",
                                  "{",
                                  "{}x",
                                  "{}{}",
                                  "{'a':1}",
                                  "{\"a\":01}",
                                  "{\"a\":NaN}",
                                  "{\"a\":1,}",
                                  "\xEF\xBB\xBF{}",
                                  "{\"a\":\"\xFF\"}",
                                  "{\"a\":\"\xED\xA0\x80\"}",
                                  R"({"a":"\ud800"})",
                                  R"({"a":"\udc00"})",
                                  R"({"a":"\u0000"})",
                                  std::string("{\"a\":1}\0", 8),
                                  R"({"a":1,"a":1})",
                                  R"({"a":1,"\u0061":1})",
                                  R"({"x":{"a":1,"a":2}})",
                                  "{\"a\":" + deep + "}",
                                  std::string(80'000, '['),
                                  "[1.11111111111111111111111e-2147483639]"};
  for (const auto& payload : payloads)
    EXPECT_THAT(rejection(ledger(payload)), HasSubstr("parse_error")) << payload;
  EXPECT_THAT(rejection(decoder_.decode(EventKind::ledger_entry, std::nullopt)), HasSubstr("parse_error"));
}

TEST_F(Contract, allows_sixty_four_levels) {
  const std::string nested = std::string(63, '[') + std::string(63, ']');
  EXPECT_EQ(rejection(ledger_with("\"unknown\":" + nested)), "accepted");
}

TEST_F(Contract, ignores_unknown_fields_whatever_their_value) {
  for (const std::string value :
       {"1e400", "-1e-400", "1.11111111111111111111111e-2147483639", "null", "[1,{}]", "\"\""}) {
    EXPECT_EQ(rejection(ledger_with("\"unknown\":" + value)), "accepted") << value;
  }
  EXPECT_EQ(rejection(ledger_with("\"unknown\":" + std::string(400, '9'))), "accepted");
}

TEST_F(Contract, reads_amounts_from_json_numbers_without_a_float) {
  const auto decoded = ledger_with("\"amount\":169299987.35345112000");
  ASSERT_EQ(rejection(decoded), "accepted");
  EXPECT_EQ(std::get<LedgerEvent>(decoded.event).amount.text(), "16929998735345112000");
  EXPECT_EQ(std::get<LedgerEvent>(decoded.event).amount.scale, 11);
}

TEST_F(Contract, refuses_amounts_outside_the_limits) {
  EXPECT_THAT(rejection(ledger_with("\"amount\":" + std::string(39, '1'))),
              HasSubstr("contract_core_violation: amount"));
  EXPECT_THAT(rejection(ledger_with("\"amount\":1e400")), HasSubstr("contract_core_violation: amount"));
  EXPECT_THAT(rejection(ledger_with("\"amount\":true")), HasSubstr("contract_core_violation: amount"));
}

TEST_F(Contract, names_every_fault_at_once) {
  EXPECT_EQ(rejection(ledger(R"({"tx_id":1,"wallet_id":" ","amount":"x","version":1.5})")),
            "contract_core_violation: tx_id is not a string; wallet_id is missing; entry_type is missing; "
            "amount is not a decimal number of at most 38 digits and 18 decimals; event_time is missing; "
            "version is not an integer of 64 bits");
}

TEST_F(Contract, checks_optional_fields_too) {
  for (const std::string member :
       {R"("related_id":7)", R"("updated_at":"now")", R"("occurred_at":"infinity")", R"("schema_version":{})",
        R"("correlation_id":5)", R"("version":"9223372036854775808")"}) {
    EXPECT_THAT(rejection(ledger_with(member)), HasSubstr("contract_core_violation")) << member;
  }
}

TEST_F(Contract, takes_aliases_and_counts_them) {
  const auto decoded = ledger(
      R"({"tx_id":"t","wallet_id":"w","type":"RECEIVE","amount":1,"source_created_at":"2026-02-05T01:00:00Z","source_version":"7"})");
  ASSERT_EQ(rejection(decoded), "accepted");
  EXPECT_EQ(std::get<LedgerEvent>(decoded.event).entry_type, "RECEIVE");
  EXPECT_EQ(std::get<LedgerEvent>(decoded.event).event_time, kOneOClock);
  EXPECT_EQ(std::get<LedgerEvent>(decoded.event).source_version, 7);
  EXPECT_THAT(decoded.alias_hits, ElementsAre("type", "source_created_at", "source_version"));
}

TEST_F(Contract, refuses_spellings_that_disagree) {
  EXPECT_THAT(rejection(ledger_with(R"("type":"RECEIVE")")), HasSubstr("entry_type differs from type"));
  EXPECT_THAT(rejection(ledger_with(R"("source_version":2)")),
              HasSubstr("version differs from source_version"));
  EXPECT_EQ(rejection(ledger_with(R"("source_version":"1")")), "accepted");
}

TEST_F(Contract, takes_the_three_times_for_different_facts) {
  const auto decoded = ledger_with(R"("created_at":"2026-02-05T00:00:00Z")");
  ASSERT_EQ(rejection(decoded), "accepted");
  EXPECT_EQ(std::get<LedgerEvent>(decoded.event).event_time, kOneOClock);
  EXPECT_EQ(std::get<LedgerEvent>(decoded.event).created_at, kOneOClock - 3'600'000'000);
}

TEST_F(Contract, trims_text_and_takes_empty_for_missing) {
  const auto decoded = ledger_with("\"related_id\":\" \\t\\n\"");
  ASSERT_EQ(rejection(decoded), "accepted");
  EXPECT_FALSE(std::get<LedgerEvent>(decoded.event).related_id);
  EXPECT_EQ(std::get<LedgerEvent>(ledger_with("\"wallet_id\":\" w \"").event).wallet_id, "w");
}

TEST_F(Contract, limits_ids_to_two_hundred_characters_without_control_characters) {
  std::string id;
  for (int i = 0; i < 200; ++i) id += "가";
  EXPECT_EQ(rejection(ledger_with("\"tx_id\":\"" + id + "\"")), "accepted");
  EXPECT_THAT(rejection(ledger_with("\"tx_id\":\"" + id + "a\"")), HasSubstr("tx_id is longer"));
  EXPECT_THAT(rejection(ledger_with(R"("tx_id":"a\tb")")), HasSubstr("tx_id has a control character"));
  EXPECT_THAT(rejection(ledger_with(R"("tx_id":"a\u0085b")")), HasSubstr("tx_id has a control character"));
  EXPECT_EQ(rejection(ledger_with(R"("entry_type":"a\tb")")), "accepted");
}

TEST_F(Contract, counts_times_without_an_offset) {
  const auto decoded = ledger_with(R"("event_time":"2026-02-05 01:00:00")");
  EXPECT_EQ(decoded.times_without_offset, 1);
  EXPECT_EQ(std::get<LedgerEvent>(decoded.event).event_time, kOneOClock);
}

TEST_F(Contract, refuses_payloads_over_the_limit) {
  Decoder small(canonical(), {.event_max_bytes = 10});
  EXPECT_THAT(rejection(small.decode(EventKind::ledger_entry, kLedger)),
              HasSubstr("parse_error: payload is larger"));
}

TEST_F(Contract, calls_a_topic_that_is_not_ours_unsupported) {
  EXPECT_THAT(rejection(decoder_.decode(std::nullopt, kLedger)), HasSubstr("unsupported_topic"));
}

TEST_F(Contract, is_not_slowed_down_by_thousands_of_keys) {
  std::string payload = "{";
  for (int i = 0; i < 50'000; ++i) payload += "\"k" + std::to_string(i) + "\":0,";
  payload.back() = '}';
  EXPECT_THAT(rejection(ledger(payload)), HasSubstr("contract_core_violation"));
}

/// A system that has its own words, and is stricter than the contract.
class ContractOfAnotherProfile : public testing::Test {
 protected:
  static EventProfile profile() {
    auto parsed = parse_event_profiles(R"(
strict-v1:
  ledger_entry:
    topic: entries
    required: [tx_id, wallet_id, entry_type, amount, event_time, related_id]
    aliases: {tx_id: [id], amount: [value, sum], event_time: [at], updated_at: [changed], version: [rev, revision]}
  payment_order:
    required: [order_id, amount, status, created_at, version]
)",
                                       "profiles.yaml");
    EXPECT_THAT(parsed.faults, testing::IsEmpty());
    return parsed.profiles.at("strict-v1");
  }
  std::string ledger(std::string_view payload) {
    decoded_ = decoder_.decode(EventKind::ledger_entry, payload);
    const auto* found = std::get_if<Rejection>(&decoded_.event);
    return found == nullptr ? "accepted" : found->detail;
  }

  Decoder decoder_{profile(), {}};
  Decoded decoded_;
};

TEST_F(ContractOfAnotherProfile, takes_its_aliases_of_any_field) {
  ASSERT_EQ(ledger(R"({"id":"t","wallet_id":"w","entry_type":"FEE","sum":"1.50","related_id":"po",)"
                   R"("at":"2026-02-05T01:00:00Z","changed":"2026-02-05T01:00:00Z","revision":3})"),
            "accepted");
  const auto& event = std::get<LedgerEvent>(decoded_.event);
  EXPECT_EQ(event.tx_id, "t");
  EXPECT_EQ(event.amount.text(), "150");
  EXPECT_EQ(event.event_time, kOneOClock);
  EXPECT_EQ(event.updated_at, kOneOClock);
  EXPECT_EQ(event.source_version, 3);
  EXPECT_THAT(decoded_.alias_hits, ElementsAre("id", "sum", "at", "changed", "revision"));
}

TEST_F(ContractOfAnotherProfile, refuses_spellings_that_disagree) {
  EXPECT_EQ(
      ledger(R"({"tx_id":"t","id":"u","wallet_id":"w","entry_type":"FEE","value":"1.0","sum":"1.00",)"
             R"("related_id":"po","at":"2026-02-05T01:00:00Z","event_time":"2026-02-05T01:00:01Z",)"
             R"("version":1,"rev":1,"revision":2})"),
      "tx_id differs from id; amount differs from sum; event_time differs from at; version differs from "
      "revision");
}

TEST_F(ContractOfAnotherProfile, does_not_know_the_aliases_of_others) {
  EXPECT_EQ(ledger(R"({"id":"t","wallet_id":"w","type":"FEE","sum":1,"related_id":"po",)"
                   R"("at":"2026-02-05T01:00:00Z","source_version":"no number"})"),
            "entry_type is missing");
}

TEST_F(ContractOfAnotherProfile, may_require_more_than_the_contract) {
  EXPECT_EQ(ledger(R"({"id":"t","wallet_id":"w","entry_type":"FEE","sum":1,"at":"2026-02-05T01:00:00Z"})"),
            "related_id is missing");
  decoded_ =
      decoder_.decode(EventKind::payment_order,
                      R"({"order_id":"o","amount":1,"status":"PAID","created_at":"2026-02-05T01:00:00Z"})");
  EXPECT_EQ(std::get<Rejection>(decoded_.event).detail, "version is missing");
}

TEST_F(ContractOfAnotherProfile, has_the_times_that_stand_in_for_event_time) {
  EXPECT_EQ(ledger(R"({"id":"t","wallet_id":"w","entry_type":"FEE","sum":1,"related_id":"po",)"
                   R"("created_at":"2026-02-05T01:00:00Z"})"),
            "accepted");
  EXPECT_EQ(std::get<LedgerEvent>(decoded_.event).event_time, kOneOClock);
  EXPECT_THAT(decoded_.alias_hits, ElementsAre("id", "sum", "created_at"));
}

}  // namespace
}  // namespace ingest
