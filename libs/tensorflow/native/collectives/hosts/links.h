// The connections of one rank to all others: bounded queues, encryption, and news of a connection that broke.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "../transport.h"
#include "endpoint.h"
#include "wire.h"

namespace kiln::collectives::hosts {

class Links {
 public:
  // Connects to all peers. Throws a Failure.
  Links(std::shared_ptr<Endpoint> endpoint, const std::vector<PeerAddress>& peers, int rank);
  ~Links();
  Links(const Links&) = delete;
  Links& operator=(const Links&) = delete;

  // Takes what has come; false when there is nothing. Messages that no rank of this group can have sent are dropped.
  bool Receive(Message* message);
  // In order, without waiting: what the socket does not take yet is kept here.
  void Send(int rank, Message message);
  // Messages kept here for a rank.
  size_t Waiting(int rank) const { return outgoing_[rank].waiting.size(); }
  // Sends what can be sent; whether anything could.
  bool Flush();
  // Waits for messages, for room, or for `wake`, a file descriptor. Looks after connections meanwhile.
  void Wait(int wake, int timeout_ms);
  // Whether the connection to a rank was made and has broken since.
  bool Broken(int rank) const { return outgoing_[rank].broken; }
  // Sends what waits, for at most this long, and closes.
  void Close(int linger_ms);

 private:
  struct Outgoing {
    void* socket = nullptr;
    void* monitor = nullptr;
    std::deque<Message> waiting;
    bool broken = false;
  };

  void Connect(int rank, const PeerAddress& peer);
  void ReadMonitor(Outgoing& link);
  void AnswerDoorman();
  bool Genuine(Message& message) const;

  std::shared_ptr<Endpoint> endpoint_;
  std::vector<PeerAddress> peers_;
  int rank_;
  std::vector<Outgoing> outgoing_;
  std::vector<zmq_pollitem_t> items_;
};

}  // namespace kiln::collectives::hosts
