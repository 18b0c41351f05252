// A TensorFlow graph under construction, with the nodes and edges that JavaScript knows by index.
#pragma once

#include <napi.h>

#include <string>
#include <vector>

#include "arguments.h"
#include "attributes.h"
#include "handles.h"

namespace kiln {

class Graph {
 public:
  Graph() : graph_(TF_NewGraph()) {}
  TF_Graph* get() const { return graph_.get(); }

  TF_Output Edge(int64_t index) const;
  TF_Operation* Node(int64_t index) const;

  // Registers a new operation's outputs and describes them: a GraphNode of native.ts.
  Napi::Object Describe(Napi::Env env, TF_Operation* operation);

 private:
  GraphPtr graph_;
  std::vector<TF_Output> edges_;
  std::vector<TF_Operation*> nodes_;
};

// An operation being added. It leaves no node behind unless Finish succeeded.
class NodeBuilder {
 public:
  NodeBuilder(Graph& graph, const std::string& op, const std::string& name);
  ~NodeBuilder();
  NodeBuilder(const NodeBuilder&) = delete;
  NodeBuilder& operator=(const NodeBuilder&) = delete;

  TF_OperationDescription* get() const { return description_; }
  void SetAttribute(const std::string& name, const std::string& proto);
  void SetTensor(const char* name, TF_Tensor* tensor);
  TF_Operation* Finish();

 private:
  std::string context_;
  TF_OperationDescription* description_ = nullptr;
};

}  // namespace kiln
