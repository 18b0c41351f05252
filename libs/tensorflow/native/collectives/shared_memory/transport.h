// The shared-memory transport: ranks on one host, one communication thread in each process.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "../../errors.h"
#include "../transport.h"
#include "exchange.h"
#include "liveness.h"
#include "segment.h"

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
  void Leave() override;
  GroupStatus Status() const override;

 private:
  struct Submission {
    std::unique_ptr<Call> call;
    double time = 0;
  };
  // Calls of one key follow one another.
  struct Line {
    Slot* slot = nullptr;
    uint64_t next_instance = 1;
    bool busy = false;
    std::deque<Submission> waiting;
  };

  void Run();
  void Serve();
  void TakeSubmissions(double now);
  void Start(Line& line, Submission submission);
  bool AdvanceOne();
  void Finish(size_t index);
  // Looks for lost peers, overdue calls and aborts; closes the group when there is one.
  void CheckGroup(double now);
  std::optional<std::string> FindFault(double now);
  void Close(const std::string& cause);
  void Refuse(Call& call, const std::string& cause) const;
  void RingPeers();
  void RingSelf();

  GroupOptions options_;
  OnJoined on_joined_;
  PlacementLimits limits_{};

  // Shared with other threads of this process.
  mutable std::mutex mutex_;
  std::shared_ptr<Segment> segment_;
  std::vector<std::unique_ptr<Call>> submitted_;
  std::optional<std::string> failure_;
  std::optional<std::string> abort_reason_;
  GroupStatus::State state_ = GroupStatus::State::kJoining;
  std::atomic<bool> stop_{false};
  std::atomic<bool> has_news_{false};
  std::atomic<uint64_t> pending_{0};
  std::atomic<uint64_t> completed_{0};

  // The communication thread's own.
  std::vector<std::unique_ptr<Exchange>> active_;
  std::unordered_map<uint64_t, Line> lines_;
  std::unique_ptr<Liveness> liveness_;
  bool closed_ = false;

  std::thread thread_;
};

}  // namespace kiln::collectives
