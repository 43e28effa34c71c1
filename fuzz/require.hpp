#pragma once

#include <cstdio>
#include <cstdlib>

/// What must hold for any input. Ends the process, so that the fuzzer keeps the input.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}
