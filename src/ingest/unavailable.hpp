#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "common/database.hpp"

namespace ingest {

/// Something that a batch needs can't be used now, whatever the batch holds: wait, then try again.
class Unavailable : public std::runtime_error {
 public:
  Unavailable(std::string part, common::Fault fault)
      : std::runtime_error(part + ": " + fault.detail), part_(std::move(part)), fault_(std::move(fault)) {}
  [[nodiscard]] const std::string& part() const { return part_; }  ///< "database" or "dead letters"
  [[nodiscard]] const common::Fault& fault() const { return fault_; }

 private:
  std::string part_;
  common::Fault fault_;
};

}  // namespace ingest
