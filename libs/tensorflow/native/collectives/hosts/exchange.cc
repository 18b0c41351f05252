#include "exchange.h"

#include <cstring>
#include <utility>

#include "../../errors.h"
#include "../shared_memory/descriptor.h"
#include "ring.h"

namespace kiln::collectives::hosts {
namespace {

// How many chunks of a rank's own may be on their way, of all calls. On average every link carries as many, which hides
// the time of a hop; a rank that falls behind holds at most those of all ranks.
constexpr int kMaxUnderWay = 8;
constexpr size_t kAligned = 8;

const Arithmetic* ArithmeticOf(const Call& call) {
  return call.kind == Kind::kAllReduce ? FindArithmetic(call.dtype, call.reduction) : nullptr;
}

size_t BytesOf(const Call& call) {
  size_t bytes = 0;
  for (const Piece& piece : call.pieces) bytes += piece.bytes;
  return bytes;
}

uint8_t* Body(Message& message) { return message.data() + sizeof(Header); }

void WriteHeader(Message& message, const Header& header) { std::memcpy(message.data(), &header, sizeof header); }

// Small messages lie anywhere in libzmq's buffer; arithmetic wants its operands where their type may be.
Message Aligned(Message message) {
  if (reinterpret_cast<uintptr_t>(message.data()) % kAligned == 0) return message;
  Message copy(message.size());
  std::memcpy(copy.data(), message.data(), message.size());
  return copy;
}

}  // namespace

Exchange::Exchange(Ring& ring, std::unique_ptr<Call> call, uint64_t instance, double started)
    : ring_(ring),
      call_(std::move(call)),
      instance_(instance),
      started_(started),
      arithmetic_(ArithmeticOf(*call_)),
      lane_bytes_(arithmetic_ == nullptr ? 1 : arithmetic_->lane_bytes),
      flat_(call_->pieces, arithmetic_ == nullptr ? 1 : arithmetic_->element_bytes, lane_bytes_),
      direct_(BytesOf(*call_) <= kMaxDirectBytes),
      chunks_(flat_.total(), lane_bytes_, call_->kind == Kind::kAllReduce ? ring.num_ranks : 1),
      descriptor_(Describe(*call_)),
      arrivals_(ring.num_ranks) {}

void Exchange::Allocate() {
  if (direct_) {
    num_expected_ = 1;
    return;
  }
  for (size_t piece = 0; piece < call_->pieces.size(); ++piece) {
    const bool forwarded = call_->kind == Kind::kBroadcast && Starts(ring_.rank);
    outputs_.push_back(forwarded ? nullptr : static_cast<uint8_t*>(call_->AllocateOutput(piece)));
  }
  for (int origin = 0; origin < ring_.num_ranks; ++origin) {
    if (call_->kind == Kind::kAllReduce || origin != ring_.rank) num_expected_ += NumChunksFrom(origin);
  }
  num_to_start_ = NumChunksFrom(ring_.rank);
  if (call_->kind == Kind::kAllGather) KeepOwn();
}

uint32_t Exchange::NumChunksFrom(int origin) const {
  if (!Starts(origin)) return 0;
  return chunks_.NumIn(call_->kind == Kind::kAllReduce ? origin : 0);
}

Range Exchange::RangeOf(int origin, uint32_t chunk) const {
  return chunks_.At(call_->kind == Kind::kAllReduce ? origin : 0, chunk);
}

int Exchange::RanksInMean() const { return call_->ranks_in_mean > 0 ? call_->ranks_in_mean : ring_.num_ranks; }

Header Exchange::MakeHeader(Topic topic) const {
  Header header = ring_.MakeHeader(topic);
  header.key = call_->key;
  header.instance = instance_;
  return header;
}

void Exchange::KeepOwn() {
  for (size_t piece = 0; piece < call_->pieces.size(); ++piece) {
    const Piece& own = call_->pieces[piece];
    if (own.bytes > 0) std::memcpy(outputs_[piece] + ring_.rank * own.bytes, own.data, own.bytes);
  }
}

void Exchange::Announce() {
  const bool brings = direct_ && Starts(ring_.rank);
  const size_t data_bytes = brings ? BytesOf(*call_) : 0;
  const Header header = MakeHeader(Topic::kArrive);
  const auto make = [&] {
    Message message(sizeof header + sizeof descriptor_ + data_bytes);
    WriteHeader(message, header);
    std::memcpy(Body(message), &descriptor_, sizeof descriptor_);
    uint8_t* to = Body(message) + sizeof descriptor_;
    for (const Piece& piece : call_->pieces) {
      if (!brings || piece.bytes == 0) continue;
      std::memcpy(to, piece.data, piece.bytes);
      to += piece.bytes;
    }
    return message;
  };
  for (int rank = 0; rank < ring_.num_ranks; ++rank) {
    if (rank != ring_.rank) ring_.links.Send(rank, make());
  }
  Arrive(ring_.rank, {true, descriptor_, make()});
}

void Exchange::Arrive(int rank, Arrival arrival) {
  const size_t head = sizeof(Header) + sizeof(Descriptor);
  if (SameCall(descriptor_, arrival.descriptor)) {
    const size_t expected = head + (direct_ && Starts(rank) ? BytesOf(*call_) : 0);
    if (arrival.message.size() != expected) throw GroupFault{"a rank announced " + Name(*call_) + " with data of the wrong size"};
  }
  arrival.message = Aligned(std::move(arrival.message));
  arrivals_[rank] = std::move(arrival);
  if (++num_arrived_ == ring_.num_ranks && direct_) TakeDirect();
}

bool Exchange::StartChunk() {
  // Ranks pass chunks on at once, so all must have made the call before the first chunk starts.
  if (num_started_ == num_to_start_ || num_arrived_ < ring_.num_ranks || ring_.under_way >= kMaxUnderWay) return false;
  const uint32_t chunk = num_started_++;
  const Range range = RangeOf(ring_.rank, chunk);
  const size_t bytes = (range.end - range.begin) * lane_bytes_;
  Message message(sizeof(Header) + bytes);
  // What lies between and behind tensors is sent too, and must not be what was in memory before.
  if (call_->pieces.size() > 1 || range.end == flat_.total()) std::memset(Body(message), 0, bytes);
  flat_.ForEach(range.begin, range.end, [&](size_t piece, size_t first, size_t count, size_t position) {
    uint8_t* lanes = Body(message) + (position - range.begin) * lane_bytes_;
    const uint8_t* own = call_->pieces[piece].data + first * ElementBytes();
    if (arithmetic_ == nullptr) {
      std::memcpy(lanes, own, count);
    } else {
      arithmetic_->load(lanes, own, count);
    }
  });
  ++ring_.under_way;
  SendChunk(ring_.rank, chunk, 1, std::move(message));
  return true;
}

void Exchange::SendChunk(int origin, uint32_t chunk, int hop, Message message) {
  Header header = MakeHeader(Topic::kChunk);
  header.origin = static_cast<uint32_t>(origin);
  header.chunk = chunk;
  header.hop = static_cast<uint32_t>(hop);
  WriteHeader(message, header);
  ring_.links.Send(ring_.next(), std::move(message));
}

void Exchange::TakeChunk(const Header& header, Message message) {
  const int origin = static_cast<int>(header.origin);
  const int hop = static_cast<int>(header.hop);
  if (direct_ || origin >= ring_.num_ranks || header.chunk >= NumChunksFrom(origin) || hop < 1 ||
      hop > NumHops(call_->kind, ring_.num_ranks) || (origin + hop) % ring_.num_ranks != ring_.rank) {
    throw GroupFault{"a rank sent a part of " + Name(*call_) + " that is not due"};
  }
  const Hop work = HopAt(call_->kind, ring_.num_ranks, hop);
  const Range range = RangeOf(origin, header.chunk);
  const size_t element_bytes = work.adds ? lane_bytes_ : ElementBytes();
  const size_t expected = work.adds || work.keeps ? (range.end - range.begin) * element_bytes : 0;
  if (message.size() != sizeof(Header) + expected) {
    throw GroupFault{"a rank sent a part of " + Name(*call_) + " of the wrong size"};
  }
  if (work.returns) --ring_.under_way;
  if (work.adds) {
    message = Aligned(std::move(message));
    Add(range, Body(message), work.completes);
    if (work.completes) message = Store(range, std::move(message));
  }
  if (work.keeps) {
    Keep(origin, range, Body(message));
    ++num_kept_;
  }
  if (!work.forwards) return;
  // Gathered data need not come back to where they started, only the news that they have been everywhere.
  const Hop there = HopAt(call_->kind, ring_.num_ranks, hop + 1);
  SendChunk(origin, header.chunk, hop + 1, there.keeps || there.adds ? std::move(message) : Message(sizeof(Header)));
}

void Exchange::Add(Range range, uint8_t* lanes, bool last) const {
  flat_.ForEach(range.begin, range.end, [&](size_t piece, size_t first, size_t count, size_t position) {
    uint8_t* to = lanes + (position - range.begin) * lane_bytes_;
    const uint8_t* own = call_->pieces[piece].data + first * ElementBytes();
    if (last) {
      arithmetic_->combine_last(to, own, count, RanksInMean());
    } else {
      arithmetic_->combine(to, own, count);
    }
  });
}

Message Exchange::Store(Range range, Message message) const {
  if (lane_bytes_ == ElementBytes()) return message;
  const size_t count = range.end - range.begin;
  Message stored(sizeof(Header) + count * ElementBytes());
  arithmetic_->store(Body(stored), Body(message), count);
  return stored;
}

void Exchange::Keep(int origin, Range range, const uint8_t* elements) {
  flat_.ForEach(range.begin, range.end, [&](size_t piece, size_t first, size_t count, size_t position) {
    const size_t row = call_->kind == Kind::kAllGather ? origin * call_->pieces[piece].bytes : 0;
    std::memcpy(outputs_[piece] + row + first * ElementBytes(), elements + (position - range.begin) * ElementBytes(),
                count * ElementBytes());
  });
}

void Exchange::ReduceDirect(size_t piece, size_t offset, uint8_t* out) {
  const size_t count = flat_.count(piece);
  const bool in_place = lane_bytes_ == ElementBytes();
  std::vector<uint8_t> wide(in_place ? 0 : count * lane_bytes_);
  uint8_t* lanes = in_place ? out : wide.data();
  const int last = ring_.num_ranks - 1;
  arithmetic_->load(lanes, arrivals_[0].message.data() + offset, count);
  for (int rank = 1; rank < last; ++rank) arithmetic_->combine(lanes, arrivals_[rank].message.data() + offset, count);
  arithmetic_->combine_last(lanes, arrivals_[last].message.data() + offset, count, RanksInMean());
  if (!in_place) arithmetic_->store(out, lanes, count);
}

// In rank order, as all data are here.
void Exchange::TakeDirect() {
  size_t offset = sizeof(Header) + sizeof(Descriptor);
  for (size_t piece = 0; piece < call_->pieces.size(); ++piece) {
    const size_t bytes = call_->pieces[piece].bytes;
    if (call_->kind == Kind::kBroadcast && Starts(ring_.rank)) {
      call_->ForwardInput(piece);
      continue;
    }
    auto* out = static_cast<uint8_t*>(call_->AllocateOutput(piece));
    const auto row = [&](int rank) { return arrivals_[rank].message.data() + offset; };
    if (bytes > 0 && call_->kind == Kind::kAllReduce) ReduceDirect(piece, offset, out);
    if (bytes > 0 && call_->kind == Kind::kBroadcast) std::memcpy(out, row(call_->root), bytes);
    if (bytes > 0 && call_->kind == Kind::kAllGather) {
      for (int rank = 0; rank < ring_.num_ranks; ++rank) std::memcpy(out + rank * bytes, row(rank), bytes);
    }
    offset += bytes;
  }
  num_kept_ = num_expected_;
}

void Exchange::Succeed() {
  if (!direct_ && call_->kind == Kind::kBroadcast && Starts(ring_.rank)) {
    for (size_t piece = 0; piece < call_->pieces.size(); ++piece) call_->ForwardInput(piece);
  }
  call_->Succeed();
}

}  // namespace kiln::collectives::hosts
