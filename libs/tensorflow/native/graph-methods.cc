// The methods of the addon that build graphs: constants, placeholders, ops and constant folding.
#include "op-inputs.h"
#include "runtime.h"
#include "tensors.h"

namespace kiln {

namespace {

constexpr int64_t kMaxId = 9007199254740991;

Graph& ReadGraph(const Napi::CallbackInfo& info, Runtime& runtime) {
  return *runtime.graphs.Get(ReadInteger(info[0], "graph", 0, kMaxId));
}

Napi::Value NewGraph(const Napi::CallbackInfo& info, Runtime& runtime) {
  return Napi::Number::New(info.Env(), static_cast<double>(runtime.graphs.Add(std::make_unique<Graph>())));
}

Napi::Value DeleteGraph(const Napi::CallbackInfo& info, Runtime& runtime) {
  runtime.graphs.Remove(ReadInteger(info[0], "graph", 0, kMaxId));
  return info.Env().Undefined();
}

Napi::Value GraphConstant(const Napi::CallbackInfo& info, Runtime& runtime) {
  Graph& graph = ReadGraph(info, runtime);
  const std::string name = ReadString(info[1], "name");
  const TensorPtr tensor =
      MakeTensor(ReadShape(info[2], "shape", false), ReadDataType(info[3], "dtype"), info[4]);
  NodeBuilder builder(graph, "Const", name);
  builder.SetTensor("value", tensor.get());
  TF_SetAttrType(builder.get(), "dtype", TF_TensorType(tensor.get()));
  return graph.Describe(info.Env(), builder.Finish());
}

Napi::Value GraphPlaceholder(const Napi::CallbackInfo& info, Runtime& runtime) {
  Graph& graph = ReadGraph(info, runtime);
  const std::string name = ReadString(info[1], "name");
  const bool known = !info[2].IsNull();
  const std::vector<int64_t> shape = known ? ReadShape(info[2], "shape", true) : std::vector<int64_t>();
  const TF_DataType dtype = ReadDataType(info[3], "dtype");
  NodeBuilder builder(graph, "Placeholder", name);
  TF_SetAttrType(builder.get(), "dtype", dtype);
  TF_SetAttrShape(builder.get(), "shape", shape.data(), known ? static_cast<int>(shape.size()) : -1);
  return graph.Describe(info.Env(), builder.Finish());
}

// One op argument: a single edge, or the edges of a list.
struct Argument {
  bool list;
  std::vector<TF_Output> edges;
};

std::vector<Argument> ReadArguments(const Graph& graph, Napi::Value value) {
  std::vector<Argument> arguments;
  const Napi::Array array = ReadArray(value, "inputs");
  for (uint32_t i = 0; i < array.Length(); i++) {
    const Napi::Value item = array.Get(i);
    const std::string what = "inputs[" + std::to_string(i) + "]";
    Argument argument{item.IsArray(), {}};
    if (argument.list) {
      for (const int64_t edge : ReadIds(item, what)) argument.edges.push_back(graph.Edge(edge));
    } else {
      argument.edges.push_back(graph.Edge(ReadInteger(item, what, 0, kMaxId)));
    }
    arguments.push_back(std::move(argument));
  }
  return arguments;
}

// Whether the op has the attribute. Like in eager execution, a typed one that it lacks is passed over (tfjs's kernels
// give some that their op has lost since), a serialised one is an error; TensorFlow would only log it.
bool Applies(const Runtime& runtime, const std::string& op, const Attribute& attribute) {
  if (runtime.context == nullptr || attribute.name[0] == '_' || InputLists(op) == nullptr) return true;
  Status known;
  unsigned char is_list = 0;
  TFE_OpNameGetAttrType(runtime.context, op.c_str(), attribute.name.c_str(), &is_list, known.get());
  if (!known.ok() && !attribute.typed) FailInvalid(op + " has no attribute " + attribute.name);
  return known.ok();
}

Napi::Value GraphOp(const Napi::CallbackInfo& info, Runtime& runtime) {
  Graph& graph = ReadGraph(info, runtime);
  const Napi::Object spec = ReadObject(info[1], "op");
  const std::string op = ReadString(spec.Get("op"), "op.op");
  const std::string name = ReadString(spec.Get("name"), "op.name");
  const std::vector<Argument> arguments = ReadArguments(graph, spec.Get("inputs"));
  const std::vector<Attribute> attributes = ReadAttributes(spec.Get("attrs"));
  const Napi::Value device_value = spec.Get("device");
  const std::string device = device_value.IsUndefined() ? "" : ReadString(device_value, "op.device");
  const Napi::Value controls_value = spec.Get("controls");
  std::vector<TF_Operation*> controls;
  if (!controls_value.IsUndefined()) {
    for (const int64_t node : ReadIds(controls_value, "controls")) controls.push_back(graph.Node(node));
  }

  NodeBuilder builder(graph, op, name);
  if (!device.empty()) TF_SetDevice(builder.get(), device.c_str());
  for (const Argument& argument : arguments) {
    if (argument.list) {
      TF_AddInputList(builder.get(), argument.edges.data(), static_cast<int>(argument.edges.size()));
    } else {
      TF_AddInput(builder.get(), argument.edges[0]);
    }
  }
  for (TF_Operation* control : controls) TF_AddControlInput(builder.get(), control);
  for (const Attribute& attribute : attributes) {
    if (Applies(runtime, op, attribute)) builder.SetAttribute(attribute.name, attribute.proto);
  }
  return graph.Describe(info.Env(), builder.Finish());
}

Napi::Value GraphTryEvaluate(const Napi::CallbackInfo& info, Runtime& runtime) {
  Graph& graph = ReadGraph(info, runtime);
  const TF_Output output = graph.Edge(ReadInteger(info[1], "edge", 0, kMaxId));
  Status status;
  TF_Tensor* result = nullptr;
  const bool folded = TF_TryEvaluateConstant(graph.get(), output, &result, status.get()) != 0;
  const TensorPtr tensor(result);
  status.Check("evaluating a constant");
  if (!folded) return info.Env().Null();
  return Napi::Number::New(info.Env(), static_cast<double>(runtime.tensors.Add(MakeHandle(tensor.get()))));
}

}  // namespace

void ExportGraphs(Napi::Object exports) {
  Export<NewGraph>(exports, "newGraph");
  Export<DeleteGraph>(exports, "deleteGraph");
  Export<GraphConstant>(exports, "graphConstant");
  Export<GraphPlaceholder>(exports, "graphPlaceholder");
  Export<GraphOp>(exports, "graphOp");
  Export<GraphTryEvaluate>(exports, "graphTryEvaluate");
}

}  // namespace kiln
