// How the ranks of a generation find each other: rank 0 makes the segment, the others open it, and when all have
// joined its name is removed, so that nothing is left behind however the processes end.
#pragma once

#include <atomic>
#include <memory>

#include "segment.h"
#include "../transport.h"

namespace kiln::collectives {

// Blocks until all ranks have joined. Throws a Failure, on every rank that has joined, when one does not come.
std::shared_ptr<Segment> FormGroup(const GroupOptions& options, const std::atomic<bool>& stop);

// Records the group's first failure and returns it: `cause`, or what another rank recorded before.
std::string RecordFailure(Segment& segment, const std::string& cause);

}  // namespace kiln::collectives
