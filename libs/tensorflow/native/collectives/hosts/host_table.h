// Which ranks share a host, and which place each has there. Hosts are in the order of their lowest ranks.
#pragma once

#include <vector>

#include "../transport.h"

namespace kiln::collectives::hosts {

struct HostTable {
  // Ranks of each host, ascending; the first leads.
  std::vector<std::vector<int>> ranks;
  // Of each rank.
  std::vector<int> host_of;
  std::vector<int> place_of;

  explicit HostTable(const std::vector<PeerAddress>& peers);

  int num_hosts() const { return static_cast<int>(ranks.size()); }
  // Whether there are several hosts, and several ranks on one of them.
  bool IsNested() const { return num_hosts() > 1 && ranks.size() < host_of.size(); }
  int LargestHost() const;
};

}  // namespace kiln::collectives::hosts
