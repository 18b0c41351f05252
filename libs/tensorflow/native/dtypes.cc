// The table of data types and the arithmetic of shapes.
#include "dtypes.h"

#include "errors.h"

namespace kiln {

namespace {

constexpr DataTypeInfo Plain(const char* name, size_t size, napi_typedarray_type array, size_t width = 1) {
  return DataTypeInfo{name, size, true, array, width};
}
constexpr DataTypeInfo Raw(const char* name, size_t size) {
  return DataTypeInfo{name, size, false, napi_uint8_array, 1};
}

// Indexed by TF_DataType.
constexpr DataTypeInfo kTypes[] = {
    Raw("invalid", 0),
    Plain("float", 4, napi_float32_array),
    Plain("double", 8, napi_float64_array),
    Plain("int32", 4, napi_int32_array),
    Plain("uint8", 1, napi_uint8_array),
    Plain("int16", 2, napi_int16_array),
    Plain("int8", 1, napi_int8_array),
    Raw("string", 0),
    Plain("complex64", 8, napi_float32_array, 2),
    Plain("int64", 8, napi_bigint64_array),
    Plain("bool", 1, napi_uint8_array),
    Plain("qint8", 1, napi_int8_array),
    Plain("quint8", 1, napi_uint8_array),
    Plain("qint32", 4, napi_int32_array),
    Raw("bfloat16", 2),
    Plain("qint16", 2, napi_int16_array),
    Plain("quint16", 2, napi_uint16_array),
    Plain("uint16", 2, napi_uint16_array),
    Plain("complex128", 16, napi_float64_array, 2),
    Raw("half", 2),
    Raw("resource", 0),
    Raw("variant", 0),
    Plain("uint32", 4, napi_uint32_array),
    Plain("uint64", 8, napi_biguint64_array),
    Raw("float8_e5m2", 1),
    Raw("float8_e4m3fn", 1),
    Raw("float8_e4m3fnuz", 1),
    Raw("float8_e4m3b11fnuz", 1),
    Raw("float8_e5m2fnuz", 1),
    Raw("int4", 1),
    Raw("uint4", 1),
    Raw("int2", 1),
    Raw("uint2", 1),
    Raw("float4_e2m1fn", 1),
};
static_assert(sizeof(kTypes) / sizeof(kTypes[0]) == kLastDataType + 1);

}  // namespace

const DataTypeInfo& InfoOf(TF_DataType dtype) {
  const int index = static_cast<int>(dtype);
  return index < 0 || index > kLastDataType ? kTypes[0] : kTypes[index];
}

size_t CountElements(const std::vector<int64_t>& shape, size_t element_size) {
  // An empty tensor may carry any other dimensions, yet TensorFlow refuses a product of them that overflows.
  int64_t count = 1;
  int64_t bound = static_cast<int64_t>(element_size == 0 ? 1 : element_size);
  for (const int64_t dim : shape) {
    if (__builtin_mul_overflow(count, dim, &count) || (dim > 0 && __builtin_mul_overflow(bound, dim, &bound))) {
      FailInvalid("shape " + ShapeText(shape) + " has too many elements");
    }
  }
  return static_cast<size_t>(count);
}

std::string ShapeText(const std::vector<int64_t>& shape) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); i++) text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  return text + "]";
}

const char* ArrayName(napi_typedarray_type type) {
  switch (type) {
    case napi_int8_array: return "Int8Array";
    case napi_uint8_array: return "Uint8Array";
    case napi_uint8_clamped_array: return "Uint8ClampedArray";
    case napi_int16_array: return "Int16Array";
    case napi_uint16_array: return "Uint16Array";
    case napi_int32_array: return "Int32Array";
    case napi_uint32_array: return "Uint32Array";
    case napi_float32_array: return "Float32Array";
    case napi_float64_array: return "Float64Array";
    case napi_bigint64_array: return "BigInt64Array";
    case napi_biguint64_array: return "BigUint64Array";
    default: return "a typed array";
  }
}

size_t ArrayElementSize(napi_typedarray_type type) {
  switch (type) {
    case napi_int16_array:
    case napi_uint16_array:
      return 2;
    case napi_int32_array:
    case napi_uint32_array:
    case napi_float32_array:
      return 4;
    case napi_float64_array:
    case napi_bigint64_array:
    case napi_biguint64_array:
      return 8;
    default:
      return 1;
  }
}

}  // namespace kiln
