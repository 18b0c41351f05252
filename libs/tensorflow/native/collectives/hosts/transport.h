// The transport for ranks without a common memory: a ring over ZeroMQ, one communication thread in each process.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "../../errors.h"
#include "../shared_memory/liveness.h"
#include "../transport.h"
#include "exchange.h"
#include "links.h"
#include "roster.h"

namespace kiln::collectives::hosts {

class RingTransport : public Transport {
 public:
  // Called once, from the communication thread.
  using OnJoined = std::function<void(std::optional<Failure>)>;

  RingTransport(GroupOptions options, std::shared_ptr<Endpoint> endpoint, OnJoined on_joined);
  ~RingTransport() override;

  const GroupOptions& options() const override { return options_; }
  void Submit(std::unique_ptr<Call> call) override;
  void Abort(const std::string& reason) override;
  void Close(const std::string& cause) override;
  void Leave() override;
  GroupStatus Status() const override;

 private:
  struct Submission {
    std::unique_ptr<Call> call;
    double time = 0;
  };
  // Calls of one key follow one another.
  struct Line {
    uint64_t next_instance = 1;
    Exchange* active = nullptr;
    std::deque<Submission> waiting;
    // What peers have announced before this rank made the call.
    std::map<int, std::pair<uint64_t, Arrival>> early;
  };

  void Run();
  void Serve();
  bool TakeMessages();
  void TakeMessage(Message message);
  void TakeArrival(const Header& header, Message message);
  void TakeClosing();
  void TakeSubmissions();
  Line& LineOf(uint64_t key);
  void Start(Line& line, Submission submission);
  bool StartChunk();
  bool FinishOne();
  // Greets, beats, looks for lost peers, overdue calls and aborts; closes the group when there is one.
  void Tick();
  void SettleJoin();
  std::optional<std::string> FindFault();
  std::string Culprit(const Exchange& exchange) const;
  // Throws a GroupFault when this rank's call and a peer's are not the same.
  void Compare(const Exchange& exchange, int rank, const Descriptor& theirs) const;
  void End(const std::string& cause, bool tell_peers);
  void Refuse(Call& call, const std::string& cause) const;
  void TellAll(Topic topic, const void* body, size_t bytes);
  void SayGoodbye();
  void Wake();

  GroupOptions options_;
  std::shared_ptr<Endpoint> endpoint_;
  OnJoined on_joined_;
  int wake_;

  // Shared with other threads of this process.
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Call>> submitted_;
  std::optional<std::string> failure_;
  std::optional<std::string> close_cause_;
  std::vector<int> pids_;
  GroupStatus::State state_ = GroupStatus::State::kJoining;
  std::atomic<bool> stop_{false};
  std::atomic<uint64_t> pending_{0};
  std::atomic<uint64_t> completed_{0};

  // The communication thread's own.
  std::unique_ptr<Links> links_;
  std::unique_ptr<Roster> roster_;
  std::unique_ptr<Ring> ring_;
  std::vector<std::unique_ptr<Exchange>> active_;
  std::unordered_map<uint64_t, Line> lines_;
  AwakeClock clock_;
  double now_ = 0;
  double ticked_ = -1e9;
  double beaten_ = -1e9;
  bool closed_ = false;

  std::thread thread_;
};

}  // namespace kiln::collectives::hosts
