#include "endpoint.h"

#include "../../errors.h"
#include "../../handles.h"
#include "chunks.h"

namespace kiln::collectives::hosts {

void Set(void* socket, SocketOption option, int value) {
  if (TheZmq().setsockopt(socket, option, &value, sizeof value) != 0) FailZmq("setting a socket's option");
}

void Set(void* socket, SocketOption option, int64_t value) {
  if (TheZmq().setsockopt(socket, option, &value, sizeof value) != 0) FailZmq("setting a socket's option");
}

void Set(void* socket, SocketOption option, const std::string& value) {
  if (TheZmq().setsockopt(socket, option, value.data(), value.size()) != 0) FailZmq("setting a socket's option");
}

int IsIpv6(const std::string& address) { return address.find('[') != std::string::npos; }

Endpoint::Endpoint(const std::string& address, bool encrypted) {
  if (encrypted) {
    char public_key[kKeyChars];
    char secret_key[kKeyChars];
    if (TheZmq().curve_keypair(public_key, secret_key) != 0) FailZmq("making a key pair");
    public_key_ = public_key;
    secret_key_ = secret_key;
  }
  context_ = TheZmq().ctx_new();
  if (context_ == nullptr) FailZmq("starting ZeroMQ");
  try {
    Open(address);
  } catch (...) {
    Close();
    throw;
  }
}

void Endpoint::Open(const std::string& address) {
  if (encrypted()) {
    // Before the first connection: without anybody to ask, libzmq would let every key in.
    doorman_ = TheZmq().socket(context_, kRep);
    if (doorman_ == nullptr || TheZmq().bind(doorman_, "inproc://zeromq.zap.01") != 0) FailZmq("opening the check of keys");
    Set(doorman_, kLinger, 0);
  }
  incoming_ = TheZmq().socket(context_, kPull);
  if (incoming_ == nullptr) FailZmq("opening a socket");
  Set(incoming_, kLinger, 0);
  Set(incoming_, kIpv6, IsIpv6(address));
  Set(incoming_, kReceiveHighWater, kHighWater);
  Set(incoming_, kMaxMessageBytes, static_cast<int64_t>(kMaxMessage));
  if (encrypted()) {
    Set(incoming_, kCurveServer, 1);
    Set(incoming_, kCurveSecretKey, secret_key_);
    Set(incoming_, kZapDomain, std::string("kiln"));
  }
  if (TheZmq().bind(incoming_, address.c_str()) != 0) FailZmq("listening on " + address);
  char bound[256];
  size_t size = sizeof bound;
  if (TheZmq().getsockopt(incoming_, kLastEndpoint, bound, &size) != 0) FailZmq("reading the bound address");
  address_ = bound;
}

Endpoint::~Endpoint() { Close(); }

void Endpoint::Close() {
  if (incoming_ != nullptr) TheZmq().close(incoming_);
  if (doorman_ != nullptr) TheZmq().close(doorman_);
  if (context_ != nullptr) TheZmq().ctx_term(context_);
}

}  // namespace kiln::collectives::hosts
