// Copies tensors in and out.
#include "tensors.h"

#include <cstdlib>
#include <cstring>
#include <new>

#include "dtypes.h"
#include "errors.h"

namespace kiln {

namespace {

// Below this, an ordinary ArrayBuffer costs less than one around foreign memory.
constexpr size_t kMaxInlineBytes = 64 * 1024;

void FreeStrings(void* data, size_t size, void*) {
  auto* strings = static_cast<TF_TString*>(data);
  for (size_t i = 0; i < size / sizeof(TF_TString); i++) TF_StringDealloc(&strings[i]);
  std::free(data);
}

TensorPtr MakeStrings(const std::vector<int64_t>& shape, Napi::Value data) {
  const Napi::Array array = ReadArray(data, "data of a string tensor");
  const size_t count = CountElements(shape, sizeof(TF_TString));
  if (array.Length() != count) {
    FailInvalid("data must have " + std::to_string(count) + " strings for shape " + ShapeText(shape) + ", got " +
                std::to_string(array.Length()));
  }
  const size_t size = count * sizeof(TF_TString);
  void* memory = std::aligned_alloc(64, (size / 64 + 1) * 64);
  if (memory == nullptr) throw std::bad_alloc();
  auto* strings = static_cast<TF_TString*>(memory);
  for (size_t i = 0; i < count; i++) TF_StringInit(&strings[i]);
  // From here the tensor frees the memory, also when an element turns out to be no string.
  TensorPtr tensor(TF_NewTensor(TF_STRING, shape.data(), static_cast<int>(shape.size()), memory, size, FreeStrings,
                                nullptr));
  for (size_t i = 0; i < count; i++) {
    const Napi::Value item = array.Get(static_cast<uint32_t>(i));
    if (item.IsString()) {
      const std::string text = item.As<Napi::String>().Utf8Value();
      TF_StringCopy(&strings[i], text.data(), text.size());
    } else {
      const Bytes bytes = ReadBytes(item, "data[" + std::to_string(i) + "] of a string tensor");
      TF_StringCopy(&strings[i], reinterpret_cast<const char*>(bytes.data), bytes.size);
    }
  }
  return tensor;
}

// Whether a typed array of this type holds elements of the data type; `width` is how many make one element.
bool Carries(TF_DataType dtype, napi_typedarray_type array, size_t* width) {
  const DataTypeInfo& info = InfoOf(dtype);
  *width = info.width;
  // tfjs-node passes 64-bit integers as pairs of 32-bit ones, low half first.
  if (dtype == TF_INT64 && array == napi_int32_array) {
    *width = 2;
    return true;
  }
  if (info.size == 2 && !info.has_array) return array == napi_uint16_array;
  if (array == napi_uint8_clamped_array) return info.array == napi_uint8_array && info.size == 1;
  return info.array == array;
}

// 16-bit floats become Float32Array, since JavaScript has no array for bfloat16.
void WidenBfloat16(const uint8_t* from, size_t count, uint8_t* to) {
  for (size_t i = 0; i < count; i++) {
    uint16_t half;
    std::memcpy(&half, from + 2 * i, 2);
    const uint32_t bits = static_cast<uint32_t>(half) << 16;
    std::memcpy(to + 4 * i, &bits, 4);
  }
}

void WidenHalf(const uint8_t* from, size_t count, uint8_t* to) {
  for (size_t i = 0; i < count; i++) {
    uint16_t half;
    std::memcpy(&half, from + 2 * i, 2);
    const uint32_t sign = static_cast<uint32_t>(half & 0x8000) << 16;
    const uint32_t exponent = (half >> 10) & 31;
    const uint32_t mantissa = half & 1023;
    uint32_t bits;
    if (exponent == 31) {
      bits = sign | 0x7f800000 | (mantissa << 13);
    } else if (exponent > 0) {
      bits = sign | ((exponent + 112) << 23) | (mantissa << 13);
    } else {
      const float tiny = static_cast<float>(mantissa) / 16777216.0f;
      std::memcpy(&bits, &tiny, 4);
      bits |= sign;
    }
    std::memcpy(to + 4 * i, &bits, 4);
  }
}

void CheckPlain(TF_DataType dtype, const char* action) {
  if (InfoOf(dtype).size == 0) {
    FailInvalid(std::string("a tensor of type ") + InfoOf(dtype).name + " cannot be " + action);
  }
}

napi_typedarray_type ArrayFor(TF_DataType dtype) {
  return dtype == TF_HALF || dtype == TF_BFLOAT16 ? napi_float32_array : InfoOf(dtype).array;
}

Napi::Value MakeBuffer(Napi::Env env, HostCopy& copy) {
  if (copy.size <= kMaxInlineBytes) {
    Napi::ArrayBuffer buffer = Napi::ArrayBuffer::New(env, copy.size);
    if (copy.size > 0) std::memcpy(buffer.Data(), copy.bytes.get(), copy.size);
    return buffer;
  }
  uint8_t* memory = copy.bytes.release();
  return Napi::ArrayBuffer::New(env, memory, copy.size,
                                [](Napi::BasicEnv, void* data) { delete[] static_cast<uint8_t*>(data); });
}

}  // namespace

TensorPtr MakeTensor(const std::vector<int64_t>& shape, TF_DataType dtype, Napi::Value data) {
  if (dtype == TF_STRING) return MakeStrings(shape, data);
  CheckPlain(dtype, "made from data");
  const DataTypeInfo& info = InfoOf(dtype);
  if (!data.IsTypedArray()) {
    FailInvalid(std::string("data of a tensor of type ") + info.name + " must be a typed array, got " + Describe(data));
  }
  napi_typedarray_type array;
  size_t length = 0;
  void* memory = nullptr;
  napi_get_typedarray_info(data.Env(), data, &array, &length, &memory, nullptr, nullptr);
  size_t width = 1;
  if (!Carries(dtype, array, &width)) {
    FailInvalid(std::string("data of a tensor of type ") + info.name + " must be a " +
                ArrayName(info.size == 2 && !info.has_array ? napi_uint16_array : info.array) + ", got a " +
                ArrayName(array));
  }
  const size_t count = CountElements(shape, info.size);
  if (length != count * width) {
    FailInvalid("data must have " + std::to_string(count * width) + " elements for shape " + ShapeText(shape) +
                ", got " + std::to_string(length));
  }
  const size_t size = count * info.size;
  TensorPtr tensor(TF_AllocateTensor(dtype, shape.data(), static_cast<int>(shape.size()), size));
  if (tensor == nullptr || (size > 0 && TF_TensorData(tensor.get()) == nullptr)) throw std::bad_alloc();
  if (size > 0) std::memcpy(TF_TensorData(tensor.get()), memory, size);
  return tensor;
}

HandlePtr MakeHandle(const TF_Tensor* tensor) {
  Status status;
  TFE_TensorHandle* handle = TFE_NewTensorHandle(tensor, status.get());
  status.Check("creating a tensor");
  return OwnHandle(handle);
}

HostCopy CopyToHost(TFE_TensorHandle* handle, bool as_bytes) {
  HostCopy copy;
  copy.dtype = TFE_TensorHandleDataType(handle);
  const DataTypeInfo& info = InfoOf(copy.dtype);
  if (as_bytes || copy.dtype != TF_STRING) CheckPlain(copy.dtype, as_bytes ? "read as bytes" : "read");
  const bool widen = !as_bytes && (copy.dtype == TF_HALF || copy.dtype == TF_BFLOAT16);
  if (!as_bytes && copy.dtype != TF_STRING && !info.has_array && !widen) {
    FailInvalid(std::string("no JavaScript array holds type ") + info.name + "; use tensorBytes");
  }
  Status status;
  TensorPtr tensor(TFE_TensorHandleResolve(handle, status.get()));
  status.Check("reading a tensor");
  const auto count = static_cast<size_t>(TF_TensorElementCount(tensor.get()));
  const auto* data = static_cast<const uint8_t*>(TF_TensorData(tensor.get()));
  if (copy.dtype == TF_STRING) {
    const auto* strings = reinterpret_cast<const TF_TString*>(data);
    copy.strings.reserve(count);
    for (size_t i = 0; i < count; i++) {
      copy.strings.emplace_back(TF_StringGetDataPointer(&strings[i]), TF_StringGetSize(&strings[i]));
    }
    return copy;
  }
  copy.size = count * (widen ? 4 : info.size);
  copy.bytes.reset(new uint8_t[copy.size == 0 ? 1 : copy.size]);
  if (!widen) {
    if (copy.size > 0) std::memcpy(copy.bytes.get(), data, copy.size);
  } else if (copy.dtype == TF_HALF) {
    WidenHalf(data, count, copy.bytes.get());
  } else {
    WidenBfloat16(data, count, copy.bytes.get());
  }
  return copy;
}

HostView ViewOnHost(TFE_TensorHandle* handle) {
  CheckPlain(TFE_TensorHandleDataType(handle), "viewed");
  Status status;
  TensorPtr tensor(TFE_TensorHandleResolve(handle, status.get()));
  status.Check("viewing a tensor");
  const size_t size = TF_TensorByteSize(tensor.get());
  return {std::move(tensor), size};
}

Napi::Value ToJs(Napi::Env env, HostView view) {
  void* data = TF_TensorData(view.tensor.get());
  if (view.size <= kMaxInlineBytes) {
    Napi::ArrayBuffer buffer = Napi::ArrayBuffer::New(env, view.size);
    if (view.size > 0) std::memcpy(buffer.Data(), data, view.size);
    return Napi::Uint8Array::New(env, view.size, buffer, 0);
  }
  TF_Tensor* tensor = view.tensor.release();
  const auto release = [](Napi::BasicEnv, void*, TF_Tensor* owner) { TF_DeleteTensor(owner); };
  return Napi::Uint8Array::New(env, view.size, Napi::ArrayBuffer::New(env, data, view.size, release, tensor), 0);
}

Napi::Value ToJs(Napi::Env env, HostCopy copy, bool as_bytes) {
  if (copy.dtype == TF_STRING) {
    const Napi::Array array = Napi::Array::New(env, copy.strings.size());
    for (size_t i = 0; i < copy.strings.size(); i++) {
      const std::string& text = copy.strings[i];
      Napi::Uint8Array item = Napi::Uint8Array::New(env, text.size());
      if (!text.empty()) std::memcpy(item.Data(), text.data(), text.size());
      array.Set(static_cast<uint32_t>(i), item);
    }
    return array;
  }
  const napi_typedarray_type type = as_bytes ? napi_uint8_array : ArrayFor(copy.dtype);
  const size_t size = copy.size;
  const Napi::Value buffer = MakeBuffer(env, copy);
  napi_value array = nullptr;
  if (napi_create_typedarray(env, type, size / ArrayElementSize(type), buffer, 0, &array) != napi_ok) {
    throw Napi::Error::New(env);
  }
  return Napi::Value(env, array);
}

Napi::Object DescribeTensor(Napi::Env env, int64_t id, TFE_TensorHandle* handle) {
  Status status;
  const int rank = TFE_TensorHandleNumDims(handle, status.get());
  status.Check("asking a tensor's shape");
  const Napi::Array shape = Napi::Array::New(env, static_cast<size_t>(rank));
  for (int i = 0; i < rank; i++) {
    const int64_t dim = TFE_TensorHandleDim(handle, i, status.get());
    status.Check("asking a tensor's shape");
    shape.Set(static_cast<uint32_t>(i), Napi::Number::New(env, static_cast<double>(dim)));
  }
  const Napi::Object metadata = Napi::Object::New(env);
  metadata.Set("id", Napi::Number::New(env, static_cast<double>(id)));
  metadata.Set("shape", shape);
  metadata.Set("dtype", Napi::Number::New(env, TFE_TensorHandleDataType(handle)));
  return metadata;
}

}  // namespace kiln
