// A file mapped by every rank of a group, nominally larger than what it takes: memory is committed as the heap grows.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "heap.h"
#include "layout.h"

namespace kiln::collectives {

class Segment {
 public:
  // Makes the file (readable by this user only) and commits its header, slots and the heap's reserve. Null when another
  // process has the path, or took the file for a dead creator's before it was locked. Throws a Failure: RESOURCE_EXHAUSTED
  // when there is no room.
  static std::shared_ptr<Segment> Create(const std::string& path, int num_ranks, uint64_t generation,
                                         uint64_t heap_bytes, uint64_t reserve_bytes);
  // Null when there is no complete segment of a living creator at the path. Throws a Failure when what is there does
  // not fit or cannot be trusted.
  static std::shared_ptr<Segment> Open(const std::string& path, int num_ranks, uint64_t generation);
  // Removes what a dead creator has left at the path; false when the creator lives, as far as some attempts can tell.
  static bool RemoveStale(const std::string& path, int num_attempts);

  ~Segment();
  Segment(const Segment&) = delete;
  Segment& operator=(const Segment&) = delete;

  Header& header() const { return *reinterpret_cast<Header*>(base_); }
  Member& member(int rank) const { return header().members[rank]; }
  // The slot of a key, claimed for it on first use; null when all are taken.
  Slot* FindSlot(uint64_t key) const;
  Slot* SlotAt(uint32_t index) const;
  RankSlot& Side(Slot* slot, int rank) const;
  uint8_t* At(uint64_t offset) const { return base_ + offset; }
  std::atomic<uint64_t>* page_map() const;
  Heap& heap() { return heap_; }
  const std::string& path() const { return path_; }

  // What ranks are called in messages (GroupOptions::numbers).
  void SetNumbers(std::vector<int> numbers) { numbers_ = std::move(numbers); }
  int NumberOf(int rank) const { return numbers_.empty() ? rank : numbers_[rank]; }

  // Removes the name if it still leads to this file; the mapping stays.
  void Unlink();
  // Gives memory to [offset, offset + bytes); false when there is none.
  bool CommitRange(uint64_t offset, uint64_t bytes) const;
  // The creator holds a lock on the file while the group forms, by which others tell that it lives.
  void ReleaseFormingLock() const;

 private:
  Segment(std::string path, int file, uint8_t* base, size_t bytes);

  std::string path_;
  int file_;
  uint8_t* base_;
  size_t bytes_;
  Heap heap_;
  std::vector<int> numbers_;
};

}  // namespace kiln::collectives
