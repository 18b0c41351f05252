#include "links.h"

#include <unistd.h>

#include <cstring>
#include <utility>

#include "../../errors.h"

namespace kiln::collectives::hosts {
namespace {

void SendText(void* socket, const std::string& text, bool more) {
  Message message(text.size());
  std::memcpy(message.data(), text.data(), text.size());
  message.Send(socket, more ? kSendMore : 0);
}

// The Z85 text of a key's 32 bytes (ZeroMQ RFC 32).
std::string Z85(const uint8_t* bytes, size_t size) {
  static const char kDigits[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
  std::string text;
  for (size_t i = 0; i + 4 <= size; i += 4) {
    uint32_t value = uint32_t{bytes[i]} << 24 | uint32_t{bytes[i + 1]} << 16 | uint32_t{bytes[i + 2]} << 8 | bytes[i + 3];
    char digits[5];
    for (int digit = 4; digit >= 0; --digit, value /= 85) digits[digit] = kDigits[value % 85];
    text.append(digits, sizeof digits);
  }
  return text;
}

}  // namespace

Links::Links(std::shared_ptr<Endpoint> endpoint, const std::vector<PeerAddress>& peers, int rank)
    : endpoint_(std::move(endpoint)), peers_(peers), rank_(rank), outgoing_(peers.size()) {
  try {
    for (int peer = 0; peer < static_cast<int>(peers.size()); ++peer) {
      if (peer != rank) Connect(peer, peers[peer]);
    }
  } catch (...) {
    Close(0);
    throw;
  }
}

Links::~Links() { Close(0); }

void Links::Connect(int rank, const PeerAddress& peer) {
  Outgoing& link = outgoing_[rank];
  link.socket = TheZmq().socket(endpoint_->context(), kPush);
  if (link.socket == nullptr) FailZmq("opening a socket");
  Set(link.socket, kIpv6, IsIpv6(peer.endpoint));
  Set(link.socket, kSendHighWater, kHighWater);
  if (endpoint_->encrypted()) {
    Set(link.socket, kCurveServerKey, peer.public_key);
    Set(link.socket, kCurvePublicKey, endpoint_->public_key());
    Set(link.socket, kCurveSecretKey, endpoint_->secret_key());
  }
  const std::string news = "inproc://kiln-link-" + std::to_string(rank);
  if (TheZmq().socket_monitor(link.socket, news.c_str(), kEventDisconnected) != 0) FailZmq("watching a connection");
  link.monitor = TheZmq().socket(endpoint_->context(), kPair);
  if (link.monitor == nullptr || TheZmq().connect(link.monitor, news.c_str()) != 0) FailZmq("watching a connection");
  Set(link.monitor, kLinger, 0);
  if (TheZmq().connect(link.socket, peer.endpoint.c_str()) != 0) {
    FailZmq("connecting to " + peer.endpoint + ", the address of rank " + std::to_string(rank));
  }
}

bool Links::Genuine(Message& message) const {
  if (message.size() < sizeof(Header)) return false;
  Header header;
  std::memcpy(&header, message.data(), sizeof header);
  if (header.magic != kWireMagic || header.sender >= peers_.size()) return false;
  return !endpoint_->encrypted() || message.UserId() == std::to_string(header.sender);
}

bool Links::Receive(Message* message) {
  while (message->Receive(endpoint_->incoming())) {
    if (Genuine(*message)) return true;
  }
  return false;
}

void Links::Send(int rank, Message message) {
  Outgoing& link = outgoing_[rank];
  if (link.socket == nullptr || link.broken) return;
  if (link.waiting.empty() && message.Send(link.socket)) return;
  link.waiting.push_back(std::move(message));
}

bool Links::Flush() {
  bool moved = false;
  for (Outgoing& link : outgoing_) {
    while (!link.waiting.empty() && link.waiting.front().Send(link.socket)) {
      link.waiting.pop_front();
      moved = true;
    }
  }
  return moved;
}

void Links::Wait(int wake, int timeout_ms) {
  items_.clear();
  items_.push_back({nullptr, wake, kPollIn, 0});
  items_.push_back({endpoint_->incoming(), 0, kPollIn, 0});
  if (endpoint_->doorman() != nullptr) items_.push_back({endpoint_->doorman(), 0, kPollIn, 0});
  for (const Outgoing& link : outgoing_) {
    if (link.monitor != nullptr) items_.push_back({link.monitor, 0, kPollIn, 0});
    if (!link.waiting.empty()) items_.push_back({link.socket, 0, kPollOut, 0});
  }
  TheZmq().poll(items_.data(), static_cast<int>(items_.size()), timeout_ms);
  if ((items_[0].revents & kPollIn) != 0) {
    uint64_t count;
    [[maybe_unused]] ssize_t size = read(wake, &count, sizeof count);
  }
  if (endpoint_->doorman() != nullptr) AnswerDoorman();
  for (Outgoing& link : outgoing_) {
    if (link.monitor != nullptr) ReadMonitor(link);
  }
}

// An event is two frames, of which the second, the address, is known.
void Links::ReadMonitor(Outgoing& link) {
  Message frame;
  while (frame.Receive(link.monitor)) {
    if (!frame.more()) continue;
    uint16_t event = 0;
    std::memcpy(&event, frame.data(), sizeof event);
    if (event == kEventDisconnected) link.broken = true;
  }
}

// ZeroMQ RFC 27. The user id says which rank's key it is, so that no rank can speak for another.
void Links::AnswerDoorman() {
  Message frame;
  while (frame.Receive(endpoint_->doorman())) {
    std::vector<std::string> request;
    request.emplace_back(reinterpret_cast<char*>(frame.data()), frame.size());
    while (frame.more() && frame.Receive(endpoint_->doorman())) {
      request.emplace_back(reinterpret_cast<char*>(frame.data()), frame.size());
    }
    std::string user;
    if (request.size() == 7 && request[5] == "CURVE") {
      const std::string key = Z85(reinterpret_cast<const uint8_t*>(request[6].data()), request[6].size());
      for (size_t rank = 0; rank < peers_.size(); ++rank) {
        if (peers_[rank].public_key == key) user = std::to_string(rank);
      }
    }
    SendText(endpoint_->doorman(), "1.0", true);
    SendText(endpoint_->doorman(), request.size() > 1 ? request[1] : "", true);
    SendText(endpoint_->doorman(), user.empty() ? "400" : "200", true);
    SendText(endpoint_->doorman(), user.empty() ? "no key of this group" : "", true);
    SendText(endpoint_->doorman(), user, true);
    SendText(endpoint_->doorman(), "", false);
  }
}

void Links::Close(int linger_ms) {
  for (Outgoing& link : outgoing_) {
    if (link.socket == nullptr) continue;
    const int linger = link.broken ? 0 : linger_ms;
    TheZmq().setsockopt(link.socket, kLinger, &linger, sizeof linger);
    TheZmq().socket_monitor(link.socket, nullptr, 0);
    TheZmq().close(link.socket);
    TheZmq().close(link.monitor);
    link.socket = nullptr;
    link.monitor = nullptr;
    link.waiting.clear();
  }
}

}  // namespace kiln::collectives::hosts
