// Every thread takes parts in order, as many at a time as hash well together, and moves them chunk by chunk: what was just
// moved is hashed while it is still in the cache, so memory is passed over once.
#include "hashed-io.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace kiln {

namespace {

// A written chunk holds the file's lock, so it is larger; four read ones fit into a core's second cache.
constexpr size_t kWriteChunk = 1 << 20;
constexpr size_t kReadChunk = 256 << 10;
constexpr uint64_t kFlushBytes = 16 << 20;

class Move {
 public:
  Move(int fd, Direction direction, Sums sums, const std::vector<Part>& parts)
      : fd_(fd), direction_(direction), sums_(sums), parts_(parts) {
    if (sums.sha256) outcome_.digests.resize(parts.size());
    if (sums.crc32c) outcome_.checksums.resize(parts.size());
  }

  Outcome Run(size_t num_threads) {
    uint64_t total = 0;
    for (const Part& part : parts_) total += part.size;
    const size_t useful = std::min(num_threads, total / kFlushBytes + 1);
    std::thread flusher;
    if (direction_ == Direction::kWrite && total > kFlushBytes) {
      Reserve();
      flusher = std::thread(&Move::FlushLoop, this);
    }
    std::vector<std::thread> others;
    for (size_t i = 1; i < useful; i++) others.emplace_back(&Move::Work, this);
    Work();
    for (std::thread& thread : others) thread.join();
    if (flusher.joinable()) {
      {
        std::lock_guard<std::mutex> lock(mutex_);
        moved_all_ = true;
      }
      wake_.notify_one();
      flusher.join();
    }
    return std::move(outcome_);
  }

 private:
  struct Lane {
    size_t part = 0;
    size_t done = 0;
    bool busy = false;
    Sha256 hash;
    Crc32c checksum;
    std::unique_ptr<uint8_t[]> scratch;
  };

  // Takes all blocks at once: a full disk is noticed before the time is spent. Only some file systems can.
  void Reserve() {
    const Part& last = parts_.back();
    if (fallocate(fd_, 0, 0, static_cast<off_t>(last.position + last.size)) == 0) return;
    if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) Fail(errno);
  }

  void Work() {
    const size_t max_chunk = direction_ == Direction::kWrite ? kWriteChunk : kReadChunk;
    Lane lanes[kShaLanes];
    for (;;) {
      Lane* busy[kShaLanes];
      size_t num_busy = 0;
      size_t chunk = max_chunk;
      for (Lane& lane : lanes) {
        if (!Fill(lane)) continue;
        busy[num_busy++] = &lane;
        chunk = std::min(chunk, parts_[lane.part].size - lane.done);
      }
      if (num_busy == 0) return;
      if (!Advance(busy, num_busy, chunk)) return;
    }
  }

  // Gives a free lane the next part; parts of no bytes are done at once. False when there is none left.
  bool Fill(Lane& lane) {
    while (!lane.busy) {
      const size_t part = next_++;
      if (failed_ || part >= parts_.size()) return false;
      lane.part = part;
      lane.done = 0;
      lane.hash = Sha256();
      lane.checksum = Crc32c();
      if (parts_[part].size == 0) {
        End(lane, nullptr, 0);
        continue;
      }
      if (parts_[part].memory == nullptr && !lane.scratch) lane.scratch.reset(new uint8_t[kReadChunk]);
      lane.busy = true;
    }
    return true;
  }

  bool Advance(Lane* const* busy, size_t num_busy, size_t chunk) {
    Sha256* hashes[kShaLanes];
    Crc32c* checksums[kShaLanes];
    const uint8_t* data[kShaLanes];
    for (size_t i = 0; i < num_busy; i++) {
      Lane& lane = *busy[i];
      const Part& part = parts_[lane.part];
      uint8_t* memory = part.memory == nullptr ? lane.scratch.get() : part.memory + lane.done;
      if (!MoveBytes(memory, chunk, part.position + lane.done)) return false;
      hashes[i] = &lane.hash;
      checksums[i] = &lane.checksum;
      data[i] = memory;
    }
    // A chunk that is no whole number of blocks is the end of the shortest part; the others go back to the last whole block.
    const size_t num_blocks = chunk / kShaBlock;
    if (sums_.sha256) HashBlocks(hashes, data, num_busy, num_blocks);
    if (sums_.crc32c) Check(checksums, data, num_busy, num_blocks * kShaBlock);
    for (size_t i = 0; i < num_busy; i++) {
      Lane& lane = *busy[i];
      const size_t size = parts_[lane.part].size;
      if (lane.done + chunk < size) {
        lane.done += num_blocks * kShaBlock;
        // Shorter than a block, and not its own end: the shorter part alone ends this turn.
        continue;
      }
      End(lane, data[i] + num_blocks * kShaBlock, chunk % kShaBlock);
      lane.busy = false;
      Written(size);
    }
    return true;
  }

  // Takes the last bytes of a part, fewer than a block.
  void End(Lane& lane, const uint8_t* rest, size_t size) {
    if (sums_.sha256) outcome_.digests[lane.part] = Finish(lane.hash, rest, size);
    if (!sums_.crc32c) return;
    Crc32c* const checksums[] = {&lane.checksum};
    Check(checksums, &rest, 1, size);
    outcome_.checksums[lane.part] = lane.checksum.Value();
  }

  bool MoveBytes(uint8_t* memory, size_t size, uint64_t position) {
    while (size > 0) {
      if (failed_) return false;
      const ssize_t moved = direction_ == Direction::kWrite ? pwrite(fd_, memory, size, static_cast<off_t>(position))
                                                            : pread(fd_, memory, size, static_cast<off_t>(position));
      if (moved < 0 && errno == EINTR) continue;
      if (moved < 0) return Fail(errno);
      if (moved == 0 && direction_ == Direction::kWrite) return Fail(EIO);
      if (moved == 0) return FileEnds(position);
      memory += moved;
      position += static_cast<uint64_t>(moved);
      size -= static_cast<size_t>(moved);
    }
    return true;
  }

  bool Fail(int error) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!failed_) outcome_.error = error;
    failed_ = true;
    return false;
  }

  bool FileEnds(uint64_t position) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!failed_) outcome_.end = position;
    if (!failed_) outcome_.ended = true;
    failed_ = true;
    return false;
  }

  void Written(size_t size) {
    if (direction_ != Direction::kWrite) return;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      written_ += size;
    }
    wake_.notify_one();
  }

  // Has the disk begin while the rest is still being written. A hint: what it misses, the caller's fsync does.
  void FlushLoop() {
    const uint64_t begin = parts_.front().position;
    uint64_t flushed = 0;
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      wake_.wait(lock, [&] { return moved_all_ || written_ >= flushed + kFlushBytes; });
      if (moved_all_) return;
      const uint64_t until = written_;
      lock.unlock();
      sync_file_range(fd_, static_cast<off_t>(begin + flushed), static_cast<off_t>(until - flushed),
                      SYNC_FILE_RANGE_WRITE);
      flushed = until;
      lock.lock();
    }
  }

  const int fd_;
  const Direction direction_;
  const Sums sums_;
  const std::vector<Part>& parts_;
  Outcome outcome_;
  std::atomic<size_t> next_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::condition_variable wake_;
  uint64_t written_ = 0;
  bool moved_all_ = false;
};

}  // namespace

Outcome MoveHashed(int fd, Direction direction, Sums sums, const std::vector<Part>& parts, size_t num_threads) {
  if (parts.empty()) return {};
  return Move(fd, direction, sums, parts).Run(num_threads);
}

}  // namespace kiln
