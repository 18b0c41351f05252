// What each TensorFlow data type is to JavaScript: its name, its size and the typed array that carries it.
#pragma once

#include <node_api.h>

#include <cstdint>
#include <string>
#include <vector>

#include "handles.h"

namespace kiln {

constexpr int kLastDataType = TF_FLOAT4_E2M1FN;

struct DataTypeInfo {
  const char* name;
  // Bytes of one element; 0 when elements are not plain bytes (string, resource, variant).
  size_t size;
  bool has_array;
  napi_typedarray_type array;
  // Elements of the typed array for one element of the tensor (2 for complex numbers).
  size_t width;
};

const DataTypeInfo& InfoOf(TF_DataType dtype);

// Number of elements, or an error when it does not fit in memory's address range.
size_t CountElements(const std::vector<int64_t>& shape, size_t element_size);
std::string ShapeText(const std::vector<int64_t>& shape);

const char* ArrayName(napi_typedarray_type type);
size_t ArrayElementSize(napi_typedarray_type type);

}  // namespace kiln
