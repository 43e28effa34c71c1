#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/decimal.hpp"

/// Events as bo.apply_batch() takes them. Texts are views into the decoder that made them; times are
/// microseconds since 1970 in UTC.
namespace ingest {

using Microseconds = std::int64_t;

struct LedgerEvent {
  std::string_view tx_id;
  std::string_view wallet_id;
  std::string_view entry_type;
  common::Decimal amount;
  std::optional<common::Decimal> amount_signed;
  std::optional<std::string_view> related_id;
  std::optional<std::string_view> related_type;
  Microseconds event_time = 0;
  Microseconds created_at = 0;
  std::optional<Microseconds> updated_at;
  std::optional<std::int64_t> source_version;
};

struct PaymentOrderEvent {
  std::string_view order_id;
  std::optional<std::string_view> user_id;
  std::optional<std::string_view> merchant_name;
  common::Decimal amount;
  std::string_view status;
  Microseconds created_at = 0;
  std::optional<Microseconds> updated_at;
  std::optional<std::int64_t> source_version;
};

/// Why a record is no event. The names are those of bo.consumer_dlq_events.error.
enum class RejectionError { parse_error, contract_core_violation, unsupported_topic, internal_error };
inline constexpr std::array kRejectionErrors{
    RejectionError::parse_error, RejectionError::contract_core_violation, RejectionError::unsupported_topic,
    RejectionError::internal_error};

[[nodiscard]] std::string_view name_of(RejectionError error);
/// The other way round; nothing for any other text.
[[nodiscard]] std::optional<RejectionError> rejection_error_of(std::string_view name);

struct Rejection {
  RejectionError error;
  std::string detail;  ///< what is wrong; never quotes the payload
};

}  // namespace ingest
