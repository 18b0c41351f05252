#include "roster.h"

#include <unistd.h>

namespace kiln::collectives::hosts {
namespace {

// A rank's last words come over another connection than the news that it is gone.
constexpr double kLastWordsMs = 150;

}  // namespace

std::string NameRank(const GroupOptions& options, int rank, uint32_t pid) {
  return "rank " + std::to_string(options.NumberOf(rank)) + " (" + (pid == 0 ? "" : "pid " + std::to_string(pid) + " ") +
         "on " + options.peers[rank].host + ")";
}

Roster::Roster(const GroupOptions& options, const Links& links)
    : options_(options), links_(links), members_(options.num_ranks), num_missing_(options.num_ranks) {
  Greet(options.rank, static_cast<uint32_t>(getpid()));
}

void Roster::Greet(int rank, uint32_t pid) {
  if (members_[rank].pid == 0) --num_missing_;
  members_[rank].pid = pid;
}

std::string Roster::Missing() const {
  std::string text;
  for (int rank = 0; rank < options_.num_ranks; ++rank) {
    if (members_[rank].pid == 0) text += (text.empty() ? "" : ", ") + NameRank(rank);
  }
  return text;
}

std::vector<int> Roster::Pids() const {
  std::vector<int> pids;
  for (const Member& member : members_) pids.push_back(static_cast<int>(member.pid));
  return pids;
}

std::optional<std::string> Roster::FindFault(double now) {
  for (int rank = 0; rank < options_.num_ranks; ++rank) {
    Member& member = members_[rank];
    if (rank == options_.rank || member.pid == 0 || member.left) continue;
    if (links_.Broken(rank)) {
      if (!member.broken) member.broken = now;
      if (now - *member.broken < kLastWordsMs) continue;
      return NameRank(rank) + " ended without leaving the group (killed, crashed, or its connection broke)";
    }
    const double silent = now - member.heard;
    if (silent > options_.heartbeat_timeout_ms) {
      return NameRank(rank) + " has been silent for " + std::to_string(static_cast<int>(silent)) + " ms (limit " +
             std::to_string(options_.heartbeat_timeout_ms) +
             " ms, heartbeatTimeoutMs): its process is stopped or starved, or the network is cut";
    }
  }
  return std::nullopt;
}

}  // namespace kiln::collectives::hosts
