#pragma once

namespace ingest {

/// Of the commands that end by themselves. Faults, which are thrown, end them with 2.
enum ExitCode : int { kDone = 0, kSomeFailed = 1, kInterrupted = 130 };

}  // namespace ingest
