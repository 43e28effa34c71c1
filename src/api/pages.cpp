#include "api/pages.hpp"

#include <algorithm>
#include <string>

#include "api/request_fields.hpp"
#include "common/text.hpp"

namespace api {

using common::http::Request;
using common::http::Response;

namespace {

/// Pages may change with each release; what they load, hardly ever.
constexpr const char* kPageCaching = "no-cache";
constexpr const char* kAssetCaching = "public, max-age=3600";

constexpr std::string_view kDocsPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Redoc adds empty style elements, whose rules come by script, and one with a text of its own: the hashes
/// are those of the empty text and of that one. The test with a browser tells when a new version needs
/// another.
constexpr std::string_view kRedocPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' "
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' "
    "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='; img-src 'self' data:; connect-src 'self'; "
    "worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
constexpr std::string_view kFilePolicy = "default-src 'none'; frame-ancestors 'none'";

std::string_view content_type_of(std::string_view path) {
  if (path.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (path.ends_with(".css")) return "text/css; charset=utf-8";
  if (path.ends_with(".png")) return "image/png";
  if (path.ends_with(".json")) return "application/json";
  return "text/html; charset=utf-8";
}

std::string_view policy_of(std::string_view path) {
  if (path == "/docs") return kDocsPolicy;
  if (path == "/redoc") return kRedocPolicy;
  return kFilePolicy;
}

bool is_asset(std::string_view path) {
  return path.rfind('/') != 0;
}

/// Whether gzip is named in Accept-Encoding and not refused by a weight of zero.
bool takes_gzip(const Request& request) {
  const auto* accepted = request.header("Accept-Encoding");
  if (accepted == nullptr) return false;
  for (std::string_view rest = *accepted; !rest.empty();) {
    const auto item = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(item.size() + 1, rest.size()));
    if (common::iequals(common::trim(item.substr(0, item.find(';'))), "gzip")) return weight_of(item) > 0;
  }
  return false;
}

}  // namespace

const Page* find_page(std::string_view path) {
  const auto all = pages();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Page& page) { return page.path == path; });
  return found == all.end() ? nullptr : &*found;
}

Response to_response(const Page& page, const Request& request) {
  const bool zipped = takes_gzip(request);
  Response response{.status = 200,
                    .content_type = std::string(content_type_of(page.path)),
                    .body = std::string(zipped ? page.gzip : page.plain),
                    .headers = {{"Cache-Control", is_asset(page.path) ? kAssetCaching : kPageCaching},
                                {"Content-Security-Policy", std::string(policy_of(page.path))},
                                {"X-Content-Type-Options", "nosniff"},
                                {"Referrer-Policy", "no-referrer"},
                                {"Vary", "Accept-Encoding"}}};
  if (zipped) response.headers.push_back({"Content-Encoding", "gzip"});
  return response;
}

}  // namespace api
