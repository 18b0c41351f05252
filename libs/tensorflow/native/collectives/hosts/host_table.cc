#include "host_table.h"

#include <algorithm>

namespace kiln::collectives::hosts {

HostTable::HostTable(const std::vector<PeerAddress>& peers) {
  std::vector<std::string> ids;
  for (int rank = 0; rank < static_cast<int>(peers.size()); ++rank) {
    const auto found = std::find(ids.begin(), ids.end(), peers[rank].host_id);
    const int host = static_cast<int>(found - ids.begin());
    if (found == ids.end()) {
      ids.push_back(peers[rank].host_id);
      ranks.emplace_back();
    }
    host_of.push_back(host);
    place_of.push_back(static_cast<int>(ranks[host].size()));
    ranks[host].push_back(rank);
  }
}

int HostTable::LargestHost() const {
  size_t largest = 0;
  for (const auto& host : ranks) largest = std::max(largest, host.size());
  return static_cast<int>(largest);
}

}  // namespace kiln::collectives::hosts
