#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/event/event.hpp"
#include "ingest/record.hpp"
#include "ingest/unavailable.hpp"

namespace ingest {

/// A record that is at fault itself, and why (contract.md section 6). The bytes are those of its source.
struct DeadLetter {
  const RecordView& record;
  const Rejection& rejection;
  std::string_view profile_id;
  std::string_view correlation_id;  ///< empty: none
};

/// Appends it as a bo.dead_letter, an element of an array.
void append_row(std::string& rows, const DeadLetter& letter);

[[nodiscard]] inline Unavailable unavailable(std::string reason) {
  return {"dead letters", {.sqlstate = {}, .detail = std::move(reason)}};
}

/// Where dead letters go when they do not travel to the database with their batch. Any thread.
class DeadLetterSink {
 public:
  virtual ~DeadLetterSink() = default;
  /// When it returns, the letters outlive a crash of this machine. Throws Unavailable; then some of
  /// them may be kept already, and will be kept twice when it is tried again.
  virtual void keep(const std::vector<DeadLetter>& letters) = 0;
};

}  // namespace ingest
