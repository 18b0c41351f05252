// The group that this process is in: the kernels find it here when they run, so a compiled function outlives the group
// that it was traced in and serves the next one.
#pragma once

#include <memory>

#include "transport.h"

namespace kiln::collectives {

// Null when there is none.
std::shared_ptr<Transport> CurrentGroup();
void SetCurrentGroup(std::shared_ptr<Transport> group);
// Only if `group` is still the current one.
void ForgetGroup(const Transport* group);

}  // namespace kiln::collectives
