// Checked conversions from JavaScript values to C++ ones.
#include "arguments.h"

#include <cmath>

#include "dtypes.h"
#include "errors.h"

namespace kiln {

namespace {
constexpr int64_t kMaxSafeInteger = 9007199254740991;
}

std::string Describe(Napi::Value value) {
  switch (value.Type()) {
    case napi_number:
    case napi_boolean:
    case napi_undefined:
    case napi_null:
      return value.ToString().Utf8Value();
    case napi_string:
      return "\"" + value.As<Napi::String>().Utf8Value().substr(0, 80) + "\"";
    case napi_bigint:
      return "a bigint";
    case napi_function:
      return "a function";
    case napi_symbol:
      return "a symbol";
    default:
      if (value.IsArray()) return "an array of " + std::to_string(value.As<Napi::Array>().Length());
      if (value.IsTypedArray()) return "a typed array";
      return "an object";
  }
}

int64_t ReadInteger(Napi::Value value, const std::string& what, int64_t min, int64_t max) {
  if (!value.IsNumber()) FailInvalid(what + " must be an integer, got " + Describe(value));
  const double number = value.As<Napi::Number>().DoubleValue();
  if (!(number >= static_cast<double>(min) && number <= static_cast<double>(max)) || std::trunc(number) != number) {
    FailInvalid(what + " must be an integer between " + std::to_string(min) + " and " + std::to_string(max) +
                ", got " + Describe(value));
  }
  return static_cast<int64_t>(number);
}

std::string ReadString(Napi::Value value, const std::string& what) {
  if (!value.IsString()) FailInvalid(what + " must be a string, got " + Describe(value));
  std::string text = value.As<Napi::String>().Utf8Value();
  // TensorFlow's C functions would silently cut the text there.
  if (text.find('\0') != std::string::npos) FailInvalid(what + " must not contain a zero byte");
  return text;
}

Bytes ReadBytes(Napi::Value value, const std::string& what) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) {
    FailInvalid(what + " must be a Uint8Array, got " + Describe(value));
  }
  void* data = nullptr;
  size_t length = 0;
  napi_get_typedarray_info(value.Env(), value, nullptr, &length, &data, nullptr, nullptr);
  static const uint8_t kNothing = 0;
  return Bytes{length == 0 ? &kNothing : static_cast<const uint8_t*>(data), length};
}

Napi::Object ReadObject(Napi::Value value, const std::string& what) {
  if (!value.IsObject() || value.IsFunction()) FailInvalid(what + " must be an object, got " + Describe(value));
  return value.As<Napi::Object>();
}

Napi::Array ReadArray(Napi::Value value, const std::string& what) {
  if (!value.IsArray()) FailInvalid(what + " must be an array, got " + Describe(value));
  return value.As<Napi::Array>();
}

TF_DataType ReadDataType(Napi::Value value, const std::string& what) {
  const auto number = ReadInteger(value, what, 1, kLastDataType);
  return static_cast<TF_DataType>(number);
}

std::vector<int64_t> ReadShape(Napi::Value value, const std::string& what, bool partial) {
  std::vector<int64_t> shape;
  const Napi::Array array = ReadArray(value, what);
  if (array.Length() > kMaxRank) {
    FailInvalid(what + " must have at most 254 dimensions, got " + std::to_string(array.Length()));
  }
  for (uint32_t i = 0; i < array.Length(); i++) {
    shape.push_back(ReadInteger(array.Get(i), what + "[" + std::to_string(i) + "]", partial ? -1 : 0, kMaxSafeInteger));
  }
  return shape;
}

std::vector<int64_t> ReadIds(Napi::Value value, const std::string& what) {
  std::vector<int64_t> ids;
  const Napi::Array array = ReadArray(value, what);
  for (uint32_t i = 0; i < array.Length(); i++) {
    ids.push_back(ReadInteger(array.Get(i), what + "[" + std::to_string(i) + "]", 0, kMaxSafeInteger));
  }
  return ids;
}

}  // namespace kiln
