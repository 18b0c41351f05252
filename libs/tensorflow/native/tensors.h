// Tensors between JavaScript's arrays and TensorFlow's memory.
#pragma once

#include <napi.h>

#include <string>
#include <vector>

#include "arguments.h"
#include "handles.h"

namespace kiln {

// A new host tensor with a copy of `data`: a typed array, or an array of strings or Uint8Arrays.
TensorPtr MakeTensor(const std::vector<int64_t>& shape, TF_DataType dtype, Napi::Value data);
HandlePtr MakeHandle(const TF_Tensor* tensor);

// A tensor's content in memory of its own, made on any thread and handed to JavaScript later.
struct HostCopy {
  TF_DataType dtype;
  std::unique_ptr<uint8_t[]> bytes;
  size_t size = 0;
  std::vector<std::string> strings;
};

// A tensor's own bytes, kept from being freed or written over, or a copy where they are not in host memory.
struct HostView {
  TensorPtr tensor;
  size_t size = 0;
};

HostView ViewOnHost(TFE_TensorHandle* handle);
// A Uint8Array that must not be written to.
Napi::Value ToJs(Napi::Env env, HostView view);

// Waits for the tensor and copies it, from another device if need be. `as_bytes`: no conversion, no strings.
HostCopy CopyToHost(TFE_TensorHandle* handle, bool as_bytes);
Napi::Value ToJs(Napi::Env env, HostCopy copy, bool as_bytes);

Napi::Object DescribeTensor(Napi::Env env, int64_t id, TFE_TensorHandle* handle);

}  // namespace kiln
