#include "transport.h"

#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "../hash.h"
#include "../shared_memory/descriptor.h"

namespace kiln::collectives::hosts {
namespace {

constexpr int kTickMs = 20;
constexpr double kMostBeatMs = 500;
// For last words to peers that still listen.
constexpr int kGoodbyeMs = 500;
constexpr int kMessagesAtOnce = 64;

uint64_t HashOf(const GroupOptions& options) {
  return Hash(&options.generation, sizeof options.generation, Hash(options.name));
}

std::string NameGroup(const GroupOptions& options) {
  return "[collective] group '" + options.name + "', generation " + std::to_string(options.generation) + ": ";
}

}  // namespace

RingTransport::RingTransport(GroupOptions options, std::shared_ptr<Endpoint> endpoint, OnJoined on_joined)
    : options_(std::move(options)),
      endpoint_(std::move(endpoint)),
      on_joined_(std::move(on_joined)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  thread_ = std::thread([this] { Run(); });
}

RingTransport::~RingTransport() {
  Leave();
  close(wake_);
}

void RingTransport::Run() {
  // Signals belong to JavaScript's thread.
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
  pthread_setname_np(pthread_self(), "kiln-collective");
  try {
    links_ = std::make_unique<Links>(endpoint_, options_.peers, options_.rank);
    roster_ = std::make_unique<Roster>(options_, *links_);
    ring_ = std::make_unique<Ring>(Ring{*links_, HashOf(options_), options_.rank, options_.num_ranks});
    const Greeting self{static_cast<uint32_t>(options_.num_ranks), static_cast<uint32_t>(getpid())};
    TellAll(Topic::kHello, &self, sizeof self);
    Serve();
    SayGoodbye();
  } catch (const Failure& failure) {
    End(failure.message, false);
    if (on_joined_) on_joined_(failure);
  }
  links_.reset();
  endpoint_.reset();
}

void RingTransport::Serve() {
  while (!stop_.load()) {
    now_ = clock_.Milliseconds();
    bool moved = false;
    TakeClosing();
    try {
      TakeSubmissions();
      moved = TakeMessages();
      moved |= StartChunk();
      moved |= FinishOne();
    } catch (const GroupFault& fault) {
      End(fault.text, true);
    } catch (const Failure& failure) {
      End(roster_->NameRank(options_.rank) + " failed: " + failure.message, true);
    }
    moved |= links_->Flush();
    if (now_ - ticked_ >= kTickMs) Tick();
    if (!moved) links_->Wait(wake_, kTickMs);
  }
}

void RingTransport::SayGoodbye() {
  TakeClosing();
  if (!roster_->Complete()) End(roster_->NameRank(options_.rank) + " gave up joining", true);
  SettleJoin();
  TakeSubmissions();
  if (!active_.empty()) {
    End(roster_->NameRank(options_.rank) + " left the group while " + Name(active_[0]->call()) + " was under way", true);
  }
  TellAll(Topic::kLeave, nullptr, 0);
  for (int waited = 0; waited < kGoodbyeMs; waited += kTickMs) {
    links_->Flush();
    bool waiting = false;
    for (int rank = 0; rank < options_.num_ranks; ++rank) waiting |= !links_->Broken(rank) && links_->Waiting(rank) > 0;
    if (!waiting) break;
    links_->Wait(wake_, kTickMs);
  }
  links_->Close(kGoodbyeMs);
}

bool RingTransport::TakeMessages() {
  Message message;
  int count = 0;
  while (count < kMessagesAtOnce && links_->Receive(&message)) {
    TakeMessage(std::move(message));
    ++count;
  }
  return count > 0;
}

void RingTransport::TakeMessage(Message message) {
  Header header;
  std::memcpy(&header, message.data(), sizeof header);
  const int sender = static_cast<int>(header.sender);
  if (header.group != ring_->group || sender == options_.rank) return;
  const uint8_t* body = message.data() + sizeof header;
  const size_t bytes = message.size() - sizeof header;
  roster_->Hear(sender, now_);
  switch (header.topic) {
    case Topic::kHello: {
      Greeting greeting{};
      if (bytes != sizeof greeting) return;
      std::memcpy(&greeting, body, sizeof greeting);
      if (greeting.num_ranks != static_cast<uint32_t>(options_.num_ranks)) {
        throw GroupFault{roster_->NameRank(sender) + " was told " + std::to_string(greeting.num_ranks) + " ranks, rank " +
                         std::to_string(options_.rank) + " was told " + std::to_string(options_.num_ranks)};
      }
      roster_->Greet(sender, greeting.pid);
      if (roster_->Complete()) SettleJoin();
      return;
    }
    case Topic::kBeat:
      return;
    case Topic::kLeave:
      return roster_->SeeLeave(sender);
    case Topic::kFail:
      return End(std::string(reinterpret_cast<const char*>(body), bytes), false);
    case Topic::kArrive:
      if (!closed_) TakeArrival(header, std::move(message));
      return;
    case Topic::kChunk: {
      if (closed_) return;
      const auto line = lines_.find(header.key);
      Exchange* active = line == lines_.end() ? nullptr : line->second.active;
      if (active != nullptr && active->instance() == header.instance) return active->TakeChunk(header, std::move(message));
      // The note that a chunk has been everywhere may come after its call has ended here.
      if (bytes != 0) throw GroupFault{roster_->NameRank(sender) + " sent data of a call that is not under way"};
      --ring_->under_way;
      return;
    }
  }
}

RingTransport::Line& RingTransport::LineOf(uint64_t key) {
  const auto found = lines_.find(key);
  if (found != lines_.end()) return found->second;
  if (lines_.size() >= kNumSlots) {
    throw GroupFault{roster_->NameRank(options_.rank) + " knows more than " + std::to_string(kNumSlots) +
                     " different collectives; give calls that repeat the same label"};
  }
  return lines_[key];
}

void RingTransport::TakeArrival(const Header& header, Message message) {
  const int sender = static_cast<int>(header.sender);
  Arrival arrival;
  // What is kept for later must not be large, whoever sends it.
  constexpr size_t kHead = sizeof header + sizeof arrival.descriptor;
  if (message.size() < kHead || message.size() > kHead + kMaxDirectBytes) return;
  arrival.arrived = true;
  std::memcpy(&arrival.descriptor, message.data() + sizeof header, sizeof arrival.descriptor);
  arrival.descriptor.label[sizeof arrival.descriptor.label - 1] = '\0';
  arrival.descriptor.shapes[sizeof arrival.descriptor.shapes - 1] = '\0';
  arrival.message = std::move(message);
  Line& line = LineOf(header.key);
  if (line.active != nullptr && line.active->instance() == header.instance) {
    Compare(*line.active, sender, arrival.descriptor);
    line.active->Arrive(sender, std::move(arrival));
  } else {
    line.early[sender] = {header.instance, std::move(arrival)};
  }
}

void RingTransport::Compare(const Exchange& exchange, int rank, const Descriptor& theirs) const {
  if (SameCall(exchange.descriptor(), theirs)) return;
  const bool first = options_.rank < rank;
  const int low = std::min(options_.rank, rank);
  const int high = std::max(options_.rank, rank);
  throw GroupFault{"the ranks' calls differ: " + roster_->NameRank(low) + " called " +
                   Summary(first ? exchange.descriptor() : theirs) + ", " + roster_->NameRank(high) + " called " +
                   Summary(first ? theirs : exchange.descriptor())};
}

void RingTransport::Submit(std::unique_ptr<Call> call) {
  std::optional<std::string> refusal;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (failure_) {
      refusal = failure_;
    } else if (state_ != GroupStatus::State::kReady || stop_.load()) {
      refusal = state_ == GroupStatus::State::kJoining ? "the group is still forming" : "this process has left the group";
    } else {
      submitted_.push_back(std::move(call));
      pending_.fetch_add(1);
    }
  }
  if (refusal) return Refuse(*call, *refusal);
  Wake();
}

void RingTransport::TakeSubmissions() {
  std::vector<std::unique_ptr<Call>> calls;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    calls.swap(submitted_);
  }
  for (size_t index = 0; index < calls.size(); ++index) {
    try {
      Line& line = LineOf(calls[index]->key);
      Submission submission{std::move(calls[index]), now_};
      if (line.active != nullptr) {
        line.waiting.push_back(std::move(submission));
      } else {
        Start(line, std::move(submission));
      }
    } catch (...) {
      // End refuses what has not begun.
      std::lock_guard<std::mutex> lock(mutex_);
      for (auto& call : calls) {
        if (call) submitted_.push_back(std::move(call));
      }
      throw;
    }
  }
}

// Before later calls: what has closed the group must not look like a difference between calls.
void RingTransport::TakeClosing() {
  std::optional<std::string> cause;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    cause = close_cause_;
  }
  if (cause) End(*cause, true);
}

void RingTransport::Start(Line& line, Submission submission) {
  active_.push_back(
      std::make_unique<Exchange>(*ring_, std::move(submission.call), line.next_instance++, submission.time));
  Exchange& exchange = *active_.back();
  line.active = &exchange;
  exchange.Allocate();
  exchange.Announce();
  auto early = std::move(line.early);
  line.early.clear();
  for (auto& [rank, announced] : early) {
    if (announced.first != exchange.instance()) continue;
    Compare(exchange, rank, announced.second.descriptor);
    exchange.Arrive(rank, std::move(announced.second));
  }
}

// Earlier calls first: their results are needed first, and all ranks then tend to work on the same call.
bool RingTransport::StartChunk() {
  for (const auto& exchange : active_) {
    if (exchange->StartChunk()) return true;
  }
  return false;
}

bool RingTransport::FinishOne() {
  for (size_t index = 0; index < active_.size(); ++index) {
    if (!active_[index]->Done()) continue;
    std::unique_ptr<Exchange> done = std::move(active_[index]);
    active_.erase(active_.begin() + static_cast<std::ptrdiff_t>(index));
    pending_.fetch_sub(1);
    completed_.fetch_add(1);
    Line& line = lines_[done->call().key];
    line.active = nullptr;
    try {
      done->Succeed();
    } catch (const Failure& failure) {
      done->Fail(failure.code, failure.message);
      throw;
    }
    if (!line.waiting.empty()) {
      Submission next = std::move(line.waiting.front());
      line.waiting.pop_front();
      Start(line, std::move(next));
    }
    return true;
  }
  return false;
}

void RingTransport::Tick() {
  ticked_ = now_;
  if (now_ - beaten_ >= std::min(kMostBeatMs, options_.heartbeat_timeout_ms / 4.0)) {
    beaten_ = now_;
    TellAll(Topic::kBeat, nullptr, 0);
  }
  if (closed_) return;
  if (auto fault = FindFault()) End(*fault, true);
}

std::optional<std::string> RingTransport::FindFault() {
  if (auto fault = roster_->FindFault(now_)) return roster_->Complete() ? *fault : *fault + " while the group was forming";
  if (!roster_->Complete() && now_ > options_.join_timeout_ms) {
    return roster_->Missing() + " did not join within " + std::to_string(options_.join_timeout_ms) + " ms (joinTimeoutMs)";
  }
  for (const auto& exchange : active_) {
    const std::string name = Name(exchange->call());
    for (int rank = 0; rank < options_.num_ranks; ++rank) {
      if (roster_->HasLeft(rank) && exchange->Misses(rank)) return roster_->NameRank(rank) + " left the group before " + name;
    }
    if (now_ - exchange->started() > options_.op_timeout_ms) {
      return name + " did not end within " + std::to_string(options_.op_timeout_ms) + " ms (opTimeoutMs): " + Culprit(*exchange);
    }
  }
  return std::nullopt;
}

std::string RingTransport::Culprit(const Exchange& exchange) const {
  for (int rank = 0; rank < options_.num_ranks; ++rank) {
    if (!exchange.Misses(rank)) continue;
    for (const auto& [key, line] : lines_) {
      const auto announced = line.early.find(rank);
      if (announced == line.early.end()) continue;
      return roster_->NameRank(rank) + " did not call it; it waits in " + Summary(announced->second.second.descriptor) +
             ", which rank " + std::to_string(options_.rank) + " did not call";
    }
    return roster_->NameRank(rank) + " did not call it";
  }
  return "all ranks called it, but the data did not come around; " + roster_->NameRank(ring_->previous()) + " sends to this rank";
}

void RingTransport::SettleJoin() {
  if (!on_joined_) return;
  std::optional<Failure> failure;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    pids_ = roster_->Pids();
    if (failure_) {
      failure = Failure{TF_ABORTED, NameGroup(options_) + *failure_};
    } else {
      state_ = GroupStatus::State::kReady;
    }
  }
  std::exchange(on_joined_, nullptr)(failure);
}

void RingTransport::End(const std::string& cause, bool tell_peers) {
  if (closed_) return;
  closed_ = true;
  std::vector<std::unique_ptr<Call>> refused;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    failure_ = cause;
    state_ = GroupStatus::State::kFailed;
    refused.swap(submitted_);
  }
  if (options_.on_closed) options_.on_closed(cause);
  if (tell_peers) TellAll(Topic::kFail, cause.data(), cause.size());
  std::vector<std::unique_ptr<Exchange>> failed;
  failed.swap(active_);
  for (auto& [key, line] : lines_) {
    for (Submission& waiting : line.waiting) refused.push_back(std::move(waiting.call));
  }
  lines_.clear();
  pending_.fetch_sub(failed.size() + refused.size());
  for (auto& exchange : failed) {
    exchange->Fail(TF_ABORTED, collectives::Subject(exchange->call(), options_) + " failed: " + cause + "; " + JoinNextGeneration());
  }
  for (auto& call : refused) Refuse(*call, cause);
  if (roster_) SettleJoin();
}

void RingTransport::Refuse(Call& call, const std::string& cause) const {
  call.Fail(TF_ABORTED, collectives::Subject(call, options_) + " failed: " + cause + "; " + JoinNextGeneration());
}

void RingTransport::TellAll(Topic topic, const void* body, size_t bytes) {
  const Header header = ring_->MakeHeader(topic);
  for (int rank = 0; rank < options_.num_ranks; ++rank) {
    if (rank == options_.rank) continue;
    // A peer that takes nothing hears no beats either.
    if (topic == Topic::kBeat && links_->Waiting(rank) > 0) continue;
    Message message(sizeof header + bytes);
    std::memcpy(message.data(), &header, sizeof header);
    if (bytes > 0) std::memcpy(message.data() + sizeof header, body, bytes);
    links_->Send(rank, std::move(message));
  }
}

void RingTransport::Wake() {
  const uint64_t one = 1;
  [[maybe_unused]] ssize_t size = write(wake_, &one, sizeof one);
}

void RingTransport::Abort(const std::string& reason) {
  Close(NameRank(options_, options_.rank, static_cast<uint32_t>(getpid())) + " aborted: " + reason);
}

void RingTransport::Close(const std::string& cause) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!close_cause_) close_cause_ = cause;
  }
  Wake();
}

void RingTransport::Leave() {
  stop_.store(true);
  Wake();
  if (thread_.joinable()) thread_.join();
  std::lock_guard<std::mutex> lock(mutex_);
  if (state_ != GroupStatus::State::kFailed) state_ = GroupStatus::State::kLeft;
}

GroupStatus RingTransport::Status() const {
  GroupStatus status;
  std::lock_guard<std::mutex> lock(mutex_);
  status.state = state_;
  status.failure = failure_.value_or("");
  status.pids = pids_;
  status.location = options_.peers[options_.rank].endpoint;
  status.pending = pending_.load();
  status.completed = completed_.load();
  return status;
}

}  // namespace kiln::collectives::hosts
