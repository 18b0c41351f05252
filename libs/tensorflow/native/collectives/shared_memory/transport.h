// The shared-memory transport: ranks on one host, one communication thread in each process.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "../../errors.h"
#include "../transport.h"
#include "segment.h"
#include "traffic.h"

namespace kiln::collectives {

class SharedMemoryTransport : public Transport {
 public:
  // Called once, from the communication thread.
  using OnJoined = std::function<void(std::optional<Failure>)>;

  SharedMemoryTransport(GroupOptions options, OnJoined on_joined);
  ~SharedMemoryTransport() override;

  const GroupOptions& options() const override { return options_; }
  void Submit(std::unique_ptr<Call> call) override;
  void Abort(const std::string& reason) override;
  void Close(const std::string& cause) override;
  void Leave() override;
  GroupStatus Status() const override;

 private:
  void Run();
  void Serve();
  // Drives a call on the caller's thread as far as it goes without sleeping; false when others are under way. The call may
  // have ended already.
  bool TryDrive(const Call* call);
  // With traffic_mutex_ held: takes news, checks the group when it is time, and moves on by a block.
  bool Turn(double now);
  void TakeNews();
  void Settle(std::vector<Outcome> outcomes);
  void Refuse(Call& call, const std::string& cause) const;
  void RingSelf();

  GroupOptions options_;
  OnJoined on_joined_;

  // What other threads leave for the communication thread and learn from it; held for moments only.
  mutable std::mutex mutex_;
  std::shared_ptr<Segment> segment_;
  std::vector<std::unique_ptr<Call>> submitted_;
  std::optional<std::string> failure_;
  std::optional<std::string> abort_reason_;
  std::optional<std::string> close_cause_;
  GroupStatus::State state_ = GroupStatus::State::kJoining;
  std::atomic<bool> stop_{false};
  std::atomic<bool> has_news_{false};
  std::atomic<uint64_t> pending_{0};
  std::atomic<uint64_t> completed_{0};

  // Held while data move.
  std::mutex traffic_mutex_;
  std::unique_ptr<Traffic> traffic_;
  double checked_ = 0;

  std::thread thread_;
};

}  // namespace kiln::collectives
