// The addon's entry: the methods that src/native.ts describes.
#include <napi.h>
#include <sys/mman.h>

#include <cstdlib>
#include <string>
#include <utility>

#include "hashed-io.h"

namespace kiln {

namespace {

constexpr size_t kHugePage = 2 << 20;

// Runs on libuv's pool; threads of its own beside it.
class MoveWorker : public Napi::AsyncWorker {
 public:
  MoveWorker(Napi::Env env, int fd, Direction direction, Sums sums, std::vector<Part> parts, size_t num_threads,
             Napi::Object memory)
      : AsyncWorker(env),
        deferred_(Napi::Promise::Deferred::New(env)),
        fd_(fd),
        direction_(direction),
        sums_(sums),
        parts_(std::move(parts)),
        num_threads_(num_threads),
        memory_(Napi::Persistent(memory)) {}

  Napi::Value Promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override { outcome_ = MoveHashed(fd_, direction_, sums_, parts_, num_threads_); }

  void OnOK() override {
    const Napi::Env env = Env();
    Napi::Object result = Napi::Object::New(env);
    const size_t size = outcome_.digests.size() * sizeof(Digest);
    result.Set("digests", Napi::Buffer<uint8_t>::Copy(env, reinterpret_cast<const uint8_t*>(outcome_.digests.data()), size));
    Napi::Array checksums = Napi::Array::New(env, outcome_.checksums.size());
    for (uint32_t i = 0; i < outcome_.checksums.size(); i++) checksums.Set(i, Napi::Number::New(env, outcome_.checksums[i]));
    result.Set("checksums", checksums);
    result.Set("errno", Napi::Number::New(env, outcome_.error));
    result.Set("end", outcome_.ended ? Napi::Value(Napi::Number::New(env, static_cast<double>(outcome_.end))) : env.Null());
    deferred_.Resolve(result);
  }

  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

 private:
  Napi::Promise::Deferred deferred_;
  const int fd_;
  const Direction direction_;
  const Sums sums_;
  const std::vector<Part> parts_;
  const size_t num_threads_;
  // Keeps what the threads read and write alive.
  const Napi::ObjectReference memory_;
  Outcome outcome_;
};

// moveHashed(fd, write, positions: number[], memory: (Uint8Array | number)[], numThreads, { sha256, crc32c }): Promise
Napi::Value MoveHashedMethod(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Napi::Array positions = info[2].As<Napi::Array>();
  const Napi::Array memory = info[3].As<Napi::Array>();
  const bool write = info[1].As<Napi::Boolean>();
  std::vector<Part> parts;
  parts.reserve(memory.Length());
  for (uint32_t i = 0; i < memory.Length(); i++) {
    const auto position = static_cast<uint64_t>(positions.Get(i).As<Napi::Number>().Int64Value());
    const Napi::Value item = memory.Get(i);
    if (item.IsTypedArray()) {
      Napi::Uint8Array bytes = item.As<Napi::Uint8Array>();
      parts.push_back({position, bytes.ByteLength(), bytes.Data()});
    } else if (item.IsNumber() && !write) {
      parts.push_back({position, static_cast<size_t>(item.As<Napi::Number>().Int64Value()), nullptr});
    } else {
      throw Napi::TypeError::New(env, "memory[" + std::to_string(i) + "] must be a Uint8Array");
    }
  }
  const Napi::Object asked = info[5].As<Napi::Object>();
  const Sums sums = {asked.Get("sha256").ToBoolean(), asked.Get("crc32c").ToBoolean()};
  auto* worker = new MoveWorker(env, info[0].As<Napi::Number>().Int32Value(),
                                write ? Direction::kWrite : Direction::kRead, sums, std::move(parts),
                                info[4].As<Napi::Number>().Uint32Value(), memory);
  const Napi::Value promise = worker->Promise();
  worker->Queue();
  return promise;
}

// allocate(bytes): ArrayBuffer. In large pages where the kernel gives them: touching new memory in small ones takes longer
// than reading a file into it.
Napi::Value AllocateMethod(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto size = static_cast<size_t>(info[0].As<Napi::Number>().Int64Value());
  if (size < kHugePage) return Napi::ArrayBuffer::New(env, size);
  const size_t rounded = (size + kHugePage - 1) / kHugePage * kHugePage;
  void* memory = std::aligned_alloc(kHugePage, rounded);
  if (memory == nullptr) {
    throw Napi::RangeError::New(env, "no memory for " + std::to_string(size) + " bytes of a checkpoint");
  }
  madvise(memory, rounded, MADV_HUGEPAGE);
  return Napi::ArrayBuffer::New(env, memory, size, [](Napi::BasicEnv, void* data) { std::free(data); });
}

// hashBlocksPlainly(bytes): the state after whole blocks, for the test of what this CPU may never run.
Napi::Value HashBlocksPlainlyMethod(const Napi::CallbackInfo& info) {
  const Napi::Uint8Array bytes = info[0].As<Napi::Uint8Array>();
  Sha256 hash;
  HashBlocksPlainly(hash, bytes.Data(), bytes.ByteLength() / kShaBlock);
  Napi::Array state = Napi::Array::New(info.Env(), 8);
  for (uint32_t i = 0; i < 8; i++) state.Set(i, Napi::Number::New(info.Env(), hash.state[i]));
  return state;
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports.Set("moveHashed", Napi::Function::New(env, MoveHashedMethod));
  exports.Set("allocate", Napi::Function::New(env, AllocateMethod));
  exports.Set("hashBlocksPlainly", Napi::Function::New(env, HashBlocksPlainlyMethod));
  return exports;
}

}  // namespace

}  // namespace kiln

static Napi::Object InitAddon(Napi::Env env, Napi::Object exports) { return kiln::Init(env, exports); }
NODE_API_MODULE(checkpoints, InitAddon)
