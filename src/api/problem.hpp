#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/http_message.hpp"

namespace api {

/// What an error answer says (RFC 9457). Pure.
struct Problem {
  int status = 500;
  std::string detail;
  std::string instance;  ///< path of the request, may be empty
  std::string correlation_id;
  std::vector<std::string> errors;  ///< each fault of a 400; none: the member is left out
};

inline constexpr std::string_view kProblemType = "application/problem+json";
inline constexpr std::string_view kJsonType = "application/json";
inline constexpr std::string_view kCsvType = "text/csv; charset=utf-8";

/// As `application/problem+json`. Bytes that are no UTF-8 are replaced.
[[nodiscard]] common::http::Response to_response(const Problem& problem);

}  // namespace api
