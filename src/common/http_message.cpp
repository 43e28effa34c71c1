#include "common/http_message.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <stdexcept>

#include "common/text.hpp"

namespace common::http {
namespace {

constexpr std::size_t kMaxMethodBytes = 32;
/// What stands around the target in the longest request line that is read.
constexpr std::size_t kAroundTarget = kMaxMethodBytes + std::string_view("  HTTP/1.1\r\n").size();

constexpr auto kIsTokenByte = [] {
  std::array<bool, 256> is_token_byte{};
  for (const char c : std::string_view("!#$%&'*+-.^_`|~"))
    is_token_byte[static_cast<unsigned char>(c)] = true;
  for (const auto& [first, last] : {std::pair('0', '9'), std::pair('A', 'Z'), std::pair('a', 'z')}) {
    for (char c = first; c <= last; ++c) is_token_byte[static_cast<unsigned char>(c)] = true;
  }
  return is_token_byte;
}();

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return kIsTokenByte[static_cast<unsigned char>(c)]; });
}

bool is_field_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7F;
  });
}

/// Bytes from 0x80 on are let through: clients send UTF-8 unencoded, and the router checks it.
bool is_target(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte != 0x7F && c != '#';
  });
}

bool has_list_item(std::string_view list, std::string_view wanted) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    if (iequals(trim(list.substr(0, end)), wanted)) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

std::string http_date() {
  thread_local std::time_t cached_at = 0;
  thread_local std::array<char, 40> cached{};
  if (const auto now = std::time(nullptr); now != cached_at) {
    std::tm utc{};
    gmtime_r(&now, &utc);
    std::strftime(cached.data(), cached.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
    cached_at = now;
  }
  return cached.data();
}

}  // namespace

const std::string* Request::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [&](const Header& header) { return iequals(header.name, name); });
  return found == headers.end() ? nullptr : &found->value;
}

std::string_view reason_phrase(int status) {
  static constexpr std::pair<int, std::string_view> kPhrases[] = {
      {200, "OK"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {408, "Request Timeout"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {417, "Expectation Failed"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {503, "Service Unavailable"},
      {505, "HTTP Version Not Supported"},
  };
  const auto* found = std::find_if(std::begin(kPhrases), std::end(kPhrases),
                                   [&](const auto& phrase) { return phrase.first == status; });
  return found == std::end(kPhrases) ? "Unknown" : found->second;
}

std::string serialise(const Response& response, bool with_body, bool keep_alive) {
  std::string text;
  text.reserve(256 + response.body.size());
  text.append("HTTP/1.1 ")
      .append(std::to_string(response.status))
      .append(" ")
      .append(reason_phrase(response.status));
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!is_token(name) || !is_field_value(value)) {
      throw std::invalid_argument("a response header holds a character that is not allowed");
    }
    text.append("\r\n").append(name).append(": ").append(value);
  };
  add("Date", http_date());
  if (!response.content_type.empty()) add("Content-Type", response.content_type);
  add("Content-Length", std::to_string(response.body.size()));
  add("Connection", keep_alive ? "keep-alive" : "close");
  for (const auto& header : response.headers) add(header.name, header.value);
  text += "\r\n\r\n";
  if (with_body) text += response.body;
  return text;
}

RequestReader::Phase RequestReader::phase() const {
  if (has_head_) return Phase::body;
  return buffer_.empty() ? Phase::idle : Phase::head;
}

std::variant<NeedMore, Request, ProtocolError> RequestReader::next() {
  try {
    if (!has_head_) {
      const auto head_bytes = find_head_end();
      if (head_bytes == 0) return NeedMore{};
      parse_head(std::string_view(buffer_).substr(0, head_bytes));
      buffer_.erase(0, head_bytes);
      scanned_ = 0;
      has_head_ = true;
    }
    if (buffer_.size() < body_bytes_) return NeedMore{};
  } catch (const ProtocolError& error) {
    return error;
  }
  request_.body = buffer_.substr(0, body_bytes_);
  buffer_.erase(0, body_bytes_);
  has_head_ = false;
  expects_continue_ = false;
  return std::exchange(request_, {});
}

/// Length of the head with its empty line, or 0 while that has not come. Looks at each byte once and decides
/// by where it stands, so that the outcome does not depend on how the bytes arrive.
std::size_t RequestReader::find_head_end() {
  const auto max_line_bytes = limits_.max_target_bytes + kAroundTarget;
  if (scanned_ == 0) {
    // An empty line before a request is left over from a sloppy client (RFC 9112, 2.2).
    buffer_.erase(0, std::min(buffer_.find_first_not_of("\r\n"), buffer_.size()));
    in_request_line_ = true;
  }
  for (; scanned_ < buffer_.size(); ++scanned_) {
    if (in_request_line_ && scanned_ >= max_line_bytes)
      throw ProtocolError{414, "The request target is too long"};
    if (scanned_ >= limits_.max_head_bytes) throw ProtocolError{431, "The request headers are too large"};
    const char c = buffer_[scanned_];
    const bool after_cr = scanned_ > 0 && buffer_[scanned_ - 1] == '\r';
    if ((c == '\n') != after_cr) throw ProtocolError{400, "Lines of the head must end with CR LF"};
    if (static_cast<unsigned char>(c) < 0x20 && c != '\r' && c != '\n' && c != '\t') {
      throw ProtocolError{400, "The head holds a control character"};
    }
    if (c != '\n') continue;
    in_request_line_ = false;
    if (scanned_ >= 3 && buffer_[scanned_ - 2] == '\n') return scanned_ + 1;
  }
  return 0;
}

void RequestReader::parse_head(std::string_view head) {
  request_ = {};
  bool first = true;
  while (head.size() > 2) {
    const auto end = head.find("\r\n");
    first ? parse_request_line(head.substr(0, end)) : parse_header(head.substr(0, end));
    first = false;
    head.remove_prefix(end + 2);
  }
  interpret_headers();
  if (body_bytes_ > limits_.max_body_bytes) throw ProtocolError{413, "The body is too large"};
}

void RequestReader::parse_request_line(std::string_view line) {
  const auto method_end = std::min(line.find(' '), line.size());
  const auto target_end = line.rfind(' ');
  if (target_end == std::string_view::npos || target_end <= method_end) {
    throw ProtocolError{400, "The request line must be: method, target, version"};
  }
  const auto method = line.substr(0, method_end);
  auto target = line.substr(method_end + 1, target_end - method_end - 1);
  const auto version = line.substr(target_end + 1);
  if (!is_token(method) || method.size() > kMaxMethodBytes)
    throw ProtocolError{400, "The method is malformed"};
  if (target.size() > limits_.max_target_bytes) throw ProtocolError{414, "The request target is too long"};
  if (target.empty() || !is_target(target)) throw ProtocolError{400, "The request target is malformed"};
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    const bool is_http = version.starts_with("HTTP/");
    throw ProtocolError{is_http ? 505 : 400, "The version must be HTTP/1.1 or HTTP/1.0"};
  }
  http_1_0_ = version == "HTTP/1.0";
  if (const auto scheme = target.find("://"); !target.starts_with('/') && scheme != std::string_view::npos) {
    target.remove_prefix(
        std::min(target.find('/', scheme + 3), target.size()));  // absolute form, as to a proxy
  }
  const auto question = std::min(target.find('?'), target.size());
  request_.method = method;
  request_.path = target.substr(0, question);
  request_.query = target.substr(std::min(question + 1, target.size()));
}

void RequestReader::parse_header(std::string_view line) {
  const auto colon = std::min(line.find(':'), line.size());
  const auto name = line.substr(0, colon);
  // A name with a space before the colon, or a folded line, is what request smuggling is made of.
  if (colon == line.size() || !is_token(name)) throw ProtocolError{400, "A header is malformed"};
  const auto value = trim(line.substr(colon + 1));
  if (!is_field_value(value)) throw ProtocolError{400, "A header holds a control character"};
  request_.headers.push_back({std::string(name), std::string(value)});
}

void RequestReader::interpret_headers() {
  body_bytes_ = 0;
  std::size_t hosts = 0;
  std::size_t lengths = 0;
  bool wants_close = false;
  bool wants_keep_alive = false;
  for (const auto& [name, value] : request_.headers) {
    if (iequals(name, "Host")) ++hosts;
    if (iequals(name, "Connection")) {
      wants_close = wants_close || has_list_item(value, "close");
      wants_keep_alive = wants_keep_alive || has_list_item(value, "keep-alive");
    }
    if (iequals(name, "Transfer-Encoding")) throw ProtocolError{501, "Transfer-Encoding is not served"};
    if (iequals(name, "Expect")) {
      if (!iequals(value, "100-continue")) throw ProtocolError{417, "Only Expect: 100-continue is served"};
      expects_continue_ = !http_1_0_;
    }
    if (iequals(name, "Content-Length")) {
      ++lengths;
      const auto* end = value.data() + value.size();
      const auto [stop, error] = std::from_chars(value.data(), end, body_bytes_);
      if (error == std::errc::result_out_of_range) throw ProtocolError{413, "The request is too large"};
      if (error != std::errc{} || stop != end) throw ProtocolError{400, "Content-Length must be digits"};
    }
  }
  if (lengths > 1) throw ProtocolError{400, "There must be one Content-Length"};
  if (hosts > 1 || (hosts == 0 && !http_1_0_)) throw ProtocolError{400, "There must be one Host header"};
  request_.keep_alive = http_1_0_ ? wants_keep_alive && !wants_close : !wants_close;
}

}  // namespace common::http
