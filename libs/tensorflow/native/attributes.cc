// Encodes typed attributes in protobuf's wire format (field numbers of tensorflow/core/framework/attr_value.proto).
#include "attributes.h"

#include <cstring>

#include "arguments.h"
#include "errors.h"

namespace kiln {

namespace {

constexpr int64_t kMaxSafeInteger = 9007199254740991;

enum Field : uint8_t { kList = 1, kString = 2, kInt = 3, kFloat = 4, kBool = 5, kType = 6, kShape = 7 };
enum Wire : uint8_t { kVarint = 0, kDelimited = 2, kFixed32 = 5 };

void PutVarint(std::string* out, uint64_t value) {
  for (; value >= 128; value >>= 7) out->push_back(static_cast<char>(value | 128));
  out->push_back(static_cast<char>(value));
}

void PutTag(std::string* out, uint8_t field, Wire wire) { out->push_back(static_cast<char>(field << 3 | wire)); }

void PutDelimited(std::string* out, uint8_t field, const std::string& content) {
  PutTag(out, field, kDelimited);
  PutVarint(out, content.size());
  out->append(content);
}

void PutInteger(std::string* out, uint8_t field, int64_t value) {
  PutTag(out, field, kVarint);
  PutVarint(out, static_cast<uint64_t>(value));
}

bool ReadFlag(Napi::Value value, const std::string& what) {
  if (value.IsBoolean()) return value.As<Napi::Boolean>().Value();
  return ReadInteger(value, what, 0, 1) == 1;
}

std::string ReadText(Napi::Value value, const std::string& what) {
  if (value.IsString()) return value.As<Napi::String>().Utf8Value();
  const Bytes bytes = ReadBytes(value, what);
  return std::string(reinterpret_cast<const char*>(bytes.data), bytes.size);
}

// TensorShapeProto: dim = 2 { size = 1 }, unknown_rank = 3.
std::string EncodeShape(Napi::Value value, const std::string& what) {
  std::string shape;
  if (value.IsNull()) {
    PutInteger(&shape, 3, 1);
    return shape;
  }
  for (const int64_t dim : ReadShape(value, what, true)) {
    std::string size;
    PutInteger(&size, 1, dim);
    PutDelimited(&shape, 2, size);
  }
  return shape;
}

// AttrValue and AttrValue.ListValue give the same kinds the same field numbers.
void PutValue(std::string* out, int type, Napi::Value value, const std::string& what) {
  switch (type) {
    case TF_ATTR_STRING:
      return PutDelimited(out, kString, ReadText(value, what));
    case TF_ATTR_INT:
      return PutInteger(out, kInt, ReadInteger(value, what, -kMaxSafeInteger, kMaxSafeInteger));
    case TF_ATTR_FLOAT: {
      if (!value.IsNumber()) FailInvalid(what + " must be a number, got " + Describe(value));
      const float number = value.As<Napi::Number>().FloatValue();
      char bits[sizeof(number)];
      std::memcpy(bits, &number, sizeof(number));
      PutTag(out, kFloat, kFixed32);
      out->append(bits, sizeof(bits));
      return;
    }
    case TF_ATTR_BOOL:
      return PutInteger(out, kBool, ReadFlag(value, what) ? 1 : 0);
    case TF_ATTR_TYPE:
      return PutInteger(out, kType, ReadDataType(value, what));
    case TF_ATTR_SHAPE:
      return PutDelimited(out, kShape, EncodeShape(value, what));
    default:
      FailInvalid(what + " has type " + std::to_string(type) +
                  "; only string, int, float, bool, type and shape have a typed form, pass the others as proto");
  }
}

std::string Encode(int type, Napi::Value value, const std::string& what) {
  std::string proto;
  // An array is one shape for TF_ATTR_SHAPE and a list for every other type.
  if (!value.IsArray() || type == TF_ATTR_SHAPE) {
    PutValue(&proto, type, value, what);
    return proto;
  }
  std::string list;
  const Napi::Array array = value.As<Napi::Array>();
  for (uint32_t i = 0; i < array.Length(); i++) {
    PutValue(&list, type, array.Get(i), what + "[" + std::to_string(i) + "]");
  }
  PutDelimited(&proto, kList, list);
  return proto;
}

}  // namespace

std::vector<Attribute> ReadAttributes(Napi::Value value) {
  std::vector<Attribute> attributes;
  const Napi::Array array = ReadArray(value, "attrs");
  for (uint32_t i = 0; i < array.Length(); i++) {
    const Napi::Object entry = ReadObject(array.Get(i), "attrs[" + std::to_string(i) + "]");
    std::string name = ReadString(entry.Get("name"), "attrs[" + std::to_string(i) + "].name");
    const std::string what = "attribute " + name;
    const Napi::Value proto = entry.Get("proto");
    if (!proto.IsUndefined()) {
      const Bytes bytes = ReadBytes(proto, what);
      attributes.push_back({std::move(name), std::string(reinterpret_cast<const char*>(bytes.data), bytes.size), false});
      continue;
    }
    const auto type = static_cast<int>(ReadInteger(entry.Get("type"), what + ": type", 0, 1 << 20));
    attributes.push_back({std::move(name), Encode(type, entry.Get("value"), what), true});
  }
  return attributes;
}

}  // namespace kiln
