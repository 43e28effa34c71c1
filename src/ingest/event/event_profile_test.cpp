#include "ingest/event/event_profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

std::vector<std::string> faults_of(const std::string& text) {
  return parse_event_profiles(text, "p.yaml").faults;
}

/// The faults of a profile whose ledger entry has these lines, the first of them line 3.
std::vector<std::string> faults_of_ledger(const std::string& lines) {
  return faults_of("p:\n  ledger_entry:\n" + lines);
}

TEST(EventProfiles, the_file_of_the_checkout_has_the_profiles_of_the_contract) {
  const auto loaded = load_event_profiles(default_event_profiles_file());
  ASSERT_THAT(loaded.faults, IsEmpty());
  const auto& canonical = loaded.profiles.at("canonical-v1");
  const auto& nsc = loaded.profiles.at("nsc-dev-v1");
  EXPECT_EQ(canonical.ledger_entry.topic, "ledger.entry.upserted");
  EXPECT_EQ(canonical.payment_order.topic, "payment.order.upserted");
  EXPECT_EQ(nsc.ledger_entry.topic, "cdc-events");
  EXPECT_EQ(nsc.payment_order.topic, "order-events");
  for (const auto& profile : {canonical, nsc}) {
    EXPECT_THAT(profile.ledger_entry[Field::entry_type].aliases, ElementsAre("type"));
    EXPECT_THAT(profile.ledger_entry[Field::version].aliases, ElementsAre("source_version"));
    EXPECT_THAT(profile.payment_order[Field::version].aliases, ElementsAre("source_version"));
    EXPECT_TRUE(profile.ledger_entry[Field::event_time].required);
    EXPECT_FALSE(profile.ledger_entry[Field::created_at].required);
    EXPECT_TRUE(profile.payment_order[Field::created_at].required);
  }
}

TEST(EventProfiles, what_a_profile_does_not_say_is_the_core_of_the_contract) {
  const auto parsed = parse_event_profiles("p:\n  payment_order: {topic: orders}\n", "p.yaml");
  ASSERT_THAT(parsed.faults, IsEmpty());
  const auto& profile = parsed.profiles.at("p");
  EXPECT_EQ(profile.payment_order.topic, "orders");
  EXPECT_EQ(profile.ledger_entry.topic, "ledger.entry.upserted");
  EXPECT_TRUE(profile.ledger_entry[Field::amount].required);
  EXPECT_FALSE(profile.ledger_entry[Field::related_id].required);
  EXPECT_THAT(profile.ledger_entry[Field::version].aliases, IsEmpty());
}

TEST(EventProfiles, equal_topics_are_refused) {
  EXPECT_THAT(faults_of("a: {}\np:\n  ledger_entry: {topic: t}\n  payment_order: {topic: t}\n"),
              ElementsAre("p.yaml:2: p has one topic for both kinds of events: 't'"));
  EXPECT_THAT(faults_of("p:\n  payment_order: {topic: ledger.entry.upserted}\n"),
              ElementsAre("p.yaml:1: p has one topic for both kinds of events: 'ledger.entry.upserted'"));
}

TEST(EventProfiles, unknown_keys_are_refused) {
  EXPECT_THAT(faults_of("p:\n  ledger: {}\n"), ElementsAre("p.yaml:2: unknown key 'ledger' of p"));
  EXPECT_THAT(faults_of_ledger("    topics: t\n"),
              ElementsAre("p.yaml:3: unknown key 'topics' of ledger_entry"));
}

TEST(EventProfiles, duplicates_are_refused) {
  EXPECT_THAT(faults_of("p: {}\np: {}\n"), ElementsAre("p.yaml:2: duplicate key 'p'"));
  EXPECT_THAT(faults_of("p:\n  ledger_entry: {}\n  ledger_entry: {}\n"),
              ElementsAre("p.yaml:3: duplicate key 'ledger_entry'"));
  EXPECT_THAT(faults_of_ledger("    topic: a\n    topic: b\n"),
              ElementsAre("p.yaml:4: duplicate key 'topic'"));
  EXPECT_THAT(faults_of_ledger("    aliases:\n      version: [rev]\n      version: [rev2]\n"),
              ElementsAre("p.yaml:5: duplicate key 'version'"));
  EXPECT_THAT(faults_of_ledger("    aliases:\n      version: [rev, rev]\n"),
              ElementsAre("p.yaml:4: duplicate alias 'rev'"));
  EXPECT_THAT(faults_of_ledger("    aliases:\n      version: [rev]\n      amount: [rev]\n"),
              ElementsAre("p.yaml:5: duplicate alias 'rev'"));
  EXPECT_THAT(
      faults_of_ledger("    required: [tx_id, wallet_id, entry_type, amount, event_time,\n      amount]\n"),
      ElementsAre("p.yaml:4: duplicate field 'amount'"));
}

TEST(EventProfiles, unknown_fields_are_refused) {
  EXPECT_THAT(faults_of_ledger("    aliases:\n      # a comment\n      status: [state]\n"),
              ElementsAre("p.yaml:5: unknown field 'status'"));
  EXPECT_THAT(faults_of_ledger("    required:\n    - tx_id\n    - wallet_id\n    - entry_type\n    - amount\n"
                               "    - event_time\n    - colour\n"),
              ElementsAre("p.yaml:9: unknown field 'colour'"));
}

TEST(EventProfiles, an_alias_that_is_a_field_itself_is_refused) {
  EXPECT_THAT(faults_of_ledger("    aliases:\n      amount:\n      - amount_signed\n      - correlationId\n"),
              ElementsAre("p.yaml:5: alias 'amount_signed' is a field itself",
                          "p.yaml:6: alias 'correlationId' is a field itself"));
}

TEST(EventProfiles, what_the_contract_requires_can_not_be_made_optional) {
  EXPECT_THAT(faults_of_ledger("    topic: t\n    required: [tx_id, entry_type, amount]\n"),
              ElementsAre("p.yaml:4: 'wallet_id' is missing: the contract requires it",
                          "p.yaml:4: 'event_time' is missing: the contract requires it"));
}

TEST(EventProfiles, wrong_types_are_refused) {
  EXPECT_THAT(faults_of("- p\n"), ElementsAre("p.yaml:1: the file must be a map"));
  EXPECT_THAT(faults_of("a: {payment_order: {topic: t}}\np: text\n"),
              ElementsAre("p.yaml:2: p must be a map"));
  EXPECT_THAT(faults_of_ledger("    topic: [a]\n"), ElementsAre("p.yaml:3: topic must be a text"));
  EXPECT_THAT(faults_of_ledger("    topic: ''\n"), ElementsAre("p.yaml:3: topic must be a text"));
  EXPECT_THAT(faults_of_ledger("    topic: ~\n"), ElementsAre("p.yaml:3: topic must be a text"));
  EXPECT_THAT(faults_of_ledger("    required: tx_id\n").front(), "p.yaml:3: required must be a list");
  EXPECT_THAT(faults_of_ledger("    aliases: [rev]\n"), ElementsAre("p.yaml:3: aliases must be a map"));
  EXPECT_THAT(faults_of_ledger("    aliases:\n      version: rev\n"),
              ElementsAre("p.yaml:4: the aliases of version must be a list"));
  EXPECT_THAT(faults_of_ledger("    aliases:\n      version: [[rev]]\n"),
              ElementsAre("p.yaml:4: an alias must be a text"));
  EXPECT_THAT(faults_of_ledger("    [a]: b\n"), ElementsAre("p.yaml:3: a key must be a text"));
}

TEST(EventProfiles, what_is_no_single_document_is_refused) {
  EXPECT_THAT(faults_of("p:\n  ledger_entry: {topic: [\n"), ElementsAre(StartsWith("p.yaml:3: ")));
  EXPECT_THAT(faults_of("p: {}\n---\nq: {}\n"), ElementsAre("p.yaml:1: must be one YAML document"));
  EXPECT_THAT(faults_of(""), ElementsAre("p.yaml:1: must be one YAML document"));
  EXPECT_THAT(faults_of("{}"), ElementsAre("p.yaml:1: has no profile"));
}

TEST(EventProfiles, every_fault_of_every_profile_is_told) {
  EXPECT_THAT(faults_of("a:\n  x: 1\nb:\n  y: 2\n"),
              ElementsAre("p.yaml:2: unknown key 'x' of a", "p.yaml:4: unknown key 'y' of b"));
}

}  // namespace
}  // namespace ingest
