#include "ring.h"

namespace kiln::collectives::hosts {

// Gathered and broadcast data end one rank before their origin and come back to it as a note without data.
int NumHops(Kind kind, int num_ranks) { return kind == Kind::kAllReduce ? 2 * num_ranks - 2 : num_ranks; }

Hop HopAt(Kind kind, int num_ranks, int hop) {
  Hop result;
  if (kind == Kind::kAllReduce) {
    result.adds = hop < num_ranks;
    result.completes = hop == num_ranks - 1;
    result.keeps = hop >= num_ranks - 1;
  } else {
    result.keeps = hop < num_ranks;
  }
  result.forwards = hop < NumHops(kind, num_ranks);
  result.returns = hop == num_ranks;
  return result;
}

}  // namespace kiln::collectives::hosts
