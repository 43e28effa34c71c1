#include "common/wire.hpp"

#include <array>

namespace common::wire {
namespace {

constexpr std::int64_t kPostgresEpoch = 946'684'800'000'000;  ///< 2000-01-01 in microseconds since 1970
constexpr std::size_t kNumericGroup = 4;                      ///< decimal digits in one digit of base 10000
constexpr std::int16_t kNumericNegative = 0x4000;

template <class Integer>
void put_integer(std::string& out, Integer value) {
  std::array<char, sizeof(Integer)> bytes{};
  auto rest = static_cast<std::make_unsigned_t<Integer>>(value);
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
    *byte = static_cast<char>(rest & 0xFF);
    rest = static_cast<decltype(rest)>(rest >> 8);
  }
  out.append(bytes.data(), bytes.size());
}

void put_length(std::string& out, std::size_t at, std::size_t length) {
  std::string bytes;
  put_int32(bytes, static_cast<std::int32_t>(length));
  out.replace(at, bytes.size(), bytes);
}

constexpr std::int32_t kNull = -1;

}  // namespace

void put_int16(std::string& out, std::int16_t value) {
  put_integer(out, value);
}
void put_int32(std::string& out, std::int32_t value) {
  put_integer(out, value);
}
void put_int64(std::string& out, std::int64_t value) {
  put_integer(out, value);
}

Row::Row(std::string& out, std::int32_t columns) : out_(out), length_at_(out.size()) {
  put_int32(out_, 0);
  put_int32(out_, columns);
}

Row::~Row() {
  put_length(out_, length_at_, out_.size() - length_at_ - sizeof(std::int32_t));
}

void Row::bytes(Oid type, const std::optional<std::string_view>& value) {
  put_int32(out_, static_cast<std::int32_t>(type));
  put_bytea_element(out_, value);
}

void Row::int4(const std::optional<std::int32_t>& value) {
  put_int32(out_, kInt4);
  put_int32(out_, value ? static_cast<std::int32_t>(sizeof(*value)) : kNull);
  if (value) put_int32(out_, *value);
}

void Row::int8(const std::optional<std::int64_t>& value) {
  put_int32(out_, kInt8);
  put_int32(out_, value ? static_cast<std::int32_t>(sizeof(*value)) : kNull);
  if (value) put_int64(out_, *value);
}

void Row::timestamptz(const std::optional<std::int64_t>& value) {
  put_int32(out_, kTimestamptz);
  put_int32(out_, value ? static_cast<std::int32_t>(sizeof(*value)) : kNull);
  if (value) put_int64(out_, *value - kPostgresEpoch);
}

void Row::numeric(const std::optional<Decimal>& value) {
  put_int32(out_, kNumeric);
  if (!value) {
    put_int32(out_, kNull);
    return;
  }
  // Groups of four digits count from the point, so that both ends may be padded with zeros.
  const auto digits = value->text();
  const std::size_t integer_digits = digits.size() - value->scale;
  const std::size_t left_padding = (kNumericGroup - integer_digits % kNumericGroup) % kNumericGroup;
  const std::size_t integer_groups = (integer_digits + left_padding) / kNumericGroup;
  const std::size_t groups = integer_groups + (value->scale + kNumericGroup - 1) / kNumericGroup;

  put_int32(out_, static_cast<std::int32_t>((4 + groups) * sizeof(std::int16_t)));
  put_int16(out_, static_cast<std::int16_t>(groups));
  put_int16(out_, static_cast<std::int16_t>(static_cast<int>(integer_groups) - 1));
  put_int16(out_, value->negative ? kNumericNegative : std::int16_t{0});
  put_int16(out_, value->scale);
  for (std::size_t group = 0; group < groups; ++group) {
    int base_10000 = 0;
    for (std::size_t place = group * kNumericGroup; place < (group + 1) * kNumericGroup; ++place) {
      const bool is_padding = place < left_padding || place - left_padding >= digits.size();
      base_10000 = base_10000 * 10 + (is_padding ? 0 : digits[place - left_padding] - '0');
    }
    put_int16(out_, static_cast<std::int16_t>(base_10000));
  }
}

void Row::jsonb(const std::optional<std::string_view>& json) {
  if (!json) return bytes(kJsonb, std::nullopt);
  constexpr char kVersion = 1;
  bytes(kJsonb, kVersion + std::string(*json));
}

void put_bytea_element(std::string& out, const std::optional<std::string_view>& value) {
  put_int32(out, value ? static_cast<std::int32_t>(value->size()) : kNull);
  if (value) out.append(*value);
}

std::string array(std::uint32_t element_type, std::int32_t element_count, std::string_view elements) {
  constexpr std::int32_t kMayHaveNulls = 1;
  constexpr std::int32_t kLowerBound = 1;
  std::string out;
  out.reserve(elements.size() + 5 * sizeof(std::int32_t));
  put_int32(out, element_count == 0 ? 0 : 1);
  put_int32(out, kMayHaveNulls);
  put_int32(out, static_cast<std::int32_t>(element_type));
  if (element_count == 0) return out;
  put_int32(out, element_count);
  put_int32(out, kLowerBound);
  out.append(elements);
  return out;
}

}  // namespace common::wire
