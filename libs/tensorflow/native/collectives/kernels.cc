#include "kernels.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "../errors.h"
#include "arithmetic.h"
#include "definitions.h"
#include "group.h"
#include "hash.h"
#include "tensorflow_call.h"

namespace kiln::collectives {
namespace {

// What a node says about its calls.
struct Node {
  Kind kind = Kind::kAllReduce;
  Reduction reduction = Reduction::kNone;
  int root = 0;
  int rank = 0;
  std::string label;
  uint64_t key = 0;
};

std::string ReadText(TF_OpKernelConstruction* construction, const char* name) {
  Status status;
  int32_t list_size = 0;
  int32_t length = 0;
  TF_OpKernelConstruction_GetAttrSize(construction, name, &list_size, &length, status.get());
  status.Check(name);
  std::string text(static_cast<size_t>(length), '\0');
  if (length == 0) return text;
  TF_OpKernelConstruction_GetAttrString(construction, name, text.data(), text.size(), status.get());
  status.Check(name);
  return text;
}

int ReadNumber(TF_OpKernelConstruction* construction, const char* name) {
  Status status;
  int32_t value = 0;
  TF_OpKernelConstruction_GetAttrInt32(construction, name, &value, status.get());
  status.Check(name);
  return value;
}

Reduction ReadReduction(TF_OpKernelConstruction* construction) {
  const std::string name = ReadText(construction, "reduction");
  const Reduction reduction = name == "sum" ? Reduction::kSum : name == "mean" ? Reduction::kMean : Reduction::kMax;
  Status status;
  TF_DataType dtype = TF_FLOAT;
  TF_OpKernelConstruction_GetAttrType(construction, "T", &dtype, status.get());
  status.Check("T");
  if (FindArithmetic(dtype, reduction) == nullptr) {
    FailInvalid("[collective] a mean of integers is not defined; all-reduce the sum, or cast to float32 first");
  }
  return reduction;
}

template <Kind kind>
void* CreateNode(TF_OpKernelConstruction* construction) {
  try {
    auto node = std::make_unique<Node>();
    node->kind = kind;
    if (kind == Kind::kAllReduce) node->reduction = ReadReduction(construction);
    if (kind == Kind::kBroadcast) node->root = ReadNumber(construction, "root");
    if (kind == Kind::kAllGather) node->rank = ReadNumber(construction, "rank");
    node->label = ReadText(construction, "label");
    const std::string key = ReadText(construction, "key");
    if (!key.empty()) {
      node->key = Hash(key);
    } else {
      // Unlike the function's name, the node's is the same on all ranks even when one has traced more functions.
      const TF_StringView view = TF_OpKernelConstruction_GetName(construction);
      const std::string name(view.data, view.len);
      const size_t scope = name.rfind('/');
      if (scope != std::string::npos) node->label = name.substr(0, scope + 1) + node->label;
      node->key = Hash("node " + name);
    }
    // An empty slot of the shared table has key 0.
    if (node->key == 0) node->key = 1;
    return node.release();
  } catch (const Failure& failure) {
    Status status;
    TF_SetStatus(status.get(), failure.code, failure.message.c_str());
    TF_OpKernelConstruction_Failure(construction, status.get());
    return nullptr;
  }
}

void DeleteNode(void* node) { delete static_cast<Node*>(node); }

std::string Name(const Node& node) { return std::string("[collective] ") + NameOf(node.kind) + " '" + node.label + "': "; }

void CheckGather(const Node& node, const TensorFlowCall& call, TF_OpKernelContext* context,
                 const GroupOptions& group) {
  const int last = TF_NumInputs(context) - 1;
  Status status;
  TF_Tensor* members = nullptr;
  TF_GetInput(context, last, &members, status.get());
  status.Check("members");
  TensorPtr owner(members);
  const int64_t traced_for = TF_NumDims(members) == 1 ? TF_Dim(members, 0) : -1;
  if (traced_for != group.num_ranks || node.rank != group.rank) {
    throw Failure{TF_FAILED_PRECONDITION, Name(node) + "it was made for rank " + std::to_string(node.rank) + " of " +
                                              std::to_string(traced_for) + ", this is rank " +
                                              std::to_string(group.rank) + " of " + std::to_string(group.num_ranks) +
                                              "; compile the step again after the group has changed"};
  }
  for (int i = 0; i < last; ++i) {
    if (call.shape(i).empty()) throw Failure{TF_INVALID_ARGUMENT, Name(node) + "a scalar has no first dimension"};
  }
}

void Compute(void* kernel, TF_OpKernelContext* context, TF_AsyncOpKernelDoneCallback* done) {
  const Node& node = *static_cast<const Node*>(kernel);
  // TensorFlow passes the address of its own std::function, a local of the caller.
  auto call = std::make_unique<TensorFlowCall>(context, *reinterpret_cast<std::function<void()>*>(done));
  call->kind = node.kind;
  try {
    call->ReadInputs(TF_NumInputs(context) - (node.kind == Kind::kAllGather ? 1 : 0));
    auto group = CurrentGroup();
    if (!group) {
      throw Failure{TF_FAILED_PRECONDITION, Name(node) + "this process is in no group; call joinGroup first"};
    }
    const GroupOptions& options = group->options();
    if (node.kind == Kind::kAllGather) CheckGather(node, *call, context, options);
    if (node.root >= options.num_ranks) {
      throw Failure{TF_INVALID_ARGUMENT, Name(node) + "root " + std::to_string(node.root) + " is not among the " +
                                             std::to_string(options.num_ranks) + " ranks"};
    }
    call->reduction = node.reduction;
    call->root = node.root;
    call->key = node.key;
    call->label = node.label;
    call->SetNumRanks(options.num_ranks);
    group->Submit(std::move(call));
  } catch (const Failure& failure) {
    // Submit settles the call itself, so the call is still here.
    call->Fail(failure.code, failure.message);
  }
}

template <Kind kind>
void RegisterKernel(const char* op) {
  TF_KernelBuilder* builder = TF_NewAsyncKernelBuilder(op, "CPU", CreateNode<kind>, Compute, DeleteNode);
  Status status;
  TF_RegisterKernelBuilder(op, builder, status.get());
  status.Check(std::string("registering the kernel of ") + op);
}

}  // namespace

void RegisterOpsAndKernels() {
  RegisterDefinitions();
  RegisterKernel<Kind::kAllReduce>(kAllReduceOp);
  RegisterKernel<Kind::kBroadcast>(kBroadcastOp);
  RegisterKernel<Kind::kAllGather>(kAllGatherOp);
}

}  // namespace kiln::collectives
