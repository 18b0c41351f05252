// One call over the ring: is announced to all ranks, compared with what they announce, sends and passes on chunks, ends.
// Driven by the communication thread, never waits. No memory of TensorFlow's is lent to ZeroMQ: a chunk is a message, is
// summed in place where it arrives, and goes on as the same message.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "../arithmetic.h"
#include "../shared_memory/layout.h"
#include "../transport.h"
#include "chunks.h"
#include "links.h"
#include "wire.h"

namespace kiln::collectives::hosts {

// Throw one to close the group on every rank; the text says who did what.
struct GroupFault {
  std::string text;
};

// What a rank has announced of a call: its description and, if the call is small, its data.
struct Arrival {
  bool arrived = false;
  Descriptor descriptor{};
  Message message;
};

// What an exchange needs of the group.
struct Ring {
  Links& links;
  uint64_t group;
  int rank;
  int num_ranks;
  // Chunks of this rank's own that have not come back, of all calls.
  int under_way = 0;

  int next() const { return (rank + 1) % num_ranks; }
  int previous() const { return (rank + num_ranks - 1) % num_ranks; }
  Header MakeHeader(Topic topic) const {
    return {kWireMagic, topic, group, static_cast<uint32_t>(rank), 0, 0, 0, 0, 0};
  }
};

class Exchange {
 public:
  Exchange(Ring& ring, std::unique_ptr<Call> call, uint64_t instance, double started);

  // Makes room for the results. Throws a Failure.
  void Allocate();
  // Tells all ranks.
  void Announce();
  void Arrive(int rank, Arrival arrival);
  void TakeChunk(const Header& header, Message message);
  // Starts one more chunk of this rank's; false when none may start now.
  bool StartChunk();
  // All ranks have announced the call and the results are complete.
  bool Done() const {
    return num_arrived_ == ring_.num_ranks && num_kept_ == num_expected_ && num_started_ == num_to_start_;
  }
  void Succeed();
  void Fail(TF_Code code, const std::string& message) { call_->Fail(code, message); }

  const Call& call() const { return *call_; }
  uint64_t instance() const { return instance_; }
  double started() const { return started_; }
  bool Misses(int rank) const { return !arrivals_[rank].arrived; }
  const Descriptor& descriptor() const { return descriptor_; }
  const Descriptor& DescriptorOf(int rank) const { return arrivals_[rank].descriptor; }

 private:
  bool Starts(int rank) const { return call_->kind != Kind::kBroadcast || rank == call_->root; }
  size_t ElementBytes() const { return flat_.element_bytes(); }
  Range RangeOf(int origin, uint32_t chunk) const;
  uint32_t NumChunksFrom(int origin) const;
  Header MakeHeader(Topic topic) const;
  void KeepOwn();
  void SendChunk(int origin, uint32_t chunk, int hop, Message message);
  int RanksInMean() const;
  void TakeDirect();
  void ReduceDirect(size_t piece, size_t offset, uint8_t* out);
  // Adds this rank's part to a chunk's lanes.
  void Add(Range range, uint8_t* lanes, bool last) const;
  // Stores whole sums, and gives them back as they are stored.
  Message Store(Range range, Message message) const;
  // Copies stored elements from a message to the results.
  void Keep(int origin, Range range, const uint8_t* elements);

  Ring& ring_;
  std::unique_ptr<Call> call_;
  uint64_t instance_;
  double started_;
  const Arithmetic* arithmetic_;
  size_t lane_bytes_;
  Flat flat_;
  bool direct_;
  Chunks chunks_;
  Descriptor descriptor_;
  std::vector<uint8_t*> outputs_;
  std::vector<Arrival> arrivals_;
  int num_arrived_ = 0;
  uint32_t num_started_ = 0;
  uint32_t num_to_start_ = 0;
  uint64_t num_kept_ = 0;
  uint64_t num_expected_ = 0;
};

}  // namespace kiln::collectives::hosts
