// Query strings: what is taken is within its bounds, and what is written down of them is text.
#include "api/query.hpp"

#include "api/router.hpp"
#include "common/text.hpp"
#include "fuzz/require.hpp"

namespace {

void check_text(std::string_view text) {
  require(common::is_utf8(text) && text.find('\0') == std::string_view::npos, "what is taken is text");
}

void check_query(const api::Query& query) {
  for (const auto& fault : query.faults) require(common::is_utf8(fault), "faults are UTF-8");
  if (!query.faults.empty()) return;
  require(query.limit >= 1 && query.limit <= api::kMaxLimit, "the limit is within its bounds");
  require(!query.from || !query.to || *query.from <= *query.to, "from is not later than to");
  if (query.cursor) check_text(*query.cursor);
  for (const auto& [name, value] : query.filters) check_text(value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view query(reinterpret_cast<const char*>(data), size);
  for (const auto& endpoint : api::endpoints()) check_query(api::parse_query(query, endpoint.parameters));
  const auto masked = api::mask_query(query, {"token"});
  require(common::is_utf8(masked), "a masked query is UTF-8");
  require(api::mask_query(masked, {"token"}) == masked, "a masked query has nothing more to mask");
  return 0;
}
