#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/http_message.hpp"

/// What a request says of itself beside its path and query. Pure.
namespace api {

inline constexpr std::size_t kMaxCorrelationIdBytes = 128;
inline constexpr std::size_t kMaxAccessReasonCharacters = 200;
inline constexpr std::size_t kMaxBatchIds = 100;

/// What can't be taken as it was sent.
struct BadField {
  int status;  ///< 400 or 415
  std::string detail;
};

/// X-Correlation-ID of the request when it is fit to be passed on, else a new one.
[[nodiscard]] std::string correlation_id_of(const common::http::Request& request);

/// User-Agent as UTF-8, at most 512 bytes of it.
[[nodiscard]] std::optional<std::string> user_agent_of(const common::http::Request& request);

/// X-Access-Reason, why the actor asks; nothing when it was not sent.
[[nodiscard]] std::variant<std::optional<std::string>, BadField> access_reason_of(
    const common::http::Request& request);

/// The weight of an item of Accept or Accept-Encoding (RFC 9110, 12.4.2); what is no number counts as 1.
[[nodiscard]] double weight_of(std::string_view item);

/// Whether the client likes CSV better than JSON.
[[nodiscard]] bool wants_csv(const common::http::Request& request);

/// The ids of a body like {"tx_ids": ["a", "b"]}, as often as they were sent.
[[nodiscard]] std::variant<std::vector<std::string>, BadField> batch_ids_of(
    const common::http::Request& request);

}  // namespace api
