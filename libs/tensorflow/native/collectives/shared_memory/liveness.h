// Tells whether the peers are still there: a process that ended is seen through its pidfd, one that is stopped or
// starved through its heartbeat.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "segment.h"

namespace kiln::collectives {

// Time during which this process ran. Sleep of the whole machine, or a stop of this process, must not look like
// silence of the peers, so one gap between two readings counts at most `kLongestGap`.
class AwakeClock {
 public:
  static constexpr double kLongestGap = 250;

  AwakeClock();
  double Milliseconds();

 private:
  double last_;
  double awake_ = 0;
};

// "rank 1 (pid 4321)"
std::string NameRank(const Segment& segment, int rank);
uint64_t PidNamespace();

class Liveness {
 public:
  Liveness(Segment& segment, int rank, double heartbeat_timeout_ms);
  ~Liveness();
  Liveness(const Liveness&) = delete;
  Liveness& operator=(const Liveness&) = delete;

  // Begins to watch a peer that has joined.
  void Watch(int rank, double now);
  // What is wrong, naming the rank, if something is. An orderly leave is not a fault.
  std::optional<std::string> Check(double now);

 private:
  struct Peer {
    bool watched = false;
    bool ended = false;
    int pidfd = -1;
    uint64_t beats = 0;
    double heard = 0;
  };

  Segment& segment_;
  int rank_;
  double timeout_ms_;
  std::vector<Peer> peers_;
};

}  // namespace kiln::collectives
