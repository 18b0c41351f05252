// Looks up op definitions, and reads their input arguments in protobuf's wire format.
#include "op-inputs.h"

#include <unordered_map>

#include "errors.h"

namespace kiln {

namespace {

// Field numbers of tensorflow/core/framework/op_def.proto.
constexpr uint64_t kOpInputArg = 2;
constexpr uint64_t kArgNumberAttr = 5;
constexpr uint64_t kArgTypeListAttr = 6;

// Walks over the fields of a message that TensorFlow itself wrote.
class Fields {
 public:
  Fields(const uint8_t* data, size_t size) : at_(data), end_(data + size) {}

  // Goes to the next field; false at the end. `content` is set for fields with a length.
  bool Next() {
    if (at_ >= end_) return false;
    const uint64_t tag = Varint();
    number = tag >> 3;
    content_size = 0;
    switch (tag & 7) {
      case 0:
        Varint();
        return true;
      case 1:
        at_ += 8;
        return true;
      case 5:
        at_ += 4;
        return true;
      default:
        content_size = Varint();
        content = at_;
        at_ += content_size;
        return at_ <= end_;
    }
  }

  uint64_t number = 0;
  const uint8_t* content = nullptr;
  size_t content_size = 0;

 private:
  uint64_t Varint() {
    uint64_t value = 0;
    for (int shift = 0; at_ < end_ && shift < 64; shift += 7) {
      const uint8_t byte = *at_++;
      value |= static_cast<uint64_t>(byte & 127) << shift;
      if (byte < 128) break;
    }
    return value;
  }

  const uint8_t* at_;
  const uint8_t* end_;
};

std::vector<bool> ReadInputLists(const TF_Buffer* op_def) {
  std::vector<bool> lists;
  Fields op(static_cast<const uint8_t*>(op_def->data), op_def->length);
  while (op.Next()) {
    if (op.number != kOpInputArg) continue;
    bool list = false;
    Fields arg(op.content, op.content_size);
    while (arg.Next()) list |= arg.number == kArgNumberAttr || arg.number == kArgTypeListAttr;
    lists.push_back(list);
  }
  return lists;
}

}  // namespace

BufferPtr ReadOpDef(const std::string& op) {
  // Any graph gives access to the definitions of all ops.
  static TF_Graph* const graph = TF_NewGraph();
  BufferPtr buffer(TF_NewBuffer());
  Status status;
  TF_GraphGetOpDef(graph, op.c_str(), buffer.get(), status.get());
  if (TF_GetCode(status.get()) == TF_NOT_FOUND) return nullptr;
  status.Check("op " + op);
  return buffer;
}

const std::vector<bool>* InputLists(const std::string& op) {
  static auto* const known = new std::unordered_map<std::string, std::vector<bool>>();
  const auto found = known->find(op);
  if (found != known->end()) return &found->second;
  const BufferPtr op_def = ReadOpDef(op);
  if (op_def == nullptr) return nullptr;
  return &known->emplace(op, ReadInputLists(op_def.get())).first->second;
}

}  // namespace kiln
