// Reads JavaScript arguments and refuses what does not fit, so that nothing unchecked reaches TensorFlow.
#pragma once

#include <napi.h>

#include <cstdint>
#include <string>
#include <vector>

#include "handles.h"

namespace kiln {

// A view of memory that JavaScript owns; valid during the call only.
struct Bytes {
  const uint8_t* data;
  size_t size;
};

// TensorFlow aborts the process above this rank.
constexpr size_t kMaxRank = 254;

// `what` names the argument in messages, for example "shape".
int64_t ReadInteger(Napi::Value value, const std::string& what, int64_t min, int64_t max);
std::string ReadString(Napi::Value value, const std::string& what);
Bytes ReadBytes(Napi::Value value, const std::string& what);
Napi::Object ReadObject(Napi::Value value, const std::string& what);
Napi::Array ReadArray(Napi::Value value, const std::string& what);
TF_DataType ReadDataType(Napi::Value value, const std::string& what);

// Dimensions are >= 0, or >= -1 when `partial`.
std::vector<int64_t> ReadShape(Napi::Value value, const std::string& what, bool partial);
std::vector<int64_t> ReadIds(Napi::Value value, const std::string& what);

// How a wrong value appears in a message.
std::string Describe(Napi::Value value);

}  // namespace kiln
