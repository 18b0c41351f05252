// One call of a nested group on its way through its stages: up within the host, across between the hosts' leaders, down
// within the host again. Each stage is a call of its own of one of the two transports.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "../arithmetic.h"
#include "../transport.h"
#include "host_table.h"

namespace kiln::collectives::hosts {

// Memory aligned as TensorFlow wants its tensors, or results of a stage that lie elsewhere and what keeps them there.
struct Buffer {
  uint8_t* data = nullptr;
  size_t bytes = 0;
  std::shared_ptr<void> owner;

  static Buffer OfSize(size_t bytes);
};

// Where stages go. `across` is null on ranks that do not lead, `within` on a rank that is alone on its host.
struct Routes {
  const HostTable& table;
  int rank;
  Transport* within;
  Transport* across;

  int host() const { return table.host_of[rank]; }
  bool leads() const { return table.place_of[rank] == 0; }
  int num_ranks() const { return static_cast<int>(table.host_of.size()); }
};

class Journey : public std::enable_shared_from_this<Journey> {
 public:
  using Settle = std::function<void(std::unique_ptr<Call>, const std::string* failure)>;

  // `settle` is called once, with the call; `failure` is null when its results are set.
  Journey(const Routes& routes, std::unique_ptr<Call> call, Settle settle);

  void Begin();

 private:
  class Stage;
  using Buffers = std::vector<Buffer>;
  using Next = void (Journey::*)(Buffers);

  // Up: the host's ranks bring together what they have.
  void GoUp();
  // Across: what the hosts have, between their leaders.
  void GoAcross(Buffers buffers);
  void CrossRows(Buffers buffers);
  // A gather's rows in the order of ranks.
  void SortRows(Buffers buffers);
  // Down: what the leader has for all.
  void GoDown(Buffers buffers);
  void Deliver(Buffers buffers);
  void Send(Transport& transport, Kind kind, Buffers buffers, Next next, int root = 0);
  void Run(const std::function<void()>& step);
  Buffers Inputs() const;
  bool HoldsRoot() const { return call_->kind == Kind::kBroadcast && routes_.host() == routes_.table.host_of[call_->root]; }

  const Routes& routes_;
  std::unique_ptr<Call> call_;
  Settle settle_;
  // 16-bit floats travel as 32 bits, so that their sum is rounded once; null otherwise.
  const Arithmetic* narrow_ = nullptr;
};

}  // namespace kiln::collectives::hosts
