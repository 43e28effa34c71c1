#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/decimal.hpp"

/// PostgreSQL's binary form of values, arrays and rows, as its receive functions read it (array_recv,
/// record_recv, numeric_recv in the server's source). Integers are in network byte order.
namespace common::wire {

/// Type oids that are fixed in every server (pg_type.dat).
enum Oid : std::uint32_t {
  kBytea = 17,
  kInt8 = 20,
  kInt4 = 23,
  kText = 25,
  kTimestamptz = 1184,
  kJsonb = 3802,
  kNumeric = 1700,
  kByteaArray = 1001
};

void put_int16(std::string& out, std::int16_t value);
void put_int32(std::string& out, std::int32_t value);
void put_int64(std::string& out, std::int64_t value);

/// One element of an array of rows: its length, then its columns. Columns are appended in the order of the
/// row type.
class Row {
 public:
  Row(std::string& out, std::int32_t columns);
  /// Fills in the length.
  ~Row();
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;

  void text(const std::optional<std::string_view>& value) { bytes(kText, value); }
  void bytea(const std::optional<std::string_view>& value) { bytes(kBytea, value); }
  void int4(const std::optional<std::int32_t>& value);
  void int8(const std::optional<std::int64_t>& value);
  /// Microseconds since 1970.
  void timestamptz(const std::optional<std::int64_t>& value);
  void numeric(const std::optional<Decimal>& value);
  /// JSON that is well-formed.
  void jsonb(const std::optional<std::string_view>& json);
  /// A column that is encoded already, by array().
  void bytea_array(const std::string& encoded) { bytes(kByteaArray, encoded); }

 private:
  void bytes(Oid type, const std::optional<std::string_view>& value);
  std::string& out_;
  std::size_t length_at_;
};

/// One element of an array of bytea.
void put_bytea_element(std::string& out, const std::optional<std::string_view>& value);

/// A one-dimensional array out of elements encoded one after the other.
[[nodiscard]] std::string array(std::uint32_t element_type, std::int32_t element_count,
                                std::string_view elements);

}  // namespace common::wire
