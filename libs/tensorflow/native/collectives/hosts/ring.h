// The schedule of the ring, without data: where a chunk goes and what happens to it there. Rank r sends to rank r + 1
// only. A chunk starts at its origin; after `hop` hops it is at rank origin + hop.
//
// All-reduce: the row of elements is cut into one segment for each rank, and segment s starts at rank s. Its sum is
// ((x[s] + x[s+1]) + ... ) + x[s-1], ranks counted around the ring, so it has the same bits on all ranks and in every
// rerun. Rank s - 1 has the whole sum after N - 1 hops, and it goes around once more to all who lack it. This is the
// bandwidth-optimal ring of Patarasuk and Yuan (2009): each rank sends 2 (N - 1) / N of the data.
// All-gather: every rank's part starts at that rank. Broadcast: everything starts at the root.
#pragma once

#include "../transport.h"

namespace kiln::collectives::hosts {

struct Hop {
  // The rank adds its own part to what came.
  bool adds = false;
  // With its part, the sum is whole.
  bool completes = false;
  // The rank stores what it now has as its result.
  bool keeps = false;
  // It goes on to the next rank.
  bool forwards = false;
  // The chunk is back at its origin, which may start another one.
  bool returns = false;
};

// What the rank does that a chunk reaches with its `hop`-th hop, from 1 to NumHops.
Hop HopAt(Kind kind, int num_ranks, int hop);
int NumHops(Kind kind, int num_ranks);

}  // namespace kiln::collectives::hosts
