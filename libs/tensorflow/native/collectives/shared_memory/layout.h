// What lies in the shared segment: header, page map, slots, heap, in this order. Every rank maps the same bytes, so
// fields have fixed sizes and a fresh segment of zero bytes is a valid empty one.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace kiln::collectives {

constexpr uint64_t kMagic = 0x4b494c4e53484d32;  // "KILNSHM2"; any change of this file changes the last digit
constexpr int kMaxRanks = 64;
constexpr uint32_t kNumSlots = 2048;
constexpr size_t kLine = 64;
constexpr size_t kPage = 4096;

static_assert(std::atomic<uint64_t>::is_always_lock_free && std::atomic<uint32_t>::is_always_lock_free,
              "processes share atomics, so they must not need a lock");

// One process of the group. Fields that peers write to and fields that they poll lie in different cache lines.
struct alignas(kLine) Member {
  // The rank is taken once `pid` is set, and complete once `joined` is.
  std::atomic<uint32_t> pid;
  std::atomic<uint32_t> joined;
  std::atomic<uint32_t> left;
  std::atomic<uint64_t> pid_namespace;
  alignas(kLine) std::atomic<uint32_t> doorbell;
  // The communication thread sleeps; another thread does its work meanwhile.
  std::atomic<uint32_t> sleeping;
  std::atomic<uint32_t> driven;
  alignas(kLine) std::atomic<uint64_t> heartbeat;
  // Where this rank last looked for work.
  std::atomic<uint32_t> cpu;
};

// The first failure of the group; the rank that wins `state` writes it, all ranks report it.
struct FailureRecord {
  enum : uint32_t { kNone = 0, kWriting = 1, kReady = 2 };
  std::atomic<uint32_t> state;
  char text[764];
};

// What a call is, so that peers can tell whether theirs is the same.
struct Descriptor {
  uint32_t kind;
  uint32_t reduction;
  uint32_t dtype;
  uint32_t root;
  uint64_t bytes;
  uint64_t label_hash;
  uint64_t shapes_hash;
  char label[72];
  char shapes[80];
};

// One rank's side of a slot. Counters hold `instance << 32 | count`, so they only grow and need no reset between calls.
struct alignas(kLine) RankSlot {
  std::atomic<uint64_t> arrived;
  std::atomic<uint64_t> attached;
  std::atomic<uint64_t> brought;
  std::atomic<uint64_t> added;
  std::atomic<uint64_t> taken;
  Descriptor descriptor;
};

// Where the data of one call lies and in which pieces it moves; the first rank to claim the call writes it.
struct Placement {
  uint64_t offset;
  uint64_t bytes;
  uint64_t block_elements;
  uint64_t num_blocks;
  // Blocks that have a place of their own at a time; equal to num_blocks unless memory is short.
  uint64_t depth;
  uint32_t direct;
  // Results stay in the region and TensorFlow uses them there.
  uint32_t adopt;
  uint32_t claimer;
};

// All calls of one key. `claimed` and `placed` hold the number of the instance.
struct alignas(kLine) Slot {
  std::atomic<uint64_t> key;
  std::atomic<uint64_t> claimed;
  std::atomic<uint64_t> placed;
  Placement placement;
};

// At the start of each region of the heap; whoever takes `holders` to zero frees the region.
struct alignas(kLine) RegionHeader {
  std::atomic<uint32_t> holders;
};

struct alignas(kLine) Header {
  // Stored last by the creator: a segment without it is not ready.
  std::atomic<uint64_t> magic;
  uint64_t generation;
  uint32_t num_ranks;
  uint64_t slots_offset;
  uint64_t heap_offset;
  uint64_t heap_bytes;
  // The start of the heap, kept free for windows so that large calls always get on.
  uint64_t reserve_bytes;
  // Heap bytes that have memory behind them; touching more could be a fatal signal.
  alignas(kLine) std::atomic<uint64_t> heap_committed;
  std::atomic<uint32_t> heap_exhausted;
  alignas(kLine) std::atomic<uint32_t> heap_lock;
  alignas(kLine) FailureRecord failure;
  Member members[kMaxRanks];
};

constexpr size_t RoundUp(size_t value, size_t unit) { return (value + unit - 1) / unit * unit; }

}  // namespace kiln::collectives
