#include "ingest/dead_letters/dead_letter.hpp"

#include "common/wire.hpp"

namespace ingest {

namespace wire = common::wire;

void append_row(std::string& rows, const DeadLetter& letter) {
  const auto& record = letter.record;
  std::string names;
  std::string values;
  for (const auto& header : record.headers) {
    wire::put_bytea_element(names, header.name);
    wire::put_bytea_element(values, header.value);
  }
  const auto header_count = static_cast<std::int32_t>(record.headers.size());
  const auto& correlation_id = letter.correlation_id;

  wire::Row row(rows, 12);
  row.text(record.topic);
  row.int4(record.partition);
  row.int8(record.offset);
  row.bytea(record.key);
  row.bytea(record.payload);
  row.bytea_array(wire::array(wire::kBytea, header_count, names));
  row.bytea_array(wire::array(wire::kBytea, header_count, values));
  row.timestamptz(record.timestamp);
  row.text(name_of(letter.rejection.error));
  row.text(letter.rejection.detail);
  row.text(letter.profile_id);
  row.text(correlation_id.empty() ? std::nullopt : std::optional(correlation_id));
}

}  // namespace ingest
