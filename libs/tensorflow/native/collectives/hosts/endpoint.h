// Where one rank can be reached: a bound socket, and the key pair that is made for it. Others connect once they have
// been told its address and public key; who they are is checked against the keys of the group.
#pragma once

#include <memory>
#include <string>

#include "zmq.h"

namespace kiln::collectives::hosts {

class Endpoint {
 public:
  // Binds `address` (tcp://<host>:<port>, port 0 or * takes any). Throws a Failure.
  Endpoint(const std::string& address, bool encrypted);
  ~Endpoint();
  Endpoint(const Endpoint&) = delete;
  Endpoint& operator=(const Endpoint&) = delete;

  // With the port that was taken.
  const std::string& address() const { return address_; }
  bool encrypted() const { return !public_key_.empty(); }
  // Empty without encryption.
  const std::string& public_key() const { return public_key_; }
  const std::string& secret_key() const { return secret_key_; }

  void* context() const { return context_; }
  void* incoming() const { return incoming_; }
  // Where libzmq asks whether a key may connect; it waits for the answer. Null without encryption.
  void* doorman() const { return doorman_; }

 private:
  void Open(const std::string& address);
  void Close();

  void* context_ = nullptr;
  void* incoming_ = nullptr;
  void* doorman_ = nullptr;
  std::string address_;
  std::string public_key_;
  std::string secret_key_;
};

// Sets a numeric or text option. Throws a Failure.
void Set(void* socket, SocketOption option, int value);
void Set(void* socket, SocketOption option, int64_t value);
void Set(void* socket, SocketOption option, const std::string& value);
// Whether an address is one of IPv6: tcp://[::1]:4321. With that option on, libzmq would also turn IPv4 addresses into such.
int IsIpv6(const std::string& address);
// How many messages libzmq may hold for one peer, on each side.
constexpr int kHighWater = 64;

}  // namespace kiln::collectives::hosts
