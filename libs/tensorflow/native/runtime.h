// The addon's one state: TensorFlow's context, the tables of ids and the execution threads.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "executor.h"
#include "graph.h"
#include "id-table.h"

namespace kiln {

struct Session;

struct Runtime {
  TFE_Context* context = nullptr;
  IdTable<HandlePtr> tensors{"tensor"};
  IdTable<std::unique_ptr<Graph>> graphs{"graph"};
  IdTable<CancellationPtr> cancellations{"cancellation"};
  // Shared, as a run in flight holds its session.
  IdTable<std::shared_ptr<Session>> sessions{"session"};
  // How often each function was added: TensorFlow counts too, and drops it after as many removals.
  std::unordered_map<std::string, int> functions;
  Executor executor;

  // Never destroyed: execution threads may still be inside TensorFlow while the process exits.
  static Runtime& Get();
  TFE_Context* RequireContext() const;
};

// Every exported method has this signature; Export wraps it so that any failure becomes a TensorFlowError.
using Method = Napi::Value (*)(const Napi::CallbackInfo& info, Runtime& runtime);

template <Method method>
Napi::Value Guarded(const Napi::CallbackInfo& info) {
  Failure failure;
  try {
    return method(info, Runtime::Get());
  } catch (...) {
    failure = CurrentFailure();
  }
  throw Napi::Error(info.Env(), ToJsError(info.Env(), failure));
}

template <Method method>
void Export(Napi::Object exports, const char* name) {
  exports.Set(name, Napi::Function::New<Guarded<method>>(exports.Env(), name));
}

void ExportContext(Napi::Object exports);
void ExportTensors(Napi::Object exports);
void ExportOps(Napi::Object exports);
void ExportGraphs(Napi::Object exports);
void ExportFunctions(Napi::Object exports);
void ExportSessions(Napi::Object exports);
void ExportConstants(Napi::Object exports);

}  // namespace kiln
