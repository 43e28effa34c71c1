#pragma once

#include <span>
#include <string_view>

#include "common/http_message.hpp"

namespace api {

/// A file of the documentation, which the build put into the binary. For everybody: it holds no data.
struct Page {
  std::string_view path;
  std::string_view plain;
  std::string_view gzip;  ///< the same, compressed
};

/// All of them, by the build (pages/bundle.py).
[[nodiscard]] std::span<const Page> pages();

/// The page of exactly this path, or null. Pure.
[[nodiscard]] const Page* find_page(std::string_view path);

/// Compressed for whom says that he takes it. Browsers are told to run nothing but what comes from here.
[[nodiscard]] common::http::Response to_response(const Page& page, const common::http::Request& request);

}  // namespace api
