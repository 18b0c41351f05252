// The methods of the addon that run a graph in a session of TensorFlow's, which, unlike a function's call, can tell when
// each op ran and for how long.
#include <string>

#include "op-inputs.h"
#include "runtime.h"
#include "tensors.h"

namespace kiln {

namespace {

constexpr int64_t kMaxId = 9007199254740991;

using SessionOptionsPtr = std::unique_ptr<TF_SessionOptions, Deleter<TF_DeleteSessionOptions>>;
using ImportOptionsPtr = std::unique_ptr<TF_ImportGraphDefOptions, Deleter<TF_DeleteImportGraphDefOptions>>;

TF_Operation* FindNode(TF_Graph* graph, const std::string& name) {
  TF_Operation* node = TF_GraphOperationByName(graph, name.c_str());
  if (node == nullptr) FailMissing("the session's graph has no node " + name);
  return node;
}

std::vector<std::string> ReadNames(Napi::Value value, const std::string& what) {
  std::vector<std::string> names;
  const Napi::Array array = ReadArray(value, what);
  for (uint32_t i = 0; i < array.Length(); i++) {
    names.push_back(ReadString(array.Get(i), what + "[" + std::to_string(i) + "]"));
  }
  return names;
}

// "node:2" or "node".
TF_Output FindEdge(TF_Graph* graph, const std::string& text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string::npos) return {FindNode(graph, text), 0};
  const std::string digits = text.substr(colon + 1);
  if (digits.empty() || digits.size() > 6 || digits.find_first_not_of("0123456789") != std::string::npos) {
    FailInvalid("an output of the session must be node or node:number, got " + text);
  }
  const TF_Output edge{FindNode(graph, text.substr(0, colon)), std::stoi(digits)};
  if (edge.index >= TF_OperationNumOutputs(edge.oper)) FailMissing("the session's graph has no output " + text);
  return edge;
}

}  // namespace

struct Session {
  GraphPtr graph{TF_NewGraph()};
  TF_Session* session = nullptr;
  std::vector<TF_Output> inputs;
  std::vector<TF_Output> outputs;
  std::vector<TF_Operation*> targets;

  ~Session() {
    if (session == nullptr) return;
    Status ignored;
    TF_CloseSession(session, ignored.get());
    TF_DeleteSession(session, ignored.get());
  }
};

namespace {

Napi::Value NewSession(const Napi::CallbackInfo& info, Runtime& runtime) {
  runtime.RequireContext();
  const Napi::Object spec = ReadObject(info[0], "spec");
  const Bytes def = ReadBytes(spec.Get("graphDef"), "spec.graphDef");
  const Bytes config = ReadBytes(spec.Get("config"), "spec.config");
  auto session = std::make_shared<Session>();
  Status status;
  const BufferPtr buffer(TF_NewBufferFromString(def.data, def.size));
  const ImportOptionsPtr import_options(TF_NewImportGraphDefOptions());
  TF_GraphImportGraphDef(session->graph.get(), buffer.get(), import_options.get(), status.get());
  status.Check("reading the session's GraphDef");
  TF_Graph* graph = session->graph.get();
  for (const std::string& name : ReadNames(spec.Get("inputs"), "inputs")) {
    session->inputs.push_back({FindNode(graph, name), 0});
  }
  for (const std::string& name : ReadNames(spec.Get("outputs"), "outputs")) {
    session->outputs.push_back(FindEdge(graph, name));
  }
  for (const std::string& name : ReadNames(spec.Get("targets"), "targets")) {
    session->targets.push_back(FindNode(graph, name));
  }
  const SessionOptionsPtr options(TF_NewSessionOptions());
  TF_SetConfig(options.get(), config.data, config.size, status.get());
  status.Check("reading the session's ConfigProto");
  session->session = TF_NewSession(graph, options.get(), status.get());
  status.Check("creating the session");
  return Napi::Number::New(info.Env(), static_cast<double>(runtime.sessions.Add(std::move(session))));
}

Napi::Value DeleteSession(const Napi::CallbackInfo& info, Runtime& runtime) {
  runtime.sessions.Remove(ReadInteger(info[0], "session", 0, kMaxId));
  return info.Env().Undefined();
}

class SessionTask : public Task {
 public:
  SessionTask(Napi::Env env, std::shared_ptr<Session> session, std::vector<HandlePtr> inputs, uint8_t trace_level)
      : Task(env), session_(std::move(session)), inputs_(std::move(inputs)), trace_level_(trace_level) {}

  void Run() override {
    Status status;
    std::vector<TensorPtr> owned;
    std::vector<TF_Tensor*> given;
    for (const HandlePtr& handle : inputs_) {
      owned.emplace_back(TFE_TensorHandleResolve(handle.get(), status.get()));
      status.Check("input " + std::to_string(given.size()));
      given.push_back(owned.back().get());
    }
    // A RunOptions with its first field, the level of tracing.
    const uint8_t options[] = {0x08, trace_level_};
    const BufferPtr run_options(TF_NewBufferFromString(options, sizeof options));
    metadata_.reset(TF_NewBuffer());
    const std::vector<TF_Output>& outputs = session_->outputs;
    std::vector<TF_Tensor*> results(outputs.size(), nullptr);
    TF_SessionRun(session_->session, run_options.get(), session_->inputs.data(), given.data(),
                  static_cast<int>(given.size()), outputs.data(), results.data(), static_cast<int>(outputs.size()),
                  session_->targets.data(), static_cast<int>(session_->targets.size()), metadata_.get(), status.get());
    std::vector<TensorPtr> made;
    for (TF_Tensor* tensor : results) made.emplace_back(tensor);
    inputs_.clear();
    status.Check();
    for (const TensorPtr& tensor : made) results_.push_back(MakeHandle(tensor.get()));
  }

  Napi::Value Finish(Napi::Env env, Runtime& runtime) override {
    const Napi::Array outputs = Napi::Array::New(env, results_.size());
    for (size_t i = 0; i < results_.size(); i++) {
      TFE_TensorHandle* handle = results_[i].get();
      const int64_t id = runtime.tensors.Add(std::move(results_[i]));
      outputs.Set(static_cast<uint32_t>(i), DescribeTensor(env, id, handle));
    }
    Napi::Uint8Array metadata = Napi::Uint8Array::New(env, metadata_->length);
    const auto* bytes = static_cast<const uint8_t*>(metadata_->data);
    std::copy(bytes, bytes + metadata_->length, metadata.Data());
    const Napi::Object result = Napi::Object::New(env);
    result.Set("outputs", outputs);
    result.Set("runMetadata", metadata);
    return result;
  }

 private:
  std::shared_ptr<Session> session_;
  std::vector<HandlePtr> inputs_;
  uint8_t trace_level_;
  BufferPtr metadata_;
  std::vector<HandlePtr> results_;
};

Napi::Value RunSession(const Napi::CallbackInfo& info, Runtime& runtime) {
  const std::shared_ptr<Session>& session = runtime.sessions.Get(ReadInteger(info[0], "session", 0, kMaxId));
  std::vector<HandlePtr> inputs;
  for (const int64_t id : ReadIds(info[1], "inputs")) inputs.push_back(runtime.tensors.Get(id));
  if (inputs.size() != session->inputs.size()) {
    FailInvalid("the session takes " + std::to_string(session->inputs.size()) + " inputs, got " +
                std::to_string(inputs.size()));
  }
  const auto level = static_cast<uint8_t>(ReadInteger(info[2], "traceLevel", 0, 3));
  return runtime.executor.Submit(Lane::kCompute,
                                 std::make_unique<SessionTask>(info.Env(), session, std::move(inputs), level));
}

}  // namespace

void ExportSessions(Napi::Object exports) {
  Export<NewSession>(exports, "newSession");
  Export<RunSession>(exports, "runSession");
  Export<DeleteSession>(exports, "deleteSession");
}

}  // namespace kiln
