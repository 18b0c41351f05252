// The methods of the addon that turn graphs into functions and register functions with the context.
#include "op-inputs.h"
#include "runtime.h"

namespace kiln {

namespace {

constexpr int64_t kMaxId = 9007199254740991;

Graph& ReadGraph(const Napi::CallbackInfo& info, Runtime& runtime) {
  return *runtime.graphs.Get(ReadInteger(info[0], "graph", 0, kMaxId));
}

Napi::Value ToBytes(Napi::Env env, const TF_Buffer* buffer) {
  Napi::Uint8Array bytes = Napi::Uint8Array::New(env, buffer->length);
  const auto* data = static_cast<const uint8_t*>(buffer->data);
  std::copy(data, data + buffer->length, bytes.Data());
  return bytes;
}

FunctionPtr ImportFunction(Napi::Value value) {
  const Bytes bytes = ReadBytes(value, "functionDef");
  Status status;
  FunctionPtr function(TF_FunctionImportFunctionDef(bytes.data, bytes.size, status.get()));
  status.Check("reading a FunctionDef");
  return function;
}

std::vector<TF_Output> ReadEdges(const Graph& graph, Napi::Value value, const std::string& what) {
  std::vector<TF_Output> edges;
  for (const int64_t edge : ReadIds(value, what)) edges.push_back(graph.Edge(edge));
  return edges;
}

std::vector<std::string> ReadNames(Napi::Value value, const std::string& what) {
  std::vector<std::string> names;
  const Napi::Array array = ReadArray(value, what);
  for (uint32_t i = 0; i < array.Length(); i++) {
    names.push_back(ReadString(array.Get(i), what + "[" + std::to_string(i) + "]"));
  }
  return names;
}

Napi::Value GraphToFunction(const Napi::CallbackInfo& info, Runtime& runtime) {
  Graph& graph = ReadGraph(info, runtime);
  const Napi::Object spec = ReadObject(info[1], "spec");
  const std::string name = ReadString(spec.Get("name"), "spec.name");
  const std::vector<TF_Output> inputs = ReadEdges(graph, spec.Get("inputs"), "inputs");
  const std::vector<TF_Output> outputs = ReadEdges(graph, spec.Get("outputs"), "outputs");
  std::vector<const char*> output_names;
  std::vector<std::string> names;
  if (!spec.Get("outputNames").IsUndefined()) {
    names = ReadNames(spec.Get("outputNames"), "outputNames");
    if (names.size() != outputs.size()) {
      FailInvalid("outputNames must have one name for each of the " + std::to_string(outputs.size()) +
                  " outputs, got " + std::to_string(names.size()));
    }
    for (const std::string& output : names) output_names.push_back(output.c_str());
  }
  std::vector<const TF_Operation*> controls;
  if (!spec.Get("controlOutputs").IsUndefined()) {
    for (const int64_t node : ReadIds(spec.Get("controlOutputs"), "controlOutputs")) {
      controls.push_back(graph.Node(node));
    }
  }
  Status status;
  const FunctionPtr function(TF_GraphToFunctionWithControlOutputs(
      graph.get(), name.c_str(), 0, -1, nullptr, static_cast<int>(inputs.size()), inputs.data(),
      static_cast<int>(outputs.size()), outputs.data(), names.empty() ? nullptr : output_names.data(),
      static_cast<int>(controls.size()), controls.data(), nullptr, nullptr, nullptr, status.get()));
  status.Check("function " + name);
  const BufferPtr buffer(TF_NewBuffer());
  TF_FunctionToFunctionDef(function.get(), buffer.get(), status.get());
  status.Check("function " + name);
  return ToBytes(info.Env(), buffer.get());
}

Napi::Value GraphToGraphDef(const Napi::CallbackInfo& info, Runtime& runtime) {
  Status status;
  const BufferPtr buffer(TF_NewBuffer());
  TF_GraphToGraphDef(ReadGraph(info, runtime).get(), buffer.get(), status.get());
  status.Check("writing a GraphDef");
  return ToBytes(info.Env(), buffer.get());
}

Napi::Value GraphCopyFunction(const Napi::CallbackInfo& info, Runtime& runtime) {
  Graph& graph = ReadGraph(info, runtime);
  const FunctionPtr function = ImportFunction(info[1]);
  Status status;
  TF_GraphCopyFunction(graph.get(), function.get(), nullptr, status.get());
  status.Check(std::string("function ") + TF_FunctionName(function.get()));
  return info.Env().Undefined();
}

Napi::Value AddFunction(const Napi::CallbackInfo& info, Runtime& runtime) {
  TFE_Context* context = runtime.RequireContext();
  const FunctionPtr function = ImportFunction(info[0]);
  const std::string name = TF_FunctionName(function.get());
  Status status;
  TFE_ContextAddFunction(context, function.get(), status.get());
  status.Check("function " + name);
  runtime.functions[name]++;
  return info.Env().Undefined();
}

Napi::Value RemoveFunction(const Napi::CallbackInfo& info, Runtime& runtime) {
  TFE_Context* context = runtime.RequireContext();
  const std::string name = ReadString(info[0], "name");
  const auto found = runtime.functions.find(name);
  if (found == runtime.functions.end()) FailMissing("function " + name + " is not registered");
  Status status;
  TFE_ContextRemoveFunction(context, name.c_str(), status.get());
  status.Check("function " + name);
  if (--found->second == 0) runtime.functions.erase(found);
  return info.Env().Undefined();
}

Napi::Value OpDef(const Napi::CallbackInfo& info, Runtime&) {
  const BufferPtr buffer = ReadOpDef(ReadString(info[0], "op"));
  return buffer == nullptr ? info.Env().Null() : ToBytes(info.Env(), buffer.get());
}

Napi::Value OpList(const Napi::CallbackInfo& info, Runtime&) {
  const BufferPtr buffer(TF_GetAllOpList());
  return ToBytes(info.Env(), buffer.get());
}

}  // namespace

void ExportFunctions(Napi::Object exports) {
  Export<GraphToFunction>(exports, "graphToFunction");
  Export<GraphToGraphDef>(exports, "graphToGraphDef");
  Export<GraphCopyFunction>(exports, "graphCopyFunction");
  Export<AddFunction>(exports, "addFunction");
  Export<RemoveFunction>(exports, "removeFunction");
  Export<OpDef>(exports, "opDef");
  Export<OpList>(exports, "opList");
}

}  // namespace kiln
