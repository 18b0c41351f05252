// The transport for several hosts with several ranks each: shared memory within a host, a ring between one rank of each.
// An all-reduce adds in rank order within a host, then along the ring of hosts: one order, the same bits everywhere.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "../shared_memory/transport.h"
#include "../transport.h"
#include "endpoint.h"
#include "host_table.h"
#include "journey.h"
#include "transport.h"

namespace kiln::collectives::hosts {

class Hierarchy : public Transport {
 public:
  // Called once, from a communication thread.
  using OnJoined = std::function<void(std::optional<Failure>)>;

  Hierarchy(GroupOptions options, std::shared_ptr<Endpoint> endpoint, OnJoined on_joined);
  ~Hierarchy() override;

  const GroupOptions& options() const override { return options_; }
  void Submit(std::unique_ptr<Call> call) override;
  void Abort(const std::string& reason) override;
  void Close(const std::string& cause) override { CloseParts(cause); }
  void Leave() override;
  GroupStatus Status() const override;

 private:
  // Calls of one key follow one another, because both stages of a call within a host have its key.
  struct Line {
    bool busy = false;
    std::deque<std::unique_ptr<Call>> waiting;
  };

  GroupOptions PartOf(const std::vector<int>& ranks, const std::string& suffix) const;
  void CloseParts(const std::string& cause) const;
  void Joined(std::optional<Failure> failure);
  void Start(std::unique_ptr<Call> call);
  void Settle(uint64_t key, std::unique_ptr<Call> call, const std::string* failure);

  GroupOptions options_;
  HostTable table_;
  std::unique_ptr<SharedMemoryTransport> within_;
  std::unique_ptr<RingTransport> across_;
  Routes routes_;

  mutable std::mutex mutex_;
  OnJoined on_joined_;
  int num_joining_ = 0;
  std::unordered_map<uint64_t, Line> lines_;
  std::atomic<uint64_t> pending_{0};
  std::atomic<uint64_t> completed_{0};
};

}  // namespace kiln::collectives::hosts
