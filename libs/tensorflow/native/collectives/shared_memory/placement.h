// Decides in which blocks a call moves and how much of the heap it wants.
#pragma once

#include "flat.h"
#include "layout.h"

namespace kiln::collectives {

struct PlacementLimits {
  int num_ranks;
  // Ranks have a core each, so that waiting for a short block costs no context switch.
  bool core_each;
  size_t window_bytes;
};

// `lane_bytes` is what one element takes in the region; `adopt` asks for results that stay there.
Placement PlanPlacement(const Call& call, const Flat& flat, size_t lane_bytes, bool adopt,
                        const PlacementLimits& limits);
// Where result `piece` of an all-gather begins in a region that keeps results.
size_t GatheredStart(const Flat& flat, int num_ranks, size_t piece);

}  // namespace kiln::collectives
