// The part of libzmq that we use. The library comes in the npm package `zeromq`, inside a Node addon that also exports
// libzmq's own C functions; there are no headers in it, so the little that we need is declared here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

extern "C" {

struct zmq_msg_t {
  alignas(void*) unsigned char opaque[64];
};

struct zmq_pollitem_t {
  void* socket;
  int fd;
  short events;
  short revents;
};

}  // extern "C"

namespace kiln::collectives::hosts {

struct Zmq {
  void* (*ctx_new)();
  int (*ctx_term)(void* context);
  void* (*socket)(void* context, int type);
  int (*close)(void* socket);
  int (*setsockopt)(void* socket, int option, const void* value, size_t size);
  int (*getsockopt)(void* socket, int option, void* value, size_t* size);
  int (*bind)(void* socket, const char* address);
  int (*connect)(void* socket, const char* address);
  int (*socket_monitor)(void* socket, const char* address, int events);
  int (*poll)(zmq_pollitem_t* items, int count, long timeout_ms);
  int (*msg_init)(zmq_msg_t* message);
  int (*msg_init_size)(zmq_msg_t* message, size_t size);
  int (*msg_close)(zmq_msg_t* message);
  void* (*msg_data)(zmq_msg_t* message);
  size_t (*msg_size)(const zmq_msg_t* message);
  int (*msg_send)(zmq_msg_t* message, void* socket, int flags);
  int (*msg_recv)(zmq_msg_t* message, void* socket, int flags);
  int (*msg_more)(const zmq_msg_t* message);
  const char* (*msg_gets)(const zmq_msg_t* message, const char* property);
  int (*curve_keypair)(char* public_key, char* secret_key);
  const char* (*strerror)(int error);
  int (*last_error)();
};

enum SocketType { kPair = 0, kRep = 4, kPull = 7, kPush = 8 };
enum SocketOption {
  kLinger = 17,
  kSendHighWater = 23,
  kReceiveHighWater = 24,
  kMaxMessageBytes = 22,
  kLastEndpoint = 32,
  kIpv6 = 42,
  kCurveServer = 47,
  kCurvePublicKey = 48,
  kCurveSecretKey = 49,
  kCurveServerKey = 50,
  kZapDomain = 55,
};
constexpr int kDontWait = 1;
constexpr int kSendMore = 2;
constexpr short kPollIn = 1;
constexpr short kPollOut = 2;
constexpr int kEventDisconnected = 0x0200;
// A Z85 key of 32 bytes and its final zero.
constexpr size_t kKeyChars = 41;

// Opens the library once, from the first of `files` that this machine can load. Throws a Failure.
void LoadZmq(const std::vector<std::string>& files);
// Only after LoadZmq.
const Zmq& TheZmq();
// Throws a Failure that names what was being done.
[[noreturn]] void FailZmq(const std::string& what);

// Owns one message; empty messages are valid.
class Message {
 public:
  Message() { TheZmq().msg_init(&message_); }
  explicit Message(size_t bytes);
  Message(Message&& other) noexcept : message_(other.message_) { TheZmq().msg_init(&other.message_); }
  Message& operator=(Message&& other) noexcept {
    std::swap(message_, other.message_);
    return *this;
  }
  ~Message() { TheZmq().msg_close(&message_); }

  uint8_t* data() { return static_cast<uint8_t*>(TheZmq().msg_data(&message_)); }
  size_t size() const { return TheZmq().msg_size(&message_); }
  bool more() const { return TheZmq().msg_more(&message_) != 0; }
  // What the sender's authentication says of it; empty without one.
  std::string UserId() const;

  // False when there is none, or no room.
  bool Receive(void* socket) { return TheZmq().msg_recv(&message_, socket, kDontWait) >= 0; }
  bool Send(void* socket, int flags = 0) { return TheZmq().msg_send(&message_, socket, kDontWait | flags) >= 0; }

 private:
  zmq_msg_t message_;
};

}  // namespace kiln::collectives::hosts
