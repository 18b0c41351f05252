// What an op's definition says about its inputs: TensorFlow reads past the end of the definition when given too many.
#pragma once

#include <string>
#include <vector>

#include "handles.h"

namespace kiln {

// Serialised OpDef; null when no op has that name.
BufferPtr ReadOpDef(const std::string& op);

// For each input argument of an op, whether it is a list. Null for a function, which TensorFlow checks itself.
const std::vector<bool>* InputLists(const std::string& op);

}  // namespace kiln
