// What a collective call is, and what carries it between the ranks of a group. The kernels know only this file, so that
// shared memory, sockets and device libraries can stand behind the same ops.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "../handles.h"

namespace kiln::collectives {

enum class Kind : uint32_t { kAllReduce = 1, kBroadcast = 2, kAllGather = 3 };
enum class Reduction : uint32_t { kNone = 0, kSum = 1, kMean = 2, kMax = 3 };

const char* NameOf(Kind kind);
const char* NameOf(Reduction reduction);

// One tensor of a call.
struct Piece {
  const uint8_t* data;
  size_t bytes;
};

// One rank's call of one collective: what it brings and where its results go. A transport owns the call from `Submit`
// on, reads `pieces` until it settles the call, and settles it exactly once, from any thread.
class Call {
 public:
  virtual ~Call() = default;

  Kind kind = Kind::kAllReduce;
  Reduction reduction = Reduction::kNone;
  TF_DataType dtype = TF_FLOAT;
  int root = 0;
  // What a mean divides by; 0 is the number of ranks in the group. Another number is for groups whose ranks bring sums of several.
  int ranks_in_mean = 0;
  // Pairs this call with the peers' calls: the n-th call of a key on one rank meets the n-th on every other.
  uint64_t key = 0;
  std::string label;
  std::vector<Piece> pieces;
  // Two calls match only when these agree; the text is for messages, for example "float32 [64,3] and 2 more".
  uint64_t shapes_hash = 0;
  std::string shapes_text;

  // Memory for result `index`, owned by TensorFlow. Throws a Failure.
  virtual void* AllocateOutput(size_t index) = 0;
  // Makes `data`, aligned to 64 bytes, result `index` without a copy; TensorFlow holds `owner` as long as it needs.
  virtual void AdoptOutput(size_t index, void* data, std::shared_ptr<void> owner) = 0;
  // Makes input `index` its own result.
  virtual void ForwardInput(size_t index) = 0;
  virtual void Succeed() = 0;
  virtual void Fail(TF_Code code, const std::string& message) = 0;

  size_t ResultBytes(size_t index, int num_ranks) const {
    return pieces[index].bytes * (kind == Kind::kAllGather ? num_ranks : 1);
  }
};

// Where another host's ranks reach a rank.
struct PeerAddress {
  std::string host;
  // Ranks with the same one have a common memory.
  std::string host_id;
  std::string endpoint;
  // Z85 text; empty without encryption.
  std::string public_key;
};

struct GroupOptions {
  std::string name;
  int rank = 0;
  int num_ranks = 1;
  uint64_t generation = 0;
  int heartbeat_timeout_ms = 5000;
  int op_timeout_ms = 60000;
  int join_timeout_ms = 60000;
  // Most memory that the group may take for data in flight; it grows on demand.
  uint64_t max_bytes = uint64_t{1} << 30;
  // Where a segment may lie; the first with room is taken.
  std::vector<std::string> directories;
  // By rank; empty when all ranks share memory.
  std::vector<PeerAddress> peers;
  // When the group is a part of another one: which ranks of that one these are, for messages.
  std::vector<int> numbers;
  // Called once when the group closes because of a failure, from any thread. Must not wait.
  std::function<void(const std::string& cause)> on_closed;

  int NumberOf(int of_rank) const { return numbers.empty() ? of_rank : numbers[of_rank]; }
};

struct GroupStatus {
  enum class State { kJoining, kReady, kFailed, kLeft };
  State state = State::kJoining;
  std::string failure;
  std::vector<int> pids;
  std::string location;
  // What a user should know about how the transport had to be set up; empty when all is as asked.
  std::string note;
  uint64_t pending = 0;
  uint64_t completed = 0;
  uint64_t heap_bytes = 0;
  uint64_t heap_used = 0;
};

// Membership of one group. After any failure the whole group is closed on every rank: pending calls fail, later calls
// fail at once, and only joining a new generation goes on.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual const GroupOptions& options() const = 0;
  virtual void Submit(std::unique_ptr<Call> call) = 0;
  // Closes the group on every rank, in the name of this one.
  virtual void Abort(const std::string& reason) = 0;
  // Closes the group on every rank, for a cause that lies outside of it.
  virtual void Close(const std::string& cause) = 0;
  // Returns after this rank's thread has ended.
  virtual void Leave() = 0;
  virtual GroupStatus Status() const = 0;
};

// "all-reduce 'gradients/0'"
std::string Name(const Call& call);
// The opening of every message about one call.
std::string Subject(const Call& call, const GroupOptions& group);
std::string JoinNextGeneration();

}  // namespace kiln::collectives
