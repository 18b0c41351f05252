// Adds operations to graphs; TensorFlow infers their types and shapes.
#include "graph.h"

#include <cctype>

#include "errors.h"

namespace kiln {

namespace {

// Null when the rank is unknown.
Napi::Value ShapeOf(Napi::Env env, TF_Graph* graph, TF_Output output) {
  Status status;
  const int rank = TF_GraphGetTensorNumDims(graph, output, status.get());
  status.Check("asking an edge's shape");
  if (rank < 0) return env.Null();
  std::vector<int64_t> dims(static_cast<size_t>(rank) + 1);
  TF_GraphGetTensorShape(graph, output, dims.data(), rank, status.get());
  status.Check("asking an edge's shape");
  const Napi::Array shape = Napi::Array::New(env, static_cast<size_t>(rank));
  for (int i = 0; i < rank; i++) {
    shape.Set(static_cast<uint32_t>(i), Napi::Number::New(env, static_cast<double>(dims[static_cast<size_t>(i)])));
  }
  return shape;
}

TF_Operation* NodeWithoutOutputs() {
  static TF_Operation* const node = [] {
    Status status;
    TF_OperationDescription* description = TF_NewOperation(TF_NewGraph(), "NoOp", "nothing");
    return TF_FinishOperation(description, status.get());
  }();
  return node;
}

// TensorFlow checks names only when it reads a graph back, which would be too late.
void CheckName(const std::string& name) {
  for (size_t i = 0; i < name.size(); i++) {
    const auto c = static_cast<unsigned char>(name[i]);
    if (std::isalnum(c) == 0 && c != '.' && (i == 0 || (c != '_' && c != '-' && c != '/'))) {
      FailInvalid("node name \"" + name + "\" must consist of letters, digits, dots and (not first) _, - and /");
    }
  }
  if (name.empty()) FailInvalid("a node must have a name");
}

}  // namespace

TF_Output Graph::Edge(int64_t index) const {
  if (index < 0 || static_cast<size_t>(index) >= edges_.size()) {
    FailMissing("edge " + std::to_string(index) + " does not exist; the graph has " + std::to_string(edges_.size()));
  }
  return edges_[static_cast<size_t>(index)];
}

TF_Operation* Graph::Node(int64_t index) const {
  if (index < 0 || static_cast<size_t>(index) >= nodes_.size()) {
    FailMissing("node " + std::to_string(index) + " does not exist; the graph has " + std::to_string(nodes_.size()));
  }
  return nodes_[static_cast<size_t>(index)];
}

Napi::Object Graph::Describe(Napi::Env env, TF_Operation* operation) {
  const Napi::Object node = Napi::Object::New(env);
  node.Set("node", Napi::Number::New(env, static_cast<double>(nodes_.size())));
  node.Set("name", Napi::String::New(env, TF_OperationName(operation)));
  nodes_.push_back(operation);
  const int count = TF_OperationNumOutputs(operation);
  const Napi::Array outputs = Napi::Array::New(env, static_cast<size_t>(count));
  for (int i = 0; i < count; i++) {
    const TF_Output output{operation, i};
    const Napi::Object edge = Napi::Object::New(env);
    edge.Set("edge", Napi::Number::New(env, static_cast<double>(edges_.size())));
    edge.Set("shape", ShapeOf(env, get(), output));
    edge.Set("dtype", Napi::Number::New(env, TF_OperationOutputType(output)));
    edges_.push_back(output);
    outputs.Set(static_cast<uint32_t>(i), edge);
  }
  node.Set("outputs", outputs);
  return node;
}

NodeBuilder::NodeBuilder(Graph& graph, const std::string& op, const std::string& name)
    : context_("node " + name + " (" + op + ")") {
  CheckName(name);
  description_ = TF_NewOperation(graph.get(), op.c_str(), name.c_str());
}

NodeBuilder::~NodeBuilder() {
  if (description_ == nullptr) return;
  // The C API can only finish a description, never drop it. An output that does not exist makes finishing fail.
  TF_AddInput(description_, TF_Output{NodeWithoutOutputs(), 0});
  Status ignored;
  TF_FinishOperation(description_, ignored.get());
}

void NodeBuilder::SetAttribute(const std::string& name, const std::string& proto) {
  Status status;
  TF_SetAttrValueProto(description_, name.c_str(), proto.data(), proto.size(), status.get());
  status.Check(context_ + ", attribute " + name);
}

void NodeBuilder::SetTensor(const char* name, TF_Tensor* tensor) {
  Status status;
  TF_SetAttrTensor(description_, name, tensor, status.get());
  status.Check(context_);
}

TF_Operation* NodeBuilder::Finish() {
  Status status;
  TF_OperationDescription* description = description_;
  description_ = nullptr;
  TF_Operation* operation = TF_FinishOperation(description, status.get());
  status.Check(context_);
  return operation;
}

}  // namespace kiln
