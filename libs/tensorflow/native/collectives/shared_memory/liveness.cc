#include "liveness.h"

#include <poll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace kiln::collectives {
namespace {

double MonotonicMilliseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

bool Ended(int pidfd) {
  pollfd entry{pidfd, POLLIN, 0};
  return poll(&entry, 1, 0) > 0;
}

}  // namespace

AwakeClock::AwakeClock() : last_(MonotonicMilliseconds()) {}

double AwakeClock::Milliseconds() {
  double now = MonotonicMilliseconds();
  awake_ += std::min(now - last_, kLongestGap);
  last_ = now;
  return awake_;
}

std::string NameRank(const Segment& segment, int rank) {
  uint32_t pid = segment.member(rank).pid.load();
  return "rank " + std::to_string(segment.NumberOf(rank)) + (pid == 0 ? "" : " (pid " + std::to_string(pid) + ")");
}

uint64_t PidNamespace() {
  struct stat info;
  return stat("/proc/self/ns/pid", &info) == 0 ? info.st_ino : 0;
}

Liveness::Liveness(Segment& segment, int rank, double heartbeat_timeout_ms)
    : segment_(segment), rank_(rank), timeout_ms_(heartbeat_timeout_ms), peers_(segment.header().num_ranks) {}

Liveness::~Liveness() {
  for (const Peer& peer : peers_) {
    if (peer.pidfd >= 0) close(peer.pidfd);
  }
}

void Liveness::Watch(int rank, double now) {
  Peer& peer = peers_[rank];
  if (peer.watched || rank == rank_) return;
  peer.watched = true;
  peer.beats = segment_.member(rank).heartbeat.load();
  peer.heard = now;
  // A pid means nothing in another container's namespace; there the heartbeat alone must do.
  const Member& member = segment_.member(rank);
  if (member.pid_namespace.load() != segment_.member(rank_).pid_namespace.load()) return;
  peer.pidfd = static_cast<int>(syscall(SYS_pidfd_open, member.pid.load(), 0));
  peer.ended = peer.pidfd < 0 && errno == ESRCH;
}

std::optional<std::string> Liveness::Check(double now) {
  for (int rank = 0; rank < static_cast<int>(peers_.size()); ++rank) {
    Peer& peer = peers_[rank];
    const Member& member = segment_.member(rank);
    if (!peer.watched || member.left.load() != 0) continue;
    // The flag is set before an orderly process ends, so it is read again after the end was seen.
    if (peer.ended || (peer.pidfd >= 0 && Ended(peer.pidfd))) {
      if (member.left.load() != 0) continue;
      return NameRank(segment_, rank) + " ended without leaving the group (killed or crashed)";
    }
    uint64_t beats = member.heartbeat.load();
    if (beats != peer.beats) {
      peer.beats = beats;
      peer.heard = now;
    } else if (now - peer.heard > timeout_ms_) {
      return NameRank(segment_, rank) + " has been silent for " + std::to_string(static_cast<int>(now - peer.heard)) +
             " ms (limit " + std::to_string(static_cast<int>(timeout_ms_)) +
             " ms, heartbeatTimeoutMs): its process is stopped or starved";
    }
  }
  return std::nullopt;
}

}  // namespace kiln::collectives
