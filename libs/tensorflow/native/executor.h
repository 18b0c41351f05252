// Own threads for calls that take long: one a lane, so that neither the event loop nor libuv's pool ever waits.
#pragma once

#include <napi.h>

#include <array>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

#include "errors.h"

namespace kiln {

struct Runtime;

// `compute` runs steps, `input` waits for datasets, `read` copies results to host memory: none holds up another.
enum class Lane { kCompute, kInput, kRead };

// One asynchronous call. Run happens on the lane's thread, Finish on the JavaScript thread.
class Task {
 public:
  explicit Task(Napi::Env env) : deferred_(Napi::Promise::Deferred::New(env)) {}
  virtual ~Task() = default;
  virtual void Run() = 0;
  virtual Napi::Value Finish(Napi::Env env, Runtime& runtime) = 0;
  Napi::Value Promise() const { return deferred_.Promise(); }

 private:
  friend class Executor;
  void Settle(Napi::Env env);

  Napi::Promise::Deferred deferred_;
  std::optional<Failure> failure_;
};

class Executor {
 public:
  // Call once, from the JavaScript thread that will own all promises.
  void Start(Napi::Env env);
  Napi::Value Submit(Lane lane, std::unique_ptr<Task> task);
  size_t pending() const { return pending_; }
  // Afterwards results are dropped. Any thread.
  void Close();

 private:
  struct Queue {
    bool started = false;
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<std::unique_ptr<Task>> tasks;
  };

  void Loop(Queue& queue);
  void Deliver(std::unique_ptr<Task> task);
  static void OnDelivered(napi_env env, napi_value callback, void* context, void* data);

  std::array<Queue, 3> queues_;
  napi_env env_ = nullptr;
  napi_threadsafe_function deliveries_ = nullptr;
  // Guards the use of deliveries_ by the lanes against the end of the environment.
  std::mutex closing_mutex_;
  bool closed_ = false;
  size_t pending_ = 0;
};

}  // namespace kiln
