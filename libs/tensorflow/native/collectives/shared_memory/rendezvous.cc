#include "rendezvous.h"

#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "../../errors.h"
#include "liveness.h"

namespace kiln::collectives {
namespace {

constexpr size_t kPollMicroseconds = 2000;
// Whoever forms a group beside this one may sweep away a file that is not locked yet.
constexpr int kAttempts = 10;
constexpr size_t kMegabyte = size_t{1} << 20;
// The reserve must hold the largest direct call (placement.cc) twice.
constexpr size_t kReserves[] = {8 * kMegabyte, 2 * kMegabyte};
constexpr char kPrefix[] = "kiln-collectives-";

std::string FileName(const GroupOptions& options) {
  std::string name = kPrefix + options.name + "-g" + std::to_string(options.generation);
  for (char& c : name) {
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '_' && c != '.') c = '_';
  }
  return name;
}

std::string NameGroup(const GroupOptions& options) {
  return "[collective] group '" + options.name + "', generation " + std::to_string(options.generation) + ": ";
}

// Removes what groups whose processes were all killed while forming have left behind.
void SweepDirectory(const std::string& directory) {
  DIR* entries = opendir(directory.c_str());
  if (entries == nullptr) return;
  while (const dirent* entry = readdir(entries)) {
    if (std::strncmp(entry->d_name, kPrefix, sizeof kPrefix - 1) == 0) {
      Segment::RemoveStale(directory + "/" + entry->d_name, 1);
    }
  }
  closedir(entries);
}

Failure InUse(const GroupOptions& options, const std::string& path) {
  return {TF_ALREADY_EXISTS, NameGroup(options) + path + " is in use: another rank 0 forms this group, or the file is not a "
                                 "segment; use another name or generation"};
}

std::shared_ptr<Segment> CreateAt(const GroupOptions& options, const std::string& path, size_t reserve) {
  const uint64_t heap_bytes = std::max<uint64_t>(options.max_bytes, reserve);
  for (int attempt = 0; attempt < kAttempts && Segment::RemoveStale(path, 10); ++attempt) {
    if (auto segment = Segment::Create(path, options.num_ranks, options.generation, heap_bytes, reserve)) return segment;
  }
  throw InUse(options, path);
}

std::shared_ptr<Segment> CreateAnywhere(const GroupOptions& options) {
  Failure last{TF_RESOURCE_EXHAUSTED, NameGroup(options) + "no directory was given for the shared segment"};
  for (const std::string& directory : options.directories) {
    SweepDirectory(directory);
    const std::string path = directory + "/" + FileName(options);
    for (size_t reserve : kReserves) {
      try {
        return CreateAt(options, path, reserve);
      } catch (const Failure& failure) {
        if (failure.code == TF_ALREADY_EXISTS) throw;
        last = failure;
      }
    }
  }
  throw last;
}

std::shared_ptr<Segment> OpenAnywhere(const GroupOptions& options) {
  for (const std::string& directory : options.directories) {
    const std::string path = directory + "/" + FileName(options);
    if (auto segment = Segment::Open(path, options.num_ranks, options.generation)) return segment;
  }
  return nullptr;
}

void TakeSeat(Segment& segment, const GroupOptions& options) {
  Member& member = segment.member(options.rank);
  uint32_t vacant = 0;
  if (!member.pid.compare_exchange_strong(vacant, static_cast<uint32_t>(getpid()))) {
    throw Failure{TF_ALREADY_EXISTS, NameGroup(options) + "rank " + std::to_string(options.rank) +
                                         " is taken by process " + std::to_string(vacant)};
  }
  member.pid_namespace.store(PidNamespace());
  member.joined.store(1);
}

std::string MissingRanks(const Segment& segment, int num_ranks) {
  std::string text;
  for (int rank = 0; rank < num_ranks; ++rank) {
    if (segment.member(rank).joined.load() == 0) text += (text.empty() ? "" : ", ") + NameRank(segment, rank);
  }
  return text;
}

// What keeps the group from forming; empty while there is nothing wrong.
std::string Obstacle(Segment& segment, const GroupOptions& options, Liveness& liveness, AwakeClock& clock) {
  const double now = clock.Milliseconds();
  for (int rank = 0; rank < options.num_ranks; ++rank) {
    if (segment.member(rank).joined.load() != 0) liveness.Watch(rank, now);
  }
  if (auto fault = liveness.Check(now)) return *fault + " while the group was forming";
  if (now > options.join_timeout_ms) {
    return MissingRanks(segment, options.num_ranks) + " did not join within " +
           std::to_string(options.join_timeout_ms) + " ms (joinTimeoutMs)";
  }
  return "";
}

}  // namespace

std::string RecordFailure(Segment& segment, const std::string& cause) {
  FailureRecord& record = segment.header().failure;
  uint32_t none = FailureRecord::kNone;
  if (record.state.compare_exchange_strong(none, FailureRecord::kWriting)) {
    size_t length = std::min(cause.size(), sizeof record.text - 1);
    std::memcpy(record.text, cause.data(), length);
    record.text[length] = '\0';
    record.state.store(FailureRecord::kReady);
    return cause;
  }
  // Its writer may have been killed half way.
  for (int attempt = 0; attempt < 50 && record.state.load() != FailureRecord::kReady; ++attempt) usleep(1000);
  if (record.state.load() == FailureRecord::kReady) return record.text;
  return cause.empty() ? "a rank ended while it reported a failure" : cause;
}

std::shared_ptr<Segment> FormGroup(const GroupOptions& options, const std::atomic<bool>& stop) {
  AwakeClock clock;
  std::shared_ptr<Segment> segment = options.rank == 0 ? CreateAnywhere(options) : OpenAnywhere(options);
  for (; segment == nullptr; segment = OpenAnywhere(options)) {
    if (stop.load()) throw Failure{TF_CANCELLED, NameGroup(options) + "joining was cancelled"};
    if (clock.Milliseconds() > options.join_timeout_ms) {
      throw Failure{TF_DEADLINE_EXCEEDED, NameGroup(options) + "rank 0 did not form it within " +
                                              std::to_string(options.join_timeout_ms) + " ms (joinTimeoutMs)"};
    }
    usleep(kPollMicroseconds);
  }
  segment->SetNumbers(options.numbers);
  TakeSeat(*segment, options);
  Liveness liveness(*segment, options.rank, options.heartbeat_timeout_ms);
  const auto& record = segment->header().failure;
  while (!MissingRanks(*segment, options.num_ranks).empty()) {
    segment->member(options.rank).heartbeat.fetch_add(1);
    std::string obstacle;
    if (record.state.load() != FailureRecord::kNone) {
      obstacle = RecordFailure(*segment, "");
    } else if (stop.load()) {
      obstacle = NameRank(*segment, options.rank) + " gave up joining";
    } else {
      obstacle = Obstacle(*segment, options, liveness, clock);
    }
    if (!obstacle.empty()) {
      obstacle = RecordFailure(*segment, obstacle);
      segment->Unlink();
      throw Failure{TF_ABORTED, NameGroup(options) + obstacle};
    }
    usleep(kPollMicroseconds);
  }
  if (options.rank == 0) segment->Unlink();
  if (options.rank == 0) segment->ReleaseFormingLock();
  return segment;
}

}  // namespace kiln::collectives
