#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <pqxx/pqxx>
#include <string>
#include <string_view>
#include <vector>

#include "common/session.hpp"
#include "ingest/batch.hpp"
#include "ingest/dead_letters/kept_letter.hpp"

namespace ingest {

/// Which dead letters (bo.dead_letter_filter); what is not given asks for nothing.
struct DeadLetterFilter {
  std::optional<std::string> topic;
  std::optional<std::string> error;
  std::optional<std::string> since;  ///< stored then or later; a time as PostgreSQL reads it, in UTC
  std::optional<std::string> until;  ///< stored before
  std::optional<std::string> key;
  std::optional<std::int64_t> from_id;
  std::optional<std::int64_t> to_id;
  std::vector<std::string> statuses;

  /// As a JSON object with the attributes of the row type.
  [[nodiscard]] std::string json() const;
};

/// Who acts, and why; kept in bo.dlq_actions.
struct Operator {
  std::string actor;
  std::optional<std::string> reason;
};

struct ClaimedLetter {
  std::int64_t dlq_id = 0;
  std::string topic;
  std::optional<std::string> payload;
  std::optional<Microseconds> record_timestamp;
};

/// What a letter turned out to be: a batch of one event, or an empty one and what is wrong.
struct Attempt {
  Batch batch;
  std::optional<Rejection> rejection;
  std::optional<std::string> edited_payload;
};

/// What happened to one letter, and that as a JSON object.
struct LetterReport {
  std::int64_t dlq_id = 0;
  std::string outcome;
  std::string json;
};

/// The calls of schema bo about dead letters, on one connection, made when it is needed. One thread. Faults
/// are libpqxx's exceptions and common::NoAnswer; each call is a transaction, so a call that threw has done
/// nothing, save one whose commit got no answer.
class DeadLetterStore {
 public:
  struct Count {
    std::int64_t letters = 0;
    std::optional<std::int64_t> last_id;
  };
  using OnLine = std::function<void(const std::string&)>;
  using Decide = std::function<Attempt(const ClaimedLetter&)>;

  DeadLetterStore(std::string_view database_url, const common::SessionOptions& options, Operator who);

  /// `raw` shows values unmasked, and is logged.
  void list(const DeadLetterFilter& filter, bool raw, const OnLine& on_line);
  void show(const DeadLetterFilter& filter, std::int64_t limit, bool raw, const OnLine& on_line);
  [[nodiscard]] Count count(const DeadLetterFilter& filter);

  /// Claims the first letter of the filter that nobody else has in hand, asks what it is, and applies that.
  /// Nothing when there is none. A dry run does all of it and rolls back. Tries again at once after a
  /// deadlock or a lock timeout.
  [[nodiscard]] std::optional<LetterReport> replay_next(const DeadLetterFilter& filter, const Decide& decide,
                                                        int max_attempts, bool dry_run);

  /// At most `limit` letters, in the order of their ids.
  [[nodiscard]] std::vector<LetterReport> discard(const DeadLetterFilter& filter, std::int64_t limit,
                                                  bool dry_run);

  /// Takes letters that were kept elsewhere; returns how many are new here.
  [[nodiscard]] std::int64_t import_letters(const std::vector<KeptLetter>& letters,
                                            const std::string& source);

  /// A part of what was closed more than so many days ago; returns how many, 0 at the end.
  [[nodiscard]] std::int64_t prune(int days);

 private:
  /// One transaction; a dry run rolls it back.
  template <class Calls>
  auto transact(bool dry_run, Calls&& calls);
  [[nodiscard]] std::optional<LetterReport> replay_next(pqxx::work& work, const DeadLetterFilter& filter,
                                                        const Decide& decide, int max_attempts);

  Operator who_;
  WireTypes types_;
  common::Session session_;
};

}  // namespace ingest
