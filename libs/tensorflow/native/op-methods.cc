// The methods of the addon that run ops and registered functions, now or on a lane, and that cancel them.
#include "attributes.h"
#include "op-inputs.h"
#include "runtime.h"
#include "tensors.h"

namespace kiln {

namespace {

constexpr int64_t kMaxId = 9007199254740991;
constexpr int64_t kMaxOutputs = 1 << 20;

// An op ready to run. It holds its inputs, so their ids may be deleted before it has run.
struct Call {
  std::string name;
  OpPtr op;
  CancellationPtr cancellation;
  int num_outputs = 0;
  Lane lane = Lane::kCompute;
};

// Once a list has been given tensor by tensor, TensorFlow counts the inputs itself, against the list's length.
void CheckCount(const Call& call, const Napi::Array& inputs) {
  const std::vector<bool>* lists = InputLists(call.name);
  if (lists == nullptr) return;
  for (uint32_t i = 0; i < inputs.Length(); i++) {
    if (i == lists->size()) {
      FailInvalid(call.name + " takes " + std::to_string(lists->size()) + " inputs, got " +
                  std::to_string(inputs.Length()));
    }
    if ((*lists)[i] && !inputs.Get(i).IsArray()) return;
  }
}

void AddInputs(Call& call, Runtime& runtime, Napi::Value value) {
  Status status;
  const Napi::Array inputs = ReadArray(value, "inputs");
  CheckCount(call, inputs);
  for (uint32_t i = 0; i < inputs.Length(); i++) {
    const Napi::Value item = inputs.Get(i);
    const std::string what = "inputs[" + std::to_string(i) + "]";
    if (item.IsArray()) {
      std::vector<TFE_TensorHandle*> handles;
      for (const int64_t id : ReadIds(item, what)) handles.push_back(runtime.tensors.Get(id).get());
      TFE_OpAddInputList(call.op.get(), handles.data(), static_cast<int>(handles.size()), status.get());
    } else {
      const HandlePtr& handle = runtime.tensors.Get(ReadInteger(item, what, 0, kMaxId));
      TFE_OpAddInput(call.op.get(), handle.get(), status.get());
    }
    status.Check(call.name + ", " + what);
  }
}

void SetAttributes(Call& call, const std::vector<Attribute>& attributes) {
  for (const Attribute& attribute : attributes) {
    Status known;
    unsigned char is_list = 0;
    // Names with an underscore are hints to TensorFlow that any op may carry.
    if (attribute.name[0] != '_') TFE_OpGetAttrType(call.op.get(), attribute.name.c_str(), &is_list, known.get());
    if (!known.ok()) {
      // tfjs's kernels pass attributes that their op has lost since.
      if (attribute.typed) continue;
      FailInvalid(call.name + " has no attribute " + attribute.name);
    }
    Status status;
    TFE_OpSetAttrValueProto(call.op.get(), attribute.name.c_str(), attribute.proto.data(), attribute.proto.size(),
                            status.get());
    status.Check(call.name + ", attribute " + attribute.name);
  }
}

void ReadOptions(Call& call, Runtime& runtime, Napi::Value value) {
  if (value.IsUndefined()) return;
  const Napi::Object options = ReadObject(value, "options");
  Status status;
  const Napi::Value device = options.Get("device");
  if (!device.IsUndefined()) {
    TFE_OpSetDevice(call.op.get(), ReadString(device, "options.device").c_str(), status.get());
    status.Check(call.name + ", options.device");
  }
  const Napi::Value cancellation = options.Get("cancellation");
  if (!cancellation.IsUndefined()) {
    call.cancellation = runtime.cancellations.Get(ReadInteger(cancellation, "options.cancellation", 0, kMaxId));
    TFE_OpSetCancellationManager(call.op.get(), call.cancellation.get(), status.get());
    status.Check(call.name + ", options.cancellation");
  }
  const Napi::Value lane = options.Get("lane");
  if (!lane.IsUndefined()) {
    const std::string name = ReadString(lane, "options.lane");
    if (name != "compute" && name != "input") {
      FailInvalid("options.lane must be \"compute\" or \"input\", got \"" + name + "\"");
    }
    call.lane = name == "input" ? Lane::kInput : Lane::kCompute;
  }
}

Call ReadCall(const Napi::CallbackInfo& info, Runtime& runtime) {
  TFE_Context* context = runtime.RequireContext();
  Call call;
  call.name = ReadString(info[0], "op");
  const std::vector<Attribute> attributes = ReadAttributes(info[1]);
  Status status;
  call.op.reset(TFE_NewOp(context, call.name.c_str(), status.get()));
  status.Check();
  ReadOptions(call, runtime, info[4]);
  SetAttributes(call, attributes);
  AddInputs(call, runtime, info[2]);
  call.num_outputs = static_cast<int>(ReadInteger(info[3], "numOutputs", 0, kMaxOutputs));
  return call;
}

// In this order, since a cancellation goes from the one state to the other.
bool IsCancelled(TFE_CancellationManager* manager) {
  return TFE_CancellationManagerIsCancelling(manager) || TFE_CancellationManagerIsCancelled(manager);
}

std::vector<HandlePtr> Execute(Call& call) {
  if (call.cancellation != nullptr && IsCancelled(call.cancellation.get())) {
    throw Failure{TF_CANCELLED, call.name + ": cancelled before it ran"};
  }
  std::vector<TFE_TensorHandle*> results(static_cast<size_t>(call.num_outputs) + 1);
  int count = call.num_outputs;
  Status status;
  TFE_Execute(call.op.get(), results.data(), &count, status.get());
  // Inputs are released here, before the results are announced.
  call.op.reset();
  status.Check(call.name);
  std::vector<HandlePtr> handles;
  for (int i = 0; i < count; i++) handles.push_back(OwnHandle(results[static_cast<size_t>(i)]));
  return handles;
}

Napi::Value Register(Napi::Env env, Runtime& runtime, std::vector<HandlePtr> handles) {
  const Napi::Array outputs = Napi::Array::New(env, handles.size());
  for (size_t i = 0; i < handles.size(); i++) {
    TFE_TensorHandle* handle = handles[i].get();
    const int64_t id = runtime.tensors.Add(std::move(handles[i]));
    outputs.Set(static_cast<uint32_t>(i), DescribeTensor(env, id, handle));
  }
  return outputs;
}

class ExecuteTask : public Task {
 public:
  ExecuteTask(Napi::Env env, Call call) : Task(env), call_(std::move(call)) {}
  void Run() override { results_ = Execute(call_); }
  Napi::Value Finish(Napi::Env env, Runtime& runtime) override { return Register(env, runtime, std::move(results_)); }

 private:
  Call call_;
  std::vector<HandlePtr> results_;
};

Napi::Value ExecuteOp(const Napi::CallbackInfo& info, Runtime& runtime) {
  Call call = ReadCall(info, runtime);
  return Register(info.Env(), runtime, Execute(call));
}

Napi::Value ExecuteOpAsync(const Napi::CallbackInfo& info, Runtime& runtime) {
  Call call = ReadCall(info, runtime);
  const Lane lane = call.lane;
  return runtime.executor.Submit(lane, std::make_unique<ExecuteTask>(info.Env(), std::move(call)));
}

Napi::Value NewCancellation(const Napi::CallbackInfo& info, Runtime& runtime) {
  CancellationPtr manager(TFE_NewCancellationManager(), TFE_DeleteCancellationManager);
  return Napi::Number::New(info.Env(), static_cast<double>(runtime.cancellations.Add(std::move(manager))));
}

Napi::Value Cancel(const Napi::CallbackInfo& info, Runtime& runtime) {
  TFE_CancellationManagerStartCancel(
      runtime.cancellations.Get(ReadInteger(info[0], "cancellation", 0, kMaxId)).get());
  return info.Env().Undefined();
}

Napi::Value DeleteCancellation(const Napi::CallbackInfo& info, Runtime& runtime) {
  runtime.cancellations.Remove(ReadInteger(info[0], "cancellation", 0, kMaxId));
  return info.Env().Undefined();
}

}  // namespace

void ExportOps(Napi::Object exports) {
  Export<ExecuteOp>(exports, "executeOp");
  Export<ExecuteOpAsync>(exports, "executeOpAsync");
  Export<NewCancellation>(exports, "newCancellation");
  Export<Cancel>(exports, "cancel");
  Export<DeleteCancellation>(exports, "deleteCancellation");
}

}  // namespace kiln
