#include "api/auth/https.hpp"

#include <curl/curl.h>

#include <array>
#include <memory>
#include <new>

namespace api {
namespace {

struct Transfer {
  std::string body;
  std::size_t max_bytes;
  const std::stop_token& stop;
};

/// Fewer bytes taken than given end the transfer.
std::size_t take(const char* data, std::size_t, std::size_t size, void* transfer) {
  auto& [body, max_bytes, stop] = *static_cast<Transfer*>(transfer);
  if (body.size() + size > max_bytes) return 0;
  body.append(data, size);
  return size;
}

/// Anything but 0 ends the transfer.
int look_for_stop(void* transfer, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Transfer*>(transfer)->stop.stop_requested() ? 1 : 0;
}

struct Cleanup {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};

std::unique_ptr<CURL, Cleanup> make_handle() {
  static const auto initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (initialised != CURLE_OK) throw HttpsError("libcurl can't be used");
  std::unique_ptr<CURL, Cleanup> handle(curl_easy_init());
  if (!handle) throw std::bad_alloc();
  return handle;
}

}  // namespace

std::string https_get(const std::string& url, const HttpsOptions& options, const std::stop_token& stop) {
  Transfer transfer{.body = {}, .max_bytes = options.max_response_bytes, .stop = stop};
  std::array<char, CURL_ERROR_SIZE> reason{};
  const auto handle = make_handle();
  const auto set = [&](CURLoption option, auto value) {
    if (const auto code = curl_easy_setopt(handle.get(), option, value); code != CURLE_OK)
      throw HttpsError(url + ": " + curl_easy_strerror(code));
  };
  set(CURLOPT_ERRORBUFFER, reason.data());
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options.ca_file.empty()) set(CURLOPT_CAINFO, options.ca_file.c_str());
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
  set(CURLOPT_WRITEFUNCTION, &take);
  set(CURLOPT_WRITEDATA, &transfer);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &look_for_stop);
  set(CURLOPT_XFERINFODATA, &transfer);

  const auto code = curl_easy_perform(handle.get());
  if (code == CURLE_WRITE_ERROR)
    throw HttpsError(url + ": answers more than " + std::to_string(options.max_response_bytes) + " bytes");
  if (code != CURLE_OK)
    throw HttpsError(url + ": " + (reason[0] != '\0' ? reason.data() : curl_easy_strerror(code)));
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) throw HttpsError(url + ": answers " + std::to_string(status));
  return std::move(transfer.body);
}

}  // namespace api
