// Converts TensorFlow's statuses and C++ exceptions into JavaScript errors.
#include "errors.h"

#include <exception>
#include <new>

namespace kiln {

namespace {

// Lives as long as the process: the addon is loaded once and never unloaded.
Napi::FunctionReference* error_class = nullptr;

// An eager op runs as a function of one node, and TensorFlow opens its messages with that function's long name.
std::string WithoutWrapper(std::string message) {
  const std::string opening = "{{function_node __wrapped__";
  if (message.compare(0, opening.size(), opening) != 0) return message;
  const size_t end = message.find("}} ");
  return end == std::string::npos ? message : message.substr(end + 3);
}

}  // namespace

Failure Status::ToFailure(const std::string& context) const {
  const std::string message = WithoutWrapper(TF_Message(status_.get()));
  return Failure{TF_GetCode(status_.get()), context.empty() ? message : context + ": " + message};
}

void FailInvalid(const std::string& message) { throw Failure{TF_INVALID_ARGUMENT, message}; }
void FailMissing(const std::string& message) { throw Failure{TF_NOT_FOUND, message}; }
void FailPrecondition(const std::string& message) { throw Failure{TF_FAILED_PRECONDITION, message}; }

void SetErrorClass(Napi::Function function) {
  delete error_class;
  error_class = new Napi::FunctionReference(Napi::Persistent(function));
  error_class->SuppressDestruct();
}

Napi::Value ToJsError(Napi::Env env, const Failure& failure) {
  const auto code = Napi::Number::New(env, failure.code);
  const auto message = Napi::String::New(env, failure.message);
  if (error_class != nullptr) return error_class->New({code, message});
  Napi::Object error = Napi::Error::New(env, failure.message).Value();
  error.Set("code", code);
  return error;
}

Failure CurrentFailure() {
  try {
    throw;
  } catch (const Failure& failure) {
    return failure;
  } catch (const Napi::Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    return Failure{TF_RESOURCE_EXHAUSTED, "out of memory"};
  } catch (const std::exception& error) {
    return Failure{TF_INTERNAL, error.what()};
  }
}

}  // namespace kiln
