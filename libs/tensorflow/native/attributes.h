// Op attributes as tfjs's kernels or Kiln pass them, brought to one form: the serialised tensorflow.AttrValue.
#pragma once

#include <napi.h>

#include <string>
#include <vector>

namespace kiln {

struct Attribute {
  std::string name;
  std::string proto;
  // Given in tfjs's typed form, whose kernels also pass attributes that the op no longer has.
  bool typed;
};

std::vector<Attribute> ReadAttributes(Napi::Value value);

}  // namespace kiln
