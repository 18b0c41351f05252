// The numbers by which JavaScript knows native objects. Used on the JavaScript thread only, hence no lock.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>

#include "errors.h"

namespace kiln {

template <typename T>
class IdTable {
 public:
  explicit IdTable(const char* kind) : kind_(kind) {}

  int64_t Add(T object) {
    objects_.emplace(next_, std::move(object));
    return next_++;
  }

  T& Get(int64_t id) {
    const auto found = objects_.find(id);
    if (found == objects_.end()) Missing(id);
    return found->second;
  }

  void Remove(int64_t id) {
    if (objects_.erase(id) == 0) Missing(id);
  }

  size_t size() const { return objects_.size(); }

 private:
  // Ids are never used twice, so a stale one is always noticed.
  [[noreturn]] void Missing(int64_t id) const {
    const bool existed = id > 0 && id < next_;
    FailMissing(std::string(kind_) + " " + std::to_string(id) + (existed ? " was deleted" : " does not exist"));
  }

  const char* kind_;
  int64_t next_ = 1;
  std::unordered_map<int64_t, T> objects_;
};

}  // namespace kiln
