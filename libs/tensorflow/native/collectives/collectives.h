// The collectives' part of the addon.
#pragma once

#include <napi.h>

namespace kiln {

// Registers the ops with TensorFlow and exports `collectivesJoin`, `collectivesLeave`, `collectivesAbort` and
// `collectivesStatus`. Throws a Failure.
void RegisterCollectives(Napi::Env env, Napi::Object exports);

}  // namespace kiln
