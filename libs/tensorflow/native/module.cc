// The addon's entry: refuses a second load, then exports constants and methods.
#include <atomic>

#include "runtime.h"
#include "updates/updates.h"

#if __has_include("collectives/collectives.h")
#include "collectives/collectives.h"
#define KILN_COLLECTIVES 1
#endif

namespace kiln {

void ExportConstants(Napi::Object exports) {
  const auto set = [&](const char* name, int value) { exports.Set(name, Napi::Number::New(exports.Env(), value)); };
  set("TF_FLOAT", TF_FLOAT);
  set("TF_INT32", TF_INT32);
  set("TF_INT64", TF_INT64);
  set("TF_BOOL", TF_BOOL);
  set("TF_COMPLEX64", TF_COMPLEX64);
  set("TF_STRING", TF_STRING);
  set("TF_RESOURCE", TF_RESOURCE);
  set("TF_UINT8", TF_UINT8);
  set("TF_ATTR_STRING", TF_ATTR_STRING);
  set("TF_ATTR_INT", TF_ATTR_INT);
  set("TF_ATTR_FLOAT", TF_ATTR_FLOAT);
  set("TF_ATTR_BOOL", TF_ATTR_BOOL);
  set("TF_ATTR_TYPE", TF_ATTR_TYPE);
  set("TF_ATTR_SHAPE", TF_ATTR_SHAPE);
  // tfjs's types name it, though no attribute has such a kind.
  set("TF_ATTR_RESOURCE", TF_RESOURCE);
  exports.Set("TF_Version", Napi::String::New(exports.Env(), TF_Version()));
}

namespace {

// TensorFlow's context and the ids belong to the process, so only one JavaScript environment may use them.
std::atomic<bool> loaded{false};

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  if (loaded.exchange(true)) {
    throw Napi::Error::New(
        env, "[tensorflow] the addon is already loaded in this process; use TensorFlow in one thread only");
  }
  try {
    Runtime::Get().executor.Start(env);
    ExportConstants(exports);
    ExportContext(exports);
    ExportTensors(exports);
    ExportOps(exports);
    ExportGraphs(exports);
    ExportFunctions(exports);
    ExportSessions(exports);
    RegisterUpdates();
#ifdef KILN_COLLECTIVES
    RegisterCollectives(env, exports);
#endif
  } catch (const Failure& failure) {
    throw Napi::Error::New(env, "[tensorflow] " + failure.message);
  }
  return exports;
}

}  // namespace

}  // namespace kiln

static Napi::Object InitAddon(Napi::Env env, Napi::Object exports) { return kiln::Init(env, exports); }
NODE_API_MODULE(kiln, InitAddon)
