// Runs tasks on the lanes' threads and settles their promises on the JavaScript thread.
#include "executor.h"

#include <pthread.h>

#include <thread>
#include <utility>

#include "runtime.h"

namespace kiln {

void Task::Settle(Napi::Env env) {
  if (!failure_) {
    try {
      deferred_.Resolve(Finish(env, Runtime::Get()));
      return;
    } catch (const Napi::Error& error) {
      deferred_.Reject(error.Value());
      return;
    } catch (...) {
      failure_ = CurrentFailure();
    }
  }
  deferred_.Reject(ToJsError(env, *failure_));
}

void Executor::Start(Napi::Env env) {
  env_ = env;
  const auto name = Napi::String::New(env, "kiln.tensorflow");
  if (napi_create_threadsafe_function(env, nullptr, nullptr, name, 0, 1, nullptr, nullptr, this, OnDelivered,
                                      &deliveries_) != napi_ok) {
    throw Failure{TF_INTERNAL, "cannot create the channel from the execution threads to JavaScript"};
  }
  napi_unref_threadsafe_function(env, deliveries_);
  // Hooks run in reverse order: this one before the channel's own.
  napi_add_env_cleanup_hook(env, [](void* self) { static_cast<Executor*>(self)->Close(); }, this);
}

Napi::Value Executor::Submit(Lane lane, std::unique_ptr<Task> task) {
  Queue& queue = queues_[static_cast<size_t>(lane)];
  const Napi::Value promise = task->Promise();
  if (!queue.started) {
    static const char* const names[] = {"kiln-compute", "kiln-input", "kiln-read"};
    std::thread thread(&Executor::Loop, this, std::ref(queue));
    pthread_setname_np(thread.native_handle(), names[static_cast<size_t>(lane)]);
    thread.detach();
    queue.started = true;
  }
  if (pending_++ == 0) napi_ref_threadsafe_function(env_, deliveries_);
  {
    std::lock_guard<std::mutex> lock(queue.mutex);
    queue.tasks.push_back(std::move(task));
  }
  queue.wake.notify_one();
  return promise;
}

void Executor::Loop(Queue& queue) {
  for (;;) {
    std::unique_ptr<Task> task;
    {
      std::unique_lock<std::mutex> lock(queue.mutex);
      queue.wake.wait(lock, [&] { return !queue.tasks.empty(); });
      task = std::move(queue.tasks.front());
      queue.tasks.pop_front();
    }
    try {
      task->Run();
    } catch (...) {
      task->failure_ = CurrentFailure();
    }
    Deliver(std::move(task));
  }
}

void Executor::Deliver(std::unique_ptr<Task> task) {
  std::lock_guard<std::mutex> lock(closing_mutex_);
  if (closed_) return;
  if (napi_call_threadsafe_function(deliveries_, task.get(), napi_tsfn_nonblocking) == napi_ok) task.release();
}

void Executor::OnDelivered(napi_env env, napi_value, void* context, void* data) {
  std::unique_ptr<Task> task(static_cast<Task*>(data));
  if (env == nullptr) return;
  auto* self = static_cast<Executor*>(context);
  if (--self->pending_ == 0) napi_unref_threadsafe_function(env, self->deliveries_);
  task->Settle(env);
}

void Executor::Close() {
  std::lock_guard<std::mutex> lock(closing_mutex_);
  closed_ = true;
}

}  // namespace kiln
