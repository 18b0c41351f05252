// Ownership of TensorFlow's C objects: each is held by a smart pointer that calls its own delete function.
#pragma once

#include <memory>

#include "tensorflow/c/c_api.h"
#include "tensorflow/c/c_api_experimental.h"
#include "tensorflow/c/eager/c_api.h"
#include "tensorflow/c/eager/c_api_experimental.h"

namespace kiln {

template <auto Delete>
struct Deleter {
  template <typename T>
  void operator()(T* object) const {
    Delete(object);
  }
};

using StatusPtr = std::unique_ptr<TF_Status, Deleter<TF_DeleteStatus>>;
using BufferPtr = std::unique_ptr<TF_Buffer, Deleter<TF_DeleteBuffer>>;
using TensorPtr = std::unique_ptr<TF_Tensor, Deleter<TF_DeleteTensor>>;
using GraphPtr = std::unique_ptr<TF_Graph, Deleter<TF_DeleteGraph>>;
using FunctionPtr = std::unique_ptr<TF_Function, Deleter<TF_DeleteFunction>>;
using OpPtr = std::unique_ptr<TFE_Op, Deleter<TFE_DeleteOp>>;
using DeviceListPtr = std::unique_ptr<TF_DeviceList, Deleter<TF_DeleteDeviceList>>;
using ContextOptionsPtr = std::unique_ptr<TFE_ContextOptions, Deleter<TFE_DeleteContextOptions>>;

// Shared, because a call that runs on another thread may outlive the id that JavaScript deleted meanwhile.
using HandlePtr = std::shared_ptr<TFE_TensorHandle>;
using CancellationPtr = std::shared_ptr<TFE_CancellationManager>;

inline HandlePtr OwnHandle(TFE_TensorHandle* handle) { return HandlePtr(handle, TFE_DeleteTensorHandle); }

}  // namespace kiln
