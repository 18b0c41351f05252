#include "heap.h"

#include <unistd.h>

#include <algorithm>

#include "segment.h"

namespace kiln::collectives {
namespace {

constexpr size_t kGrowth = size_t{16} << 20;
constexpr size_t kWordPages = 64;

}  // namespace

Heap::Heap(Segment& segment)
    : segment_(segment), header_(segment.header()), owner_tag_(static_cast<uint32_t>(getpid())) {}

std::atomic<uint64_t>& Heap::Word(size_t page) const { return segment_.page_map()[page / kWordPages]; }

Heap::Result Heap::Allocate(size_t bytes, bool window, uint64_t* offset) {
  uint32_t free = 0;
  if (!header_.heap_lock.compare_exchange_strong(free, owner_tag_)) return Result::kBusy;
  Result result = AllocateLocked(RoundUp(bytes, kPage), window, offset);
  header_.heap_lock.store(0);
  return result;
}

// First fit from the start, so that equal steps use equal places and touch no new memory.
Heap::Result Heap::AllocateLocked(size_t bytes, bool window, uint64_t* offset) {
  const size_t needed = bytes / kPage;
  const size_t end = header_.heap_bytes / kPage;
  size_t run = 0;
  for (size_t page = window ? 0 : header_.reserve_bytes / kPage; page < end;) {
    uint64_t word = Word(page).load(std::memory_order_acquire);
    size_t bit = page % kWordPages;
    if (bit == 0 && word == ~uint64_t{0}) {
      run = 0;
      page += kWordPages;
      continue;
    }
    // A free word is taken whole, unless it is the last and only partly inside the heap.
    size_t step = bit == 0 && word == 0 && end - page >= kWordPages ? kWordPages : 1;
    run = step == 1 && (word >> bit & 1) ? 0 : run + step;
    page += step;
    if (run < needed) continue;
    size_t first = page - run;
    if (!Commit((first + needed) * kPage)) return Result::kFull;
    for (size_t used = first; used < first + needed; ++used) {
      Word(used).fetch_or(uint64_t{1} << used % kWordPages, std::memory_order_relaxed);
    }
    *offset = header_.heap_offset + first * kPage;
    return Result::kDone;
  }
  return Result::kFull;
}

bool Heap::Commit(size_t end) {
  size_t committed = header_.heap_committed.load();
  if (end <= committed) return true;
  if (header_.heap_exhausted.load()) return false;
  for (size_t target : {std::min<size_t>(RoundUp(end, kGrowth), header_.heap_bytes), end}) {
    if (!segment_.CommitRange(header_.heap_offset + committed, target - committed)) continue;
    header_.heap_committed.store(target);
    return true;
  }
  header_.heap_exhausted.store(1);
  return false;
}

void Heap::Free(uint64_t offset, size_t bytes) {
  size_t first = (offset - header_.heap_offset) / kPage;
  size_t end = first + RoundUp(bytes, kPage) / kPage;
  for (size_t page = first; page < end;) {
    size_t bit = page % kWordPages;
    size_t count = std::min(kWordPages - bit, end - page);
    uint64_t mask = count == kWordPages ? ~uint64_t{0} : ((uint64_t{1} << count) - 1) << bit;
    Word(page).fetch_and(~mask, std::memory_order_release);
    page += count;
  }
}

size_t Heap::WindowLimit() const { return header_.reserve_bytes / 2 - kPage; }

size_t Heap::UsedBytes() const {
  size_t pages = 0;
  for (size_t page = 0; page < header_.heap_bytes / kPage; page += kWordPages) {
    pages += static_cast<size_t>(__builtin_popcountll(Word(page).load(std::memory_order_relaxed)));
  }
  return pages * kPage;
}

size_t Heap::CommittedBytes() const { return header_.heap_committed.load(); }

bool Heap::Exhausted() const { return header_.heap_exhausted.load() != 0; }

}  // namespace kiln::collectives
