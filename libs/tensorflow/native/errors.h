// How every failure travels: as a Failure (TensorFlow's code and text) inside C++, as a TensorFlowError in JavaScript.
#pragma once

#include <napi.h>

#include <string>

#include "handles.h"

namespace kiln {

struct Failure {
  TF_Code code;
  std::string message;
};

// A TF_Status that throws. `context` names what was being done and opens the message.
class Status {
 public:
  Status() : status_(TF_NewStatus()) {}
  TF_Status* get() { return status_.get(); }
  bool ok() const { return TF_GetCode(status_.get()) == TF_OK; }
  Failure ToFailure(const std::string& context = "") const;
  void Check(const std::string& context = "") const {
    if (!ok()) throw ToFailure(context);
  }

 private:
  StatusPtr status_;
};

[[noreturn]] void FailInvalid(const std::string& message);
[[noreturn]] void FailMissing(const std::string& message);
[[noreturn]] void FailPrecondition(const std::string& message);

// Called once by the TypeScript loader with the class TensorFlowError, whose constructor takes (code, detail).
void SetErrorClass(Napi::Function error_class);
Napi::Value ToJsError(Napi::Env env, const Failure& failure);

// Turns an in-flight C++ exception into a Failure; a JavaScript exception passes through. Call inside a catch block.
Failure CurrentFailure();

}  // namespace kiln
