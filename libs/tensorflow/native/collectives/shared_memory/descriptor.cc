#include "descriptor.h"

#include <algorithm>
#include <cstring>

#include "../hash.h"
#include "liveness.h"

namespace kiln::collectives {
namespace {

template <size_t Size>
void CopyText(char (&to)[Size], const std::string& from) {
  size_t length = std::min(from.size(), Size - 1);
  std::memcpy(to, from.data(), length);
  std::memset(to + length, 0, Size - length);
}

}  // namespace

Descriptor Describe(const Call& call) {
  Descriptor descriptor{};
  descriptor.kind = static_cast<uint32_t>(call.kind);
  descriptor.reduction = static_cast<uint32_t>(call.reduction);
  descriptor.dtype = static_cast<uint32_t>(call.dtype);
  descriptor.root = static_cast<uint32_t>(call.root);
  for (const Piece& piece : call.pieces) descriptor.bytes += piece.bytes;
  descriptor.label_hash = Hash(call.label);
  descriptor.shapes_hash = call.shapes_hash;
  CopyText(descriptor.label, call.label);
  CopyText(descriptor.shapes, call.shapes_text);
  return descriptor;
}

std::string Summary(const Descriptor& descriptor) {
  Kind kind = static_cast<Kind>(descriptor.kind);
  std::string text = NameOf(kind);
  if (kind == Kind::kAllReduce) text += std::string(" ") + NameOf(static_cast<Reduction>(descriptor.reduction));
  if (kind == Kind::kBroadcast) text += " from rank " + std::to_string(descriptor.root);
  return text + " '" + descriptor.label + "' of " + descriptor.shapes + " (" + std::to_string(descriptor.bytes) +
         " bytes)";
}

bool SameCall(const Descriptor& a, const Descriptor& b) {
  return a.kind == b.kind && a.reduction == b.reduction && a.dtype == b.dtype && a.root == b.root &&
         a.bytes == b.bytes && a.label_hash == b.label_hash && a.shapes_hash == b.shapes_hash;
}

std::optional<std::string> FindMismatch(const Segment& segment, Slot* slot, int rank, int other) {
  const Descriptor& a = segment.Side(slot, std::min(rank, other)).descriptor;
  const Descriptor& b = segment.Side(slot, std::max(rank, other)).descriptor;
  if (SameCall(a, b)) return std::nullopt;
  return "the ranks' calls differ: " + NameRank(segment, std::min(rank, other)) + " called " + Summary(a) + ", " +
         NameRank(segment, std::max(rank, other)) + " called " + Summary(b);
}

}  // namespace kiln::collectives
