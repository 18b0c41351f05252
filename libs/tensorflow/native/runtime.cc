// The context's methods: starting TensorFlow, its devices, and counts of what is alive.
#include "runtime.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

namespace kiln {

namespace {

struct Device {
  std::string name;
  std::string type;
};

std::vector<Device> ListDevices(TFE_Context* context) {
  Status status;
  const DeviceListPtr list(TFE_ContextListDevices(context, status.get()));
  status.Check("listing devices");
  std::vector<Device> devices;
  for (int i = 0; i < TF_DeviceListCount(list.get()); i++) {
    const char* name = TF_DeviceListName(list.get(), i, status.get());
    status.Check("listing devices");
    const char* type = TF_DeviceListType(list.get(), i, status.get());
    status.Check("listing devices");
    devices.push_back({name, type});
  }
  return devices;
}

Napi::Value CreateContext(const Napi::CallbackInfo& info, Runtime& runtime) {
  if (runtime.context != nullptr) FailPrecondition("this process already has its TensorFlow context");
  const Bytes config = ReadBytes(info[0], "config");
  const ContextOptionsPtr options(TFE_NewContextOptions());
  Status status;
  TFE_ContextOptionsSetConfig(options.get(), config.data, config.size, status.get());
  status.Check("reading the ConfigProto");
  TFE_Context* context = TFE_NewContext(options.get(), status.get());
  status.Check("creating the TensorFlow context");
  runtime.context = context;
  return info.Env().Undefined();
}

Napi::Value Devices(const Napi::CallbackInfo& info, Runtime& runtime) {
  const Napi::Array array = Napi::Array::New(info.Env());
  for (const Device& device : ListDevices(runtime.RequireContext())) {
    const Napi::Object entry = Napi::Object::New(info.Env());
    entry.Set("name", Napi::String::New(info.Env(), device.name));
    entry.Set("type", Napi::String::New(info.Env(), device.type));
    array.Set(array.Length(), entry);
  }
  return array;
}

Napi::Value IsUsingGpuDevice(const Napi::CallbackInfo& info, Runtime& runtime) {
  for (const Device& device : ListDevices(runtime.RequireContext())) {
    if (device.type == "GPU") return Napi::Boolean::New(info.Env(), true);
  }
  return Napi::Boolean::New(info.Env(), false);
}

// TensorFlow opens CUDA's libraries by name when it starts on a GPU; one that is open already is found wherever it lies.
Napi::Value LoadLibrary(const Napi::CallbackInfo& info, Runtime&) {
  const std::string path = ReadString(info[0], "path");
  if (dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL) == nullptr) FailPrecondition(dlerror());
  return info.Env().Undefined();
}

Napi::Value Stats(const Napi::CallbackInfo& info, Runtime& runtime) {
  const Napi::Object stats = Napi::Object::New(info.Env());
  const auto set = [&](const char* name, size_t count) {
    stats.Set(name, Napi::Number::New(info.Env(), static_cast<double>(count)));
  };
  set("tensors", runtime.tensors.size());
  set("graphs", runtime.graphs.size());
  set("functions", runtime.functions.size());
  set("cancellations", runtime.cancellations.size());
  set("sessions", runtime.sessions.size());
  set("pending", runtime.executor.pending());
  return stats;
}

// process.exit destroys C++ globals while TensorFlow's threads (a running step, a prefetching dataset) still use them.
// So the process leaves without that, with the same status.
void LeaveAtOnce(int status, void*) {
  if (Runtime::Get().context != nullptr) _exit(status);
}

// The loader calls it when JavaScript is about to end: exit handlers run last registered first, and TensorFlow keeps
// registering its own as it works.
Napi::Value PrepareExit(const Napi::CallbackInfo& info, Runtime& runtime) {
  runtime.executor.Close();
  on_exit(LeaveAtOnce, nullptr);
  return info.Env().Undefined();
}

Napi::Value SetErrorClassMethod(const Napi::CallbackInfo& info, Runtime&) {
  if (!info[0].IsFunction()) FailInvalid("the error class must be a constructor");
  SetErrorClass(info[0].As<Napi::Function>());
  return info.Env().Undefined();
}

}  // namespace

Runtime& Runtime::Get() {
  static Runtime* const runtime = new Runtime();
  return *runtime;
}

TFE_Context* Runtime::RequireContext() const {
  if (context == nullptr) FailPrecondition("TensorFlow has no context yet; call createContext first");
  return context;
}

void ExportContext(Napi::Object exports) {
  Export<CreateContext>(exports, "createContext");
  Export<Devices>(exports, "devices");
  Export<IsUsingGpuDevice>(exports, "isUsingGpuDevice");
  Export<LoadLibrary>(exports, "loadLibrary");
  Export<Stats>(exports, "stats");
  Export<SetErrorClassMethod>(exports, "setErrorClass");
  Export<PrepareExit>(exports, "prepareExit");
}

}  // namespace kiln
