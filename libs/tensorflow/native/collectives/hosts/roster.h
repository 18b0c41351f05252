// What this rank knows of the others: who has come, who has left, and who is lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "../transport.h"
#include "links.h"

namespace kiln::collectives::hosts {

// "rank 1 (pid 4321 on alpha)"; a pid of 0 is not known.
std::string NameRank(const GroupOptions& options, int rank, uint32_t pid);

class Roster {
 public:
  Roster(const GroupOptions& options, const Links& links);

  std::string NameRank(int rank) const { return hosts::NameRank(options_, rank, members_[rank].pid); }
  // "rank 1 (pid 4321 on alpha), rank 2 (on beta)": who has not come.
  std::string Missing() const;
  bool Complete() const { return num_missing_ == 0; }
  std::vector<int> Pids() const;

  void Greet(int rank, uint32_t pid);
  void Hear(int rank, double now) { members_[rank].heard = now; }
  void SeeLeave(int rank) { members_[rank].left = true; }
  bool HasCome(int rank) const { return members_[rank].pid != 0; }
  bool HasLeft(int rank) const { return members_[rank].left; }

  // Who is lost, if somebody is. An orderly leave is not a fault.
  std::optional<std::string> FindFault(double now);

 private:
  struct Member {
    uint32_t pid = 0;
    bool left = false;
    double heard = 0;
    std::optional<double> broken;
  };

  const GroupOptions& options_;
  const Links& links_;
  std::vector<Member> members_;
  int num_missing_;
};

}  // namespace kiln::collectives::hosts
