#include "transport.h"

namespace kiln::collectives {

const char* NameOf(Kind kind) {
  switch (kind) {
    case Kind::kAllReduce:
      return "all-reduce";
    case Kind::kBroadcast:
      return "broadcast";
    case Kind::kAllGather:
      return "all-gather";
  }
  return "unknown collective";
}

const char* NameOf(Reduction reduction) {
  switch (reduction) {
    case Reduction::kNone:
      return "";
    case Reduction::kSum:
      return "sum";
    case Reduction::kMean:
      return "mean";
    case Reduction::kMax:
      return "max";
  }
  return "unknown reduction";
}

std::string Name(const Call& call) { return std::string(NameOf(call.kind)) + " '" + call.label + "'"; }

std::string Subject(const Call& call, const GroupOptions& group) {
  return "[collective] " + Name(call) + " on rank " + std::to_string(group.NumberOf(group.rank)) + " of generation " + std::to_string(group.generation);
}

std::string JoinNextGeneration() { return "the group is closed, join a new generation to go on"; }

}  // namespace kiln::collectives
