// One call of a kernel: its inputs, and outputs that take over the memory of an input which nothing else holds.
#pragma once

#include <string>
#include <vector>

#include "../collectives/kernel_api.h"
#include "../errors.h"

extern "C" {
TF_KernelBuilder* TF_NewKernelBuilder(const char* op_name, const char* device_name,
                                      void* (*create)(TF_OpKernelConstruction*),
                                      void (*compute)(void*, TF_OpKernelContext*), void (*destroy)(void*));
void TF_OpKernelConstruction_GetAttrFloat(TF_OpKernelConstruction* construction, const char* attr, float* value,
                                          TF_Status* status);
TF_Tensor* TF_ForwardInputOrAllocateOutput(TF_OpKernelContext* context, const int* candidates, int num_candidates,
                                           int output, const int64_t* dims, int num_dims, int* forwarded,
                                           TF_Status* status);
}  // extern "C"

namespace kiln::updates {

// Memory that TensorFlow keeps until the kernel returns. No handle is held: that would count as another user of it.
struct Floats {
  float* data;
  size_t length;
  std::vector<int64_t> shape;
};

class KernelContext {
 public:
  explicit KernelContext(TF_OpKernelContext* context) : context_(context) {}

  Floats Input(int index) const {
    Status status;
    TF_Tensor* tensor = nullptr;
    TF_GetInput(context_, index, &tensor, status.get());
    status.Check("input " + std::to_string(index));
    return Describe(TensorPtr(tensor));
  }

  Floats Input(int index, size_t length) const {
    Floats input = Input(index);
    if (input.length == length) return input;
    FailInvalid("input " + std::to_string(index) + " must have " + std::to_string(length) + " elements, got " +
                std::to_string(input.length));
  }

  float Scalar(int index) const { return *Input(index, 1).data; }

  // A result of this shape, in the memory of one of `candidates` if nobody else needs it.
  float* Output(int index, const std::vector<int64_t>& shape, const std::vector<int>& candidates) const {
    Status status;
    int forwarded = -1;
    const TensorPtr tensor(TF_ForwardInputOrAllocateOutput(
        context_, candidates.data(), static_cast<int>(candidates.size()), index, shape.data(),
        static_cast<int>(shape.size()), &forwarded, status.get()));
    status.Check("allocating a result");
    return Describe(tensor).data;
  }

  void Fail(const Failure& failure) const {
    Status status;
    TF_SetStatus(status.get(), failure.code, failure.message.c_str());
    TF_OpKernelContext_Failure(context_, status.get());
  }

 private:
  static Floats Describe(const TensorPtr& tensor) {
    Floats floats{static_cast<float*>(TF_TensorData(tensor.get())),
                  static_cast<size_t>(TF_TensorElementCount(tensor.get())),
                  {}};
    for (int axis = 0; axis < TF_NumDims(tensor.get()); ++axis) floats.shape.push_back(TF_Dim(tensor.get(), axis));
    return floats;
  }

  TF_OpKernelContext* context_;
};

}  // namespace kiln::updates
