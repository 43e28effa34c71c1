#include "ingest/dead_letters/dead_letter_store.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string_view>

#include "common/wire.hpp"
#include "ingest/queries.hpp"
#include "ingest/store.hpp"

namespace ingest {
namespace {

constexpr int kMaxTries = 4;

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void put(Writer& writer, std::string_view text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

/// bytea's own notation.
std::string hexadecimal(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text = "\\x";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return text;
}

ClaimedLetter read_claimed(const pqxx::row& row) {
  ClaimedLetter letter{.dlq_id = row["dlq_id"].as<std::int64_t>(),
                       .topic = row["topic"].as<std::string>(),
                       .payload = {},
                       .record_timestamp = {}};
  if (!row["payload"].is_null()) letter.payload = pqxx::binarystring(row["payload"]).str();
  const auto timestamp = row["record_timestamp_us"];
  if (!timestamp.is_null()) letter.record_timestamp = timestamp.as<Microseconds>();
  return letter;
}

LetterReport read_report(const pqxx::row& row) {
  return {row["dlq_id"].as<std::int64_t>(), row["outcome"].as<std::string>(),
          row["report"].as<std::string>()};
}

/// Rolled back, and worth another try at once: somebody else was in the way.
bool is_worth_retrying(const std::exception& error) {
  const auto fault = common::classify(error);
  return !fault.connection_lost && (fault.sqlstate.starts_with("40") || fault.sqlstate == "55P03");
}

/// Each statement may take its time: BEGIN, a claim, what follows from it, COMMIT.
common::SessionOptions for_transactions(common::SessionOptions options) {
  constexpr int kStatements = 4;
  options.answer_timeout *= kStatements;
  return options;
}

}  // namespace

std::string DeadLetterFilter::json() const {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  const auto text = [&](std::string_view name, const std::optional<std::string>& value) {
    if (!value) return;
    put(writer, name);
    put(writer, *value);
  };
  const auto number = [&](std::string_view name, const std::optional<std::int64_t>& value) {
    if (!value) return;
    put(writer, name);
    writer.Int64(*value);
  };
  writer.StartObject();
  text("topic", topic);
  text("error", error);
  text("since", since);
  text("until", until);
  text("key", key ? std::optional(hexadecimal(*key)) : std::nullopt);
  number("from_id", from_id);
  number("to_id", to_id);
  if (!statuses.empty()) {
    put(writer, "statuses");
    writer.StartArray();
    for (const auto& status : statuses) put(writer, status);
    writer.EndArray();
  }
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

DeadLetterStore::DeadLetterStore(std::string_view database_url, const common::SessionOptions& options,
                                 Operator who)
    : who_(std::move(who)), session_(database_url, for_transactions(options), [this](auto& connection) {
        types_ = read_wire_types(connection);
      }) {}

template <class Calls>
auto DeadLetterStore::transact(bool dry_run, Calls&& calls) {
  return session_.run([&](pqxx::connection& open) {
    pqxx::work work(open);
    auto result = std::forward<Calls>(calls)(work);
    if (!dry_run) work.commit();
    return result;
  });
}

void DeadLetterStore::list(const DeadLetterFilter& filter, bool raw, const OnLine& on_line) {
  // Values are shown only once it is on record who sees them.
  const auto rows = transact(false, [&](pqxx::work& work) {
    return work.exec_params(queries::kListDeadLetters, filter.json(), raw, who_.actor, who_.reason);
  });
  for (const auto& row : rows) on_line(row[0].as<std::string>());
}

void DeadLetterStore::show(const DeadLetterFilter& filter, std::int64_t limit, bool raw,
                           const OnLine& on_line) {
  const auto rows = transact(false, [&](pqxx::work& work) {
    return work.exec_params(queries::kShowDeadLetters, filter.json(), limit, raw, who_.actor, who_.reason);
  });
  for (const auto& row : rows) on_line(row[0].as<std::string>());
}

DeadLetterStore::Count DeadLetterStore::count(const DeadLetterFilter& filter) {
  const auto row = transact(
      false, [&](pqxx::work& work) { return work.exec_params1(queries::kCountDeadLetters, filter.json()); });
  Count count{.letters = row["letters"].as<std::int64_t>(), .last_id = {}};
  if (!row["last_id"].is_null()) count.last_id = row["last_id"].as<std::int64_t>();
  return count;
}

std::optional<LetterReport> DeadLetterStore::replay_next(const DeadLetterFilter& filter, const Decide& decide,
                                                         int max_attempts, bool dry_run) {
  const auto replay = [&](pqxx::work& work) { return replay_next(work, filter, decide, max_attempts); };
  for (int tries = 1;; ++tries) {
    try {
      return transact(dry_run, replay);
    } catch (const pqxx::failure& error) {
      if (tries == kMaxTries || !is_worth_retrying(error)) throw;
    }
  }
}

std::optional<LetterReport> DeadLetterStore::replay_next(pqxx::work& work, const DeadLetterFilter& filter,
                                                         const Decide& decide, int max_attempts) {
  const auto claimed = work.exec_params(queries::kClaimDeadLetter, filter.json());
  if (claimed.empty()) return std::nullopt;
  const auto letter = read_claimed(claimed.front());
  const auto attempt = decide(letter);
  const auto arguments = attempt.batch.arguments(0, attempt.batch.size(), types_, {});

  const auto text = [](std::string_view value) { return std::optional(std::string(value)); };
  const auto error = attempt.rejection ? text(name_of(attempt.rejection->error)) : std::nullopt;
  const auto detail = attempt.rejection ? text(attempt.rejection->detail) : std::nullopt;
  const auto edited =
      attempt.edited_payload ? std::optional(hexadecimal(*attempt.edited_payload)) : std::nullopt;
  return read_report(work.exec_params1(queries::kReplayDeadLetter, letter.dlq_id,
                                       common::binary(arguments.ledger_events),
                                       common::binary(arguments.payment_order_events), error, detail, edited,
                                       max_attempts, who_.actor, who_.reason));
}

std::vector<LetterReport> DeadLetterStore::discard(const DeadLetterFilter& filter, std::int64_t limit,
                                                   bool dry_run) {
  const auto rows = transact(dry_run, [&](pqxx::work& work) {
    return work.exec_params(queries::kDiscardDeadLetters, filter.json(), limit, who_.actor, who_.reason);
  });
  std::vector<LetterReport> reports;
  for (const auto& row : rows) reports.push_back(read_report(row));
  return reports;
}

std::int64_t DeadLetterStore::import_letters(const std::vector<KeptLetter>& letters,
                                             const std::string& source) {
  return transact(false, [&](pqxx::work& work) {
    std::string rows;
    for (const auto& letter : letters)
      append_row(rows, {letter.record(), letter.rejection, letter.profile_id, letter.correlation_id});
    const auto argument =
        common::wire::array(types_.dead_letter, static_cast<std::int32_t>(letters.size()), rows);
    return work
        .exec_params1(queries::kImportDeadLetters, common::binary(argument), source, who_.actor,
                      who_.reason)[0]
        .as<std::int64_t>();
  });
}

std::int64_t DeadLetterStore::prune(int days) {
  return transact(false, [&](pqxx::work& work) {
    return work.exec_params1(queries::kPruneDeadLetters, days, who_.actor)[0].as<std::int64_t>();
  });
}

}  // namespace ingest
