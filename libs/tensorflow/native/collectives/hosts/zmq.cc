#include "zmq.h"

#include <dlfcn.h>

#include <mutex>

#include "../../errors.h"
#include "../../handles.h"

namespace kiln::collectives::hosts {
namespace {

Zmq the_zmq{};

template <typename Function>
void Find(void* library, const char* name, Function*& function) {
  function = reinterpret_cast<Function*>(dlsym(library, name));
  if (function == nullptr) {
    throw Failure{TF_FAILED_PRECONDITION, std::string("[collective] the zeromq package's library has no ") + name +
                                              "; install the version that package-lock.json names"};
  }
}

void FindAll(void* library, Zmq& zmq) {
  Find(library, "zmq_ctx_new", zmq.ctx_new);
  Find(library, "zmq_ctx_term", zmq.ctx_term);
  Find(library, "zmq_socket", zmq.socket);
  Find(library, "zmq_close", zmq.close);
  Find(library, "zmq_setsockopt", zmq.setsockopt);
  Find(library, "zmq_getsockopt", zmq.getsockopt);
  Find(library, "zmq_bind", zmq.bind);
  Find(library, "zmq_connect", zmq.connect);
  Find(library, "zmq_socket_monitor", zmq.socket_monitor);
  Find(library, "zmq_poll", zmq.poll);
  Find(library, "zmq_msg_init", zmq.msg_init);
  Find(library, "zmq_msg_init_size", zmq.msg_init_size);
  Find(library, "zmq_msg_close", zmq.msg_close);
  Find(library, "zmq_msg_data", zmq.msg_data);
  Find(library, "zmq_msg_size", zmq.msg_size);
  Find(library, "zmq_msg_send", zmq.msg_send);
  Find(library, "zmq_msg_recv", zmq.msg_recv);
  Find(library, "zmq_msg_more", zmq.msg_more);
  Find(library, "zmq_msg_gets", zmq.msg_gets);
  Find(library, "zmq_curve_keypair", zmq.curve_keypair);
  Find(library, "zmq_strerror", zmq.strerror);
  Find(library, "zmq_errno", zmq.last_error);
}

}  // namespace

void LoadZmq(const std::vector<std::string>& files) {
  static std::mutex mutex;
  static bool loaded = false;
  std::lock_guard<std::mutex> lock(mutex);
  if (loaded) return;
  std::string reasons;
  for (const std::string& file : files) {
    void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
      reasons += std::string("; ") + dlerror();
      continue;
    }
    FindAll(library, the_zmq);
    loaded = true;
    return;
  }
  throw Failure{TF_FAILED_PRECONDITION,
                "[collective] none of the zeromq package's libraries can be loaded on this machine" + reasons};
}

const Zmq& TheZmq() { return the_zmq; }

void FailZmq(const std::string& what) {
  throw Failure{TF_UNAVAILABLE, "[collective] " + what + ": " + the_zmq.strerror(the_zmq.last_error())};
}

Message::Message(size_t bytes) {
  if (TheZmq().msg_init_size(&message_, bytes) != 0) {
    TheZmq().msg_init(&message_);
    throw Failure{TF_RESOURCE_EXHAUSTED, "no memory for a message of " + std::to_string(bytes) + " bytes"};
  }
}

std::string Message::UserId() const {
  const char* value = TheZmq().msg_gets(&message_, "User-Id");
  return value == nullptr ? "" : value;
}

}  // namespace kiln::collectives::hosts
