// Publishes what a call is, and says in words how two ranks' calls of one key differ.
#pragma once

#include <optional>
#include <string>

#include "../transport.h"
#include "segment.h"

namespace kiln::collectives {

Descriptor Describe(const Call& call);
std::string Summary(const Descriptor& descriptor);
bool SameCall(const Descriptor& a, const Descriptor& b);
// Empty when both ranks call the same.
std::optional<std::string> FindMismatch(const Segment& segment, Slot* slot, int rank, int other);

}  // namespace kiln::collectives
