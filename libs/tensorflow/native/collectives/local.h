// The group of one: every result is its input.
#pragma once

#include <utility>

#include "transport.h"

namespace kiln::collectives {

class LocalTransport : public Transport {
 public:
  explicit LocalTransport(GroupOptions options) : options_(std::move(options)) {}

  const GroupOptions& options() const override { return options_; }
  void Submit(std::unique_ptr<Call> call) override {
    for (size_t i = 0; i < call->pieces.size(); ++i) call->ForwardInput(i);
    call->Succeed();
  }
  void Abort(const std::string&) override {}
  void Close(const std::string&) override {}
  void Leave() override {}
  GroupStatus Status() const override {
    GroupStatus status;
    status.state = GroupStatus::State::kReady;
    return status;
  }

 private:
  GroupOptions options_;
};

}  // namespace kiln::collectives
