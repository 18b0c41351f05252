// What travels between ranks: one header, then what belongs to it. Numbers are little-endian, as on all machines that
// the addon is built for.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kiln::collectives::hosts {

constexpr uint32_t kWireMagic = 0x315a4b4e;  // "NKZ1"; any change of this file changes the last digit

enum class Topic : uint32_t {
  // A Greeting follows: the first message of every rank to every other.
  kHello = 1,
  // The sender runs.
  kBeat,
  // A call is made; a Descriptor follows, and all the data of a small call.
  kArrive,
  // A part of a call's data on its way around the ring.
  kChunk,
  // The sender has closed the group; the text of the reason follows.
  kFail,
  // The sender ends in an orderly way.
  kLeave,
};

struct Header {
  uint32_t magic;
  Topic topic;
  // Name and generation of the group; messages of another one are dropped.
  uint64_t group;
  uint32_t sender;
  // Of a chunk: where it started, and how many hops it has made on arrival.
  uint32_t origin;
  uint32_t hop;
  uint32_t chunk;
  uint64_t key;
  uint64_t instance;
};
static_assert(sizeof(Header) == 48, "data behind a header stay aligned to 16 bytes");

struct Greeting {
  uint32_t num_ranks;
  uint32_t pid;
};

}  // namespace kiln::collectives::hosts
