#include "updates.h"

#include <memory>
#include <string>

#include "arithmetic.h"
#include "kernel_context.h"
#include "tensorflow/c/ops.h"

namespace kiln {
namespace updates {
namespace {

using ShapePtr = std::unique_ptr<TF_ShapeHandle, Deleter<TF_DeleteShapeHandle>>;

// Every result has the shape of the first input.
template <int num_outputs>
void ShapesOfFirst(TF_ShapeInferenceContext* context, TF_Status* status) {
  ShapePtr shape(TF_NewShapeHandle());
  TF_ShapeInferenceContextGetInput(context, 0, shape.get(), status);
  for (int i = 0; i < num_outputs && TF_GetCode(status) == TF_OK; ++i)
    TF_ShapeInferenceContextSetOutput(context, i, shape.get(), status);
}

void ComputeAdam(const Adam& shares, const KernelContext& context) {
  const Floats gradient = context.Input(0);
  const size_t length = gradient.length;
  const Floats m = context.Input(1, length), v = context.Input(2, length), value = context.Input(3, length);
  Adam adam = shares;
  adam.rate = context.Scalar(4);
  adam.floor = context.Scalar(5);
  // The gradient is usually nobody else's; m, v and value only when the caller has let go of them.
  float* next_m = context.Output(0, gradient.shape, {1, 0});
  float* next_v = context.Output(1, gradient.shape, {2, 0});
  float* next_value = context.Output(2, gradient.shape, {3, 0});
  adam.Run(length, gradient.data, m.data, v.data, value.data, next_m, next_v, next_value);
}

void ComputeBlend(const KernelContext& context) {
  const Floats from = context.Input(0);
  const Floats to = context.Input(1, from.length);
  float* result = context.Output(0, from.shape, {0, 1});
  Blend(from.length, context.Scalar(2), from.data, to.data, result);
}

float ReadFloat(TF_OpKernelConstruction* construction, const char* name) {
  Status status;
  float value = 0;
  TF_OpKernelConstruction_GetAttrFloat(construction, name, &value, status.get());
  status.Check(name);
  return value;
}

void* CreateAdam(TF_OpKernelConstruction* construction) {
  try {
    return new Adam{ReadFloat(construction, "share1"), ReadFloat(construction, "share2"), 0, 0};
  } catch (const Failure& failure) {
    Status status;
    TF_SetStatus(status.get(), failure.code, failure.message.c_str());
    TF_OpKernelConstruction_Failure(construction, status.get());
    return nullptr;
  }
}

template <typename Body>
void Guarded(TF_OpKernelContext* call, Body body) {
  const KernelContext context(call);
  try {
    body(context);
  } catch (const Failure& failure) {
    context.Fail(failure);
  }
}

void RunAdam(void* adam, TF_OpKernelContext* call) {
  Guarded(call, [&](const KernelContext& context) { ComputeAdam(*static_cast<const Adam*>(adam), context); });
}

void RunBlend(void*, TF_OpKernelContext* call) { Guarded(call, ComputeBlend); }

void DeleteAdam(void* adam) { delete static_cast<Adam*>(adam); }

void RegisterOp(const char* name, std::initializer_list<const char*> inputs, std::initializer_list<const char*> outputs,
                std::initializer_list<const char*> attrs, void (*infer_shapes)(TF_ShapeInferenceContext*, TF_Status*)) {
  TF_OpDefinitionBuilder* builder = TF_NewOpDefinitionBuilder(name);
  for (const char* input : inputs) TF_OpDefinitionBuilderAddInput(builder, input);
  for (const char* output : outputs) TF_OpDefinitionBuilderAddOutput(builder, output);
  for (const char* attr : attrs) TF_OpDefinitionBuilderAddAttr(builder, attr);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(builder, infer_shapes);
  Status status;
  TF_RegisterOpDefinition(builder, status.get());
  status.Check(std::string("registering ") + name);
}

void RegisterKernel(const char* op, void* (*create)(TF_OpKernelConstruction*),
                    void (*compute)(void*, TF_OpKernelContext*), void (*destroy)(void*)) {
  Status status;
  TF_RegisterKernelBuilder(op, TF_NewKernelBuilder(op, "CPU", create, compute, destroy), status.get());
  status.Check(std::string("registering the kernel of ") + op);
}

}  // namespace
}  // namespace updates

void RegisterUpdates() {
  using namespace updates;
  RegisterOp("KilnAdam",
             {"gradient: float", "m: float", "v: float", "value: float", "rate: float", "floor: float"},
             {"next_m: float", "next_v: float", "next_value: float"}, {"share1: float", "share2: float"},
             ShapesOfFirst<3>);
  RegisterKernel("KilnAdam", CreateAdam, RunAdam, DeleteAdam);
  RegisterOp("KilnBlend", {"from: float", "to: float", "share: float"}, {"result: float"}, {}, ShapesOfFirst<1>);
  RegisterKernel("KilnBlend", nullptr, RunBlend, nullptr);
}

}  // namespace kiln
