#include "collectives.h"

#include <memory>
#include <optional>
#include <utility>

#include "../arguments.h"
#include "../errors.h"
#include "../runtime.h"
#include "group.h"
#include "hosts/endpoint.h"
#include "hosts/hierarchy.h"
#include "hosts/ring.h"
#include "hosts/transport.h"
#include "kernels.h"
#include "local.h"
#include "shared_memory/layout.h"
#include "shared_memory/transport.h"

namespace kiln {

using namespace collectives;

namespace {

constexpr int64_t kMaxInteger = 9007199254740991;

GroupOptions ReadGroupOptions(Napi::Object object) {
  GroupOptions options;
  const auto number = [&](const char* name, int64_t min, int64_t max) {
    return ReadInteger(object.Get(name), std::string("options.") + name, min, max);
  };
  options.name = ReadString(object.Get("name"), "options.name");
  options.num_ranks = static_cast<int>(number("worldSize", 1, kMaxRanks));
  options.rank = static_cast<int>(number("rank", 0, options.num_ranks - 1));
  options.generation = static_cast<uint64_t>(number("generation", 0, kMaxInteger));
  options.heartbeat_timeout_ms = static_cast<int>(number("heartbeatTimeoutMs", 100, 1 << 30));
  options.op_timeout_ms = static_cast<int>(number("opTimeoutMs", 100, 1 << 30));
  options.join_timeout_ms = static_cast<int>(number("joinTimeoutMs", 1, 1 << 30));
  options.max_bytes = static_cast<uint64_t>(number("bytes", 0, int64_t{1} << 46));
  const Napi::Array directories = ReadArray(object.Get("directories"), "options.directories");
  for (uint32_t i = 0; i < directories.Length(); ++i) {
    options.directories.push_back(ReadString(directories.Get(i), "options.directories"));
  }
  if (options.directories.empty()) FailInvalid("options.directories is empty");
  const Napi::Array peers = ReadArray(object.Get("peers"), "options.peers");
  for (uint32_t i = 0; i < peers.Length(); ++i) {
    const Napi::Object peer = ReadObject(peers.Get(i), "options.peers");
    options.peers.push_back({ReadString(peer.Get("host"), "peer.host"), ReadString(peer.Get("hostId"), "peer.hostId"),
                             ReadString(peer.Get("endpoint"), "peer.endpoint"),
                             ReadString(peer.Get("publicKey"), "peer.publicKey")});
  }
  if (peers.Length() != 0 && static_cast<int>(peers.Length()) != options.num_ranks) {
    FailInvalid("options.peers has " + std::to_string(peers.Length()) + " entries for " +
                std::to_string(options.num_ranks) + " ranks");
  }
  return options;
}

// What Listen has bound for the next Join. Never destroyed: its threads may outlive JavaScript.
std::shared_ptr<hosts::Endpoint>& TheEndpoint() {
  static auto* endpoint = new std::shared_ptr<hosts::Endpoint>;
  return *endpoint;
}

Napi::Value Listen(const Napi::CallbackInfo& info, Runtime&) {
  const Napi::Array files = ReadArray(info[0], "libraries");
  std::vector<std::string> libraries;
  for (uint32_t i = 0; i < files.Length(); ++i) libraries.push_back(ReadString(files.Get(i), "libraries"));
  const std::string address = ReadString(info[1], "address");
  const bool encrypted = info[2].ToBoolean();
  hosts::LoadZmq(libraries);
  TheEndpoint() = std::make_shared<hosts::Endpoint>(address, encrypted);
  Napi::Object result = Napi::Object::New(info.Env());
  result.Set("endpoint", Napi::String::New(info.Env(), TheEndpoint()->address()));
  result.Set("publicKey", Napi::String::New(info.Env(), TheEndpoint()->public_key()));
  return result;
}

// Carries the outcome of a join from the communication thread to the promise.
class JoinPromise {
 public:
  explicit JoinPromise(Napi::Env env)
      : deferred_(Napi::Promise::Deferred::New(env)),
        channel_(Napi::ThreadSafeFunction::New(env, Napi::Function(), "kiln.collectives.join", 1, 1)) {}

  Napi::Value Promise() const { return deferred_.Promise(); }
  // `group` is forgotten if it did not form.
  void SetGroup(const Transport* group) { group_ = group; }

  // Any thread, once.
  static void Settle(std::shared_ptr<JoinPromise> self, std::optional<Failure> failure) {
    Napi::ThreadSafeFunction channel = self->channel_;
    channel.NonBlockingCall([self, failure = std::move(failure)](Napi::Env env, Napi::Function) {
      if (!failure) return self->deferred_.Resolve(env.Undefined());
      ForgetGroup(self->group_);
      self->deferred_.Reject(ToJsError(env, *failure));
    });
    channel.Release();
  }

 private:
  Napi::Promise::Deferred deferred_;
  Napi::ThreadSafeFunction channel_;
  const Transport* group_ = nullptr;
};

Napi::Value Join(const Napi::CallbackInfo& info, Runtime&) {
  GroupOptions options = ReadGroupOptions(ReadObject(info[0], "options"));
  if (CurrentGroup()) FailPrecondition("[collective] this process is in a group already; call leaveGroup first");
  if (!options.peers.empty() && !TheEndpoint()) {
    FailPrecondition("[collective] peers on other hosts cannot reach this process; call listen before joinGroup");
  }
  auto promise = std::make_shared<JoinPromise>(info.Env());
  const Napi::Value result = promise->Promise();
  if (options.num_ranks == 1) {
    SetCurrentGroup(std::make_shared<LocalTransport>(std::move(options)));
    JoinPromise::Settle(std::move(promise), std::nullopt);
    return result;
  }
  const auto on_joined = [promise](std::optional<Failure> failure) { JoinPromise::Settle(promise, std::move(failure)); };
  std::shared_ptr<Transport> group;
  if (options.peers.empty()) {
    group = std::make_shared<SharedMemoryTransport>(std::move(options), on_joined);
  } else if (hosts::HostTable(options.peers).IsNested()) {
    group = std::make_shared<hosts::Hierarchy>(std::move(options), std::move(TheEndpoint()), on_joined);
  } else {
    group = std::make_shared<hosts::RingTransport>(std::move(options), std::move(TheEndpoint()), on_joined);
  }
  // Settled on this thread, so not before this function has returned.
  promise->SetGroup(group.get());
  SetCurrentGroup(std::move(group));
  return result;
}

Napi::Value Leave(const Napi::CallbackInfo& info, Runtime&) {
  if (auto group = CurrentGroup()) {
    group->Leave();
    SetCurrentGroup(nullptr);
  }
  return info.Env().Undefined();
}

Napi::Value Abort(const Napi::CallbackInfo& info, Runtime&) {
  const std::string reason = ReadString(info[0], "reason");
  if (auto group = CurrentGroup()) group->Abort(reason);
  return info.Env().Undefined();
}

const char* NameOfState(GroupStatus::State state) {
  switch (state) {
    case GroupStatus::State::kJoining:
      return "joining";
    case GroupStatus::State::kReady:
      return "ready";
    case GroupStatus::State::kFailed:
      return "failed";
    case GroupStatus::State::kLeft:
      return "left";
  }
  return "unknown";
}

Napi::Value ReadStatus(const Napi::CallbackInfo& info, Runtime&) {
  const Napi::Env env = info.Env();
  auto group = CurrentGroup();
  if (!group) return env.Null();
  const GroupStatus status = group->Status();
  Napi::Object result = Napi::Object::New(env);
  const auto number = [&](const char* name, double value) { result.Set(name, Napi::Number::New(env, value)); };
  result.Set("state", Napi::String::New(env, NameOfState(status.state)));
  result.Set("failure", Napi::String::New(env, status.failure));
  result.Set("location", Napi::String::New(env, status.location));
  result.Set("note", Napi::String::New(env, status.note));
  number("pending", static_cast<double>(status.pending));
  number("completed", static_cast<double>(status.completed));
  number("heapBytes", static_cast<double>(status.heap_bytes));
  number("heapUsed", static_cast<double>(status.heap_used));
  Napi::Array pids = Napi::Array::New(env);
  for (int pid : status.pids) pids.Set(pids.Length(), Napi::Number::New(env, pid));
  result.Set("pids", pids);
  return result;
}

// The schedule itself, by hop, so that it can be proved without data for groups of any size.
Napi::Value ReadRing(const Napi::CallbackInfo& info, Runtime&) {
  const Napi::Env env = info.Env();
  const bool reduces = ReadString(info[0], "kind") == NameOf(Kind::kAllReduce);
  const Kind kind = reduces ? Kind::kAllReduce : Kind::kAllGather;
  const int num_ranks = static_cast<int>(ReadInteger(info[1], "worldSize", 2, 1 << 20));
  Napi::Array hops = Napi::Array::New(env);
  for (int hop = 1; hop <= hosts::NumHops(kind, num_ranks); ++hop) {
    const hosts::Hop work = hosts::HopAt(kind, num_ranks, hop);
    Napi::Object entry = Napi::Object::New(env);
    entry.Set("adds", Napi::Boolean::New(env, work.adds));
    entry.Set("completes", Napi::Boolean::New(env, work.completes));
    entry.Set("keeps", Napi::Boolean::New(env, work.keeps));
    entry.Set("forwards", Napi::Boolean::New(env, work.forwards));
    entry.Set("returns", Napi::Boolean::New(env, work.returns));
    hops.Set(hops.Length(), entry);
  }
  return hops;
}

}  // namespace

void RegisterCollectives(Napi::Env, Napi::Object exports) {
  RegisterOpsAndKernels();
  Export<Listen>(exports, "collectivesListen");
  Export<Join>(exports, "collectivesJoin");
  Export<Leave>(exports, "collectivesLeave");
  Export<Abort>(exports, "collectivesAbort");
  Export<ReadStatus>(exports, "collectivesStatus");
  Export<ReadRing>(exports, "collectivesRing");
}

}  // namespace kiln
