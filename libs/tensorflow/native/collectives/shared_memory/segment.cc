#include "segment.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "../../errors.h"

namespace kiln::collectives {
namespace {

// A lock ends with its process, in whatever way that ends.
bool TryLock(int file, int kind) {
  for (;;) {
    if (flock(file, kind | LOCK_NB) == 0) return true;
    if (errno != EINTR) return false;
  }
}

Failure SystemFailure(TF_Code code, const std::string& what, const std::string& path, int error) {
  return {code, "[collective] " + what + " " + path + ": " + std::strerror(error)};
}

size_t SlotStride(int num_ranks) { return sizeof(Slot) + num_ranks * sizeof(RankSlot); }

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  int get() const { return descriptor_; }
  int Release() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_;
};

int Reserve(int file, uint64_t offset, uint64_t bytes) {
  for (;;) {
    int error = posix_fallocate(file, static_cast<off_t>(offset), static_cast<off_t>(bytes));
    if (error != EINTR) return error;
  }
}

// Whether an unlocked file is what a dead creator left, complete or not.
bool IsStale(int file) {
  uint64_t magic = 0;
  struct stat info;
  if (pread(file, &magic, sizeof magic, 0) < 0 || fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) return false;
  return magic == kMagic || magic == 0;
}

bool IsLinked(int file, const std::string& path) {
  struct stat here;
  struct stat there;
  return fstat(file, &here) == 0 && stat(path.c_str(), &there) == 0 && here.st_ino == there.st_ino &&
         here.st_dev == there.st_dev;
}

uint8_t* Map(int file, size_t bytes) {
  void* base = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  return base == MAP_FAILED ? nullptr : static_cast<uint8_t*>(base);
}

}  // namespace

Segment::Segment(std::string path, int file, uint8_t* base, size_t bytes)
    : path_(std::move(path)), file_(file), base_(base), bytes_(bytes), heap_(*this) {}

Segment::~Segment() {
  munmap(base_, bytes_);
  close(file_);
}

std::shared_ptr<Segment> Segment::Create(const std::string& path, int num_ranks, uint64_t generation,
                                         uint64_t heap_bytes, uint64_t reserve_bytes) {
  File file(open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (file.get() < 0) {
    if (errno == EEXIST) return nullptr;
    TF_Code code = errno == ENOSPC ? TF_RESOURCE_EXHAUSTED : TF_FAILED_PRECONDITION;
    throw SystemFailure(code, "cannot make the shared segment", path, errno);
  }
  flock(file.get(), LOCK_EX);
  if (!IsLinked(file.get(), path)) return nullptr;
  heap_bytes = RoundUp(heap_bytes, kPage);
  const uint64_t map_offset = RoundUp(sizeof(Header), kLine);
  const uint64_t slots_offset = RoundUp(map_offset + (heap_bytes / kPage + 63) / 64 * sizeof(uint64_t), kLine);
  const uint64_t heap_offset = RoundUp(slots_offset + kNumSlots * SlotStride(num_ranks), kPage);
  const uint64_t bytes = heap_offset + heap_bytes;

  int error = ftruncate(file.get(), static_cast<off_t>(bytes)) == 0 ? 0 : errno;
  if (error == 0) error = Reserve(file.get(), 0, heap_offset + reserve_bytes);
  uint8_t* base = error == 0 ? Map(file.get(), bytes) : nullptr;
  if (error == 0 && base == nullptr) error = errno;
  if (error != 0) {
    unlink(path.c_str());
    throw SystemFailure(TF_RESOURCE_EXHAUSTED, "no room for the shared segment", path, error);
  }
  auto* header = reinterpret_cast<Header*>(base);
  header->generation = generation;
  header->num_ranks = static_cast<uint32_t>(num_ranks);
  header->slots_offset = slots_offset;
  header->heap_offset = heap_offset;
  header->heap_bytes = heap_bytes;
  header->reserve_bytes = reserve_bytes;
  header->heap_committed.store(reserve_bytes);
  header->magic.store(kMagic);
  return std::shared_ptr<Segment>(new Segment(path, file.Release(), base, bytes));
}

std::shared_ptr<Segment> Segment::Open(const std::string& path, int num_ranks, uint64_t generation) {
  File file(open(path.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC));
  if (file.get() < 0) {
    if (errno == ENOENT) return nullptr;
    throw SystemFailure(TF_FAILED_PRECONDITION, "cannot open the shared segment", path, errno);
  }
  struct stat info;
  if (fstat(file.get(), &info) != 0) throw SystemFailure(TF_FAILED_PRECONDITION, "cannot open", path, errno);
  if (info.st_uid != geteuid() || (info.st_mode & 0777) != 0600 || !S_ISREG(info.st_mode)) {
    throw Failure{TF_PERMISSION_DENIED, "[collective] the shared segment " + path +
                                            " belongs to another user or is open to others; remove it"};
  }
  if (static_cast<size_t>(info.st_size) < sizeof(Header)) return nullptr;
  if (TryLock(file.get(), LOCK_SH)) {
    flock(file.get(), LOCK_UN);
    return nullptr;
  }
  uint8_t* base = Map(file.get(), static_cast<size_t>(info.st_size));
  if (base == nullptr) throw SystemFailure(TF_RESOURCE_EXHAUSTED, "cannot map", path, errno);
  std::shared_ptr<Segment> segment(new Segment(path, file.Release(), base, static_cast<size_t>(info.st_size)));
  const Header& header = segment->header();
  uint64_t magic = header.magic.load();
  if (magic == 0) return nullptr;
  if (magic != kMagic) {
    throw Failure{TF_FAILED_PRECONDITION, "[collective] rank 0 runs another version of the addon; build both the same"};
  }
  if (header.num_ranks != static_cast<uint32_t>(num_ranks) || header.generation != generation) {
    throw Failure{TF_INVALID_ARGUMENT, "[collective] rank 0 forms a group of " + std::to_string(header.num_ranks) +
                                           " ranks, generation " + std::to_string(header.generation) +
                                           "; this rank was told " + std::to_string(num_ranks) +
                                           " ranks, generation " + std::to_string(generation)};
  }
  return segment;
}

bool Segment::RemoveStale(const std::string& path, int num_attempts) {
  File file(open(path.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC));
  if (file.get() < 0) return errno == ENOENT;
  // Ranks that look for a living creator hold a shared lock for a moment.
  for (int attempt = 0; attempt < num_attempts; ++attempt, usleep(2000)) {
    if (!TryLock(file.get(), LOCK_EX)) continue;
    // Another sweeper was first; what lies there now may be alive.
    if (!IsLinked(file.get(), path)) return true;
    if (!IsStale(file.get())) return false;
    unlink(path.c_str());
    return true;
  }
  return false;
}

std::atomic<uint64_t>* Segment::page_map() const {
  return reinterpret_cast<std::atomic<uint64_t>*>(base_ + RoundUp(sizeof(Header), kLine));
}

Slot* Segment::SlotAt(uint32_t index) const {
  const Header& head = header();
  return reinterpret_cast<Slot*>(base_ + head.slots_offset + index * SlotStride(static_cast<int>(head.num_ranks)));
}

RankSlot& Segment::Side(Slot* slot, int rank) const { return reinterpret_cast<RankSlot*>(slot + 1)[rank]; }

Slot* Segment::FindSlot(uint64_t key) const {
  for (uint32_t probe = 0; probe < kNumSlots; ++probe) {
    Slot* slot = SlotAt(static_cast<uint32_t>((key + probe) % kNumSlots));
    uint64_t found = 0;
    if (slot->key.compare_exchange_strong(found, key) || found == key) return slot;
  }
  return nullptr;
}

void Segment::Unlink() {
  if (IsLinked(file_, path_)) unlink(path_.c_str());
}

bool Segment::CommitRange(uint64_t offset, uint64_t bytes) const {
  return Reserve(file_, offset, bytes) == 0;
}

void Segment::ReleaseFormingLock() const { flock(file_, LOCK_UN); }

}  // namespace kiln::collectives
