#include "journey.h"

#include <cstdlib>
#include <cstring>
#include <utility>

#include "../../errors.h"
#include "../shared_memory/layout.h"

namespace kiln::collectives::hosts {

Buffer Buffer::OfSize(size_t bytes) {
  void* data = std::aligned_alloc(kLine, RoundUp(std::max<size_t>(bytes, 1), kLine));
  if (data == nullptr) throw Failure{TF_RESOURCE_EXHAUSTED, "no memory for " + std::to_string(bytes) + " bytes"};
  return {static_cast<uint8_t*>(data), bytes, std::shared_ptr<void>(data, std::free)};
}

class Journey::Stage : public Call {
 public:
  Stage(std::shared_ptr<Journey> journey, Buffers inputs, Next next, int num_ranks)
      : journey_(std::move(journey)), inputs_(std::move(inputs)), next_(next), num_ranks_(num_ranks), results_(inputs_.size()) {
    for (const Buffer& input : inputs_) pieces.push_back({input.data, input.bytes});
  }

  void* AllocateOutput(size_t index) override {
    results_[index] = Buffer::OfSize(ResultBytes(index, num_ranks_));
    return results_[index].data;
  }
  void AdoptOutput(size_t index, void* data, std::shared_ptr<void> owner) override {
    results_[index] = {static_cast<uint8_t*>(data), ResultBytes(index, num_ranks_), std::move(owner)};
  }
  void ForwardInput(size_t index) override { results_[index] = inputs_[index]; }
  void Succeed() override {
    const auto journey = std::move(journey_);
    journey->Run([&] { (journey.get()->*next_)(std::move(results_)); });
  }
  void Fail(TF_Code, const std::string& message) override {
    const auto journey = std::move(journey_);
    journey->settle_(std::move(journey->call_), &message);
  }

 private:
  std::shared_ptr<Journey> journey_;
  Buffers inputs_;
  Next next_;
  int num_ranks_;
  Buffers results_;
};

Journey::Journey(const Routes& routes, std::unique_ptr<Call> call, Settle settle)
    : routes_(routes), call_(std::move(call)), settle_(std::move(settle)) {
  if (call_->kind != Kind::kAllReduce) return;
  const Arithmetic* arithmetic = FindArithmetic(call_->dtype, call_->reduction);
  if (arithmetic->lane_bytes != arithmetic->element_bytes) narrow_ = arithmetic;
}

void Journey::Begin() {
  Run([this] { GoUp(); });
}

// A step may end the journey, which then lives as long as its caller holds it.
void Journey::Run(const std::function<void()>& step) {
  try {
    step();
  } catch (const Failure& failure) {
    settle_(std::move(call_), &failure.message);
  }
}

Journey::Buffers Journey::Inputs() const {
  Buffers buffers;
  for (const Piece& piece : call_->pieces) {
    if (narrow_ == nullptr) {
      buffers.push_back({const_cast<uint8_t*>(piece.data), piece.bytes, nullptr});
      continue;
    }
    const size_t count = piece.bytes / narrow_->element_bytes;
    buffers.push_back(Buffer::OfSize(count * narrow_->lane_bytes));
    narrow_->load(buffers.back().data, piece.data, count);
  }
  return buffers;
}

void Journey::Send(Transport& transport, Kind kind, Buffers buffers, Next next, int root) {
  auto stage = std::make_unique<Stage>(shared_from_this(), std::move(buffers), next, transport.options().num_ranks);
  stage->kind = kind;
  stage->dtype = narrow_ == nullptr ? call_->dtype : TF_FLOAT;
  stage->root = root;
  stage->key = call_->key;
  stage->label = call_->label;
  stage->shapes_hash = call_->shapes_hash;
  stage->shapes_text = call_->shapes_text;
  if (kind == Kind::kAllReduce) {
    stage->reduction = call_->reduction;
    stage->ranks_in_mean = routes_.num_ranks();
    // The division comes last, when all hosts' sums are added.
    if (&transport == routes_.within && stage->reduction == Reduction::kMean) stage->reduction = Reduction::kSum;
  }
  transport.Submit(std::move(stage));
}

void Journey::GoUp() {
  if (routes_.within == nullptr || (call_->kind == Kind::kBroadcast && !HoldsRoot())) return GoAcross(Inputs());
  const int root = call_->kind == Kind::kBroadcast ? routes_.table.place_of[call_->root] : 0;
  Send(*routes_.within, call_->kind, Inputs(), &Journey::GoAcross, root);
}

void Journey::GoAcross(Buffers buffers) {
  if (!routes_.leads()) return GoDown(std::move(buffers));
  if (call_->kind == Kind::kAllGather) return CrossRows(std::move(buffers));
  const int root = call_->kind == Kind::kBroadcast ? routes_.table.host_of[call_->root] : 0;
  Send(*routes_.across, call_->kind, std::move(buffers), &Journey::GoDown, root);
}

// A gather wants as much of every host, so hosts with fewer ranks fill up.
void Journey::CrossRows(Buffers buffers) {
  Buffers padded;
  for (size_t piece = 0; piece < buffers.size(); ++piece) {
    padded.push_back(Buffer::OfSize(call_->pieces[piece].bytes * routes_.table.LargestHost()));
    Buffer& to = padded.back();
    if (to.bytes == 0) continue;
    std::memset(to.data, 0, to.bytes);
    std::memcpy(to.data, buffers[piece].data, buffers[piece].bytes);
  }
  Send(*routes_.across, Kind::kAllGather, std::move(padded), &Journey::SortRows);
}

void Journey::SortRows(Buffers buffers) {
  const HostTable& table = routes_.table;
  Buffers sorted;
  for (size_t piece = 0; piece < buffers.size(); ++piece) {
    const size_t bytes = call_->pieces[piece].bytes;
    sorted.push_back(Buffer::OfSize(bytes * routes_.num_ranks()));
    for (int rank = 0; bytes > 0 && rank < routes_.num_ranks(); ++rank) {
      const size_t row = table.host_of[rank] * table.LargestHost() + table.place_of[rank];
      std::memcpy(sorted.back().data + rank * bytes, buffers[piece].data + row * bytes, bytes);
    }
  }
  GoDown(std::move(sorted));
}

void Journey::GoDown(Buffers buffers) {
  if (routes_.within == nullptr || HoldsRoot()) return Deliver(std::move(buffers));
  if (!routes_.leads()) {
    // Only their sizes count where the leader's values come to.
    const bool rows = call_->kind == Kind::kAllGather;
    for (size_t piece = 0; piece < buffers.size(); ++piece) {
      const size_t bytes = call_->pieces[piece].bytes;
      if (rows) buffers[piece] = {nullptr, bytes * routes_.num_ranks(), nullptr};
    }
  }
  Send(*routes_.within, Kind::kBroadcast, std::move(buffers), &Journey::Deliver);
}

void Journey::Deliver(Buffers buffers) {
  for (size_t piece = 0; piece < buffers.size(); ++piece) {
    Buffer& buffer = buffers[piece];
    if (narrow_ != nullptr) {
      void* out = call_->AllocateOutput(piece);
      narrow_->store(out, buffer.data, buffer.bytes / narrow_->lane_bytes);
    } else if (buffer.owner == nullptr) {
      call_->ForwardInput(piece);
    } else {
      call_->AdoptOutput(piece, buffer.data, std::move(buffer.owner));
    }
  }
  settle_(std::move(call_), nullptr);
}

}  // namespace kiln::collectives::hosts
