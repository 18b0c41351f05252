// The methods of the addon that make, read and delete tensors.
#include <cstring>

#include "dtypes.h"
#include "runtime.h"
#include "tensors.h"

namespace kiln {

namespace {

constexpr int64_t kMaxId = 9007199254740991;

HandlePtr ReadTensor(const Napi::CallbackInfo& info, Runtime& runtime) {
  return runtime.tensors.Get(ReadInteger(info[0], "tensor", 0, kMaxId));
}

Napi::Value NewId(const Napi::CallbackInfo& info, Runtime& runtime, HandlePtr handle) {
  return Napi::Number::New(info.Env(), static_cast<double>(runtime.tensors.Add(std::move(handle))));
}

// Reads on its own lane, so that it does not wait behind the next step.
class ReadTask : public Task {
 public:
  ReadTask(Napi::Env env, HandlePtr handle, bool as_bytes)
      : Task(env), handle_(std::move(handle)), as_bytes_(as_bytes) {}

  void Run() override {
    copy_ = CopyToHost(handle_.get(), as_bytes_);
    handle_.reset();
  }

  Napi::Value Finish(Napi::Env env, Runtime&) override { return ToJs(env, std::move(copy_), as_bytes_); }

 private:
  HandlePtr handle_;
  bool as_bytes_;
  HostCopy copy_;
};

class ViewTask : public Task {
 public:
  ViewTask(Napi::Env env, HandlePtr handle) : Task(env), handle_(std::move(handle)) {}

  void Run() override {
    view_ = ViewOnHost(handle_.get());
    handle_.reset();
  }

  Napi::Value Finish(Napi::Env env, Runtime&) override { return ToJs(env, std::move(view_)); }

 private:
  HandlePtr handle_;
  HostView view_;
};

Napi::Value CreateTensor(const Napi::CallbackInfo& info, Runtime& runtime) {
  const std::vector<int64_t> shape = ReadShape(info[0], "shape", false);
  const TensorPtr tensor = MakeTensor(shape, ReadDataType(info[1], "dtype"), info[2]);
  return NewId(info, runtime, MakeHandle(tensor.get()));
}

Napi::Value CreateTensorFromBytes(const Napi::CallbackInfo& info, Runtime& runtime) {
  const std::vector<int64_t> shape = ReadShape(info[0], "shape", false);
  const TF_DataType dtype = ReadDataType(info[1], "dtype");
  const Bytes bytes = ReadBytes(info[2], "bytes");
  const size_t element = InfoOf(dtype).size;
  if (element == 0) FailInvalid(std::string("a tensor of type ") + InfoOf(dtype).name + " cannot be made from bytes");
  const size_t size = CountElements(shape, element) * element;
  if (bytes.size != size) {
    FailInvalid("bytes must have " + std::to_string(size) + " bytes for shape " + ShapeText(shape) + " of " +
                InfoOf(dtype).name + ", got " + std::to_string(bytes.size));
  }
  const TensorPtr tensor(TF_AllocateTensor(dtype, shape.data(), static_cast<int>(shape.size()), size));
  if (tensor == nullptr || (size > 0 && TF_TensorData(tensor.get()) == nullptr)) throw std::bad_alloc();
  if (size > 0) std::memcpy(TF_TensorData(tensor.get()), bytes.data, size);
  return NewId(info, runtime, MakeHandle(tensor.get()));
}

Napi::Value AliasTensor(const Napi::CallbackInfo& info, Runtime& runtime) {
  return NewId(info, runtime, ReadTensor(info, runtime));
}

Napi::Value DeleteTensor(const Napi::CallbackInfo& info, Runtime& runtime) {
  runtime.tensors.Remove(ReadInteger(info[0], "tensor", 0, kMaxId));
  return info.Env().Undefined();
}

Napi::Value TensorMetadata(const Napi::CallbackInfo& info, Runtime& runtime) {
  const HandlePtr handle = ReadTensor(info, runtime);
  return DescribeTensor(info.Env(), info[0].As<Napi::Number>().Int64Value(), handle.get());
}

Napi::Value TensorDataSync(const Napi::CallbackInfo& info, Runtime& runtime) {
  return ToJs(info.Env(), CopyToHost(ReadTensor(info, runtime).get(), false), false);
}

Napi::Value TensorData(const Napi::CallbackInfo& info, Runtime& runtime) {
  return runtime.executor.Submit(Lane::kRead,
                                 std::make_unique<ReadTask>(info.Env(), ReadTensor(info, runtime), false));
}

Napi::Value TensorBytes(const Napi::CallbackInfo& info, Runtime& runtime) {
  return runtime.executor.Submit(Lane::kRead,
                                 std::make_unique<ReadTask>(info.Env(), ReadTensor(info, runtime), true));
}

Napi::Value TensorView(const Napi::CallbackInfo& info, Runtime& runtime) {
  return runtime.executor.Submit(Lane::kRead, std::make_unique<ViewTask>(info.Env(), ReadTensor(info, runtime)));
}

Napi::Value GetNumOfTensors(const Napi::CallbackInfo& info, Runtime& runtime) {
  return Napi::Number::New(info.Env(), static_cast<double>(runtime.tensors.size()));
}

}  // namespace

void ExportTensors(Napi::Object exports) {
  Export<CreateTensor>(exports, "createTensor");
  Export<CreateTensorFromBytes>(exports, "createTensorFromBytes");
  Export<AliasTensor>(exports, "aliasTensor");
  Export<DeleteTensor>(exports, "deleteTensor");
  Export<TensorMetadata>(exports, "tensorMetadata");
  Export<TensorDataSync>(exports, "tensorDataSync");
  Export<TensorData>(exports, "tensorData");
  Export<TensorBytes>(exports, "tensorBytes");
  Export<TensorView>(exports, "tensorView");
  Export<GetNumOfTensors>(exports, "getNumOfTensors");
}

}  // namespace kiln
