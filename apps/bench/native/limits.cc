// What this machine allows between two processes, without any framework: the floor under every all-reduce.
//   memory  both buffers lie in shared memory already and each process sums one half into both, in place
//   tcp     each process sends one buffer to the other over loopback and receives one, both at once
// Reads lines "<case> <megabytes> <repetitions>", answers each with one line of JSON: nanoseconds by repetition.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr size_t kMegabyte = 1000000;
constexpr size_t kLargest = 256 * kMegabyte;
constexpr size_t kChunk = 1 << 20;
constexpr int kWarmups = 2;

struct Meeting {
  std::atomic<int> arrived;
  std::atomic<int> round;
};

struct Request {
  char kind[8];
  size_t bytes;
  int repetitions;
};

[[noreturn]] void Die(const char* what) {
  std::perror(what);
  std::exit(1);
}

template <typename T>
T* Share(size_t count) {
  void* memory = mmap(nullptr, count * sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) Die("mmap");
  return static_cast<T*>(memory);
}

// Spins: it is only entered during a measurement, when both processes have a core.
void Meet(Meeting& meeting) {
  const int round = meeting.round.load();
  if (meeting.arrived.fetch_add(1) == 1) {
    meeting.arrived.store(0);
    meeting.round.store(round + 1);
    return;
  }
  while (meeting.round.load() == round) {
  }
}

class Pair {
 public:
  Pair() : meeting_(Share<Meeting>(1)), a_(Share<float>(kLargest / 4)), b_(Share<float>(kLargest / 4)) {
    for (size_t i = 0; i < kLargest / 4; ++i) a_[i] = b_[i] = 0;
    if (pipe(commands_) != 0) Die("pipe");
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), length) != 0 || listen(listener, 1) != 0) Die("listen");
    getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length);
    child_ = fork();
    if (child_ < 0) Die("fork");
    first_ = child_ != 0;
    if (first_) {
      connection_ = accept(listener, nullptr, nullptr);
    } else {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      connection_ = socket(AF_INET, SOCK_STREAM, 0);
      if (connect(connection_, reinterpret_cast<sockaddr*>(&address), length) != 0) Die("connect");
    }
    if (connection_ < 0) Die("accept");
    const int on = 1;
    setsockopt(connection_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    outgoing_.resize(kLargest, 1);
    incoming_.resize(kLargest, 0);
  }

  bool first() const { return first_; }

  void Forward(const Request& request) {
    if (write(commands_[1], &request, sizeof request) != sizeof request) Die("write");
  }

  bool Receive(Request* request) { return read(commands_[0], request, sizeof *request) == sizeof *request; }

  std::vector<double> Measure(const Request& request) {
    const bool memory = std::strcmp(request.kind, "memory") == 0;
    std::vector<double> seconds;
    for (int i = -kWarmups; i < request.repetitions; ++i) {
      Meet(*meeting_);
      const auto start = std::chrono::steady_clock::now();
      if (memory) {
        SumHalf(request.bytes / sizeof(float));
        Meet(*meeting_);
      } else {
        Swap(request.bytes);
      }
      const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
      if (i >= 0) seconds.push_back(taken.count());
    }
    return seconds;
  }

 private:
  void SumHalf(size_t count) {
    const size_t half = count / 2;
    float* a = a_ + (first_ ? 0 : half);
    float* b = b_ + (first_ ? 0 : half);
    const size_t own = first_ ? half : count - half;
    for (size_t i = 0; i < own; ++i) a[i] = b[i] = a[i] + b[i];
  }

  void Swap(size_t bytes) {
    std::thread sender([&] {
      for (size_t sent = 0; sent < bytes;) {
        const ssize_t part = send(connection_, outgoing_.data() + sent, std::min(kChunk, bytes - sent), 0);
        if (part <= 0) Die("send");
        sent += static_cast<size_t>(part);
      }
    });
    for (size_t received = 0; received < bytes;) {
      const ssize_t part = recv(connection_, incoming_.data() + received, std::min(kChunk, bytes - received), 0);
      if (part <= 0) Die("recv");
      received += static_cast<size_t>(part);
    }
    sender.join();
  }

  Meeting* meeting_;
  float* a_;
  float* b_;
  int commands_[2];
  pid_t child_ = -1;
  bool first_ = false;
  int connection_ = -1;
  std::vector<char> outgoing_;
  std::vector<char> incoming_;
};

}  // namespace

int main() {
  Pair pair;
  Request request{};
  if (!pair.first()) {
    while (pair.Receive(&request)) pair.Measure(request);
    return 0;
  }
  double megabytes = 0;
  while (std::scanf("%7s %lf %d", request.kind, &megabytes, &request.repetitions) == 3) {
    request.bytes = static_cast<size_t>(megabytes * kMegabyte);
    if (request.bytes > kLargest) {
      std::fprintf(stderr, "at most %zu MB\n", kLargest / kMegabyte);
      return 1;
    }
    pair.Forward(request);
    std::string line = "[";
    for (double seconds : pair.Measure(request)) line += (line.size() > 1 ? "," : "") + std::to_string(seconds * 1e9) ;
    std::printf("%s]\n", line.c_str());
    std::fflush(stdout);
  }
}
