// FNV-1a: unlike std::hash the same in every process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace kiln::collectives {

constexpr uint64_t kHashStart = 0xcbf29ce484222325;

inline uint64_t Hash(const void* data, size_t bytes, uint64_t hash = kHashStart) {
  for (size_t i = 0; i < bytes; ++i) hash = (hash ^ static_cast<const uint8_t*>(data)[i]) * 0x100000001b3;
  return hash;
}

inline uint64_t Hash(const std::string& text, uint64_t hash = kHashStart) {
  return Hash(text.data(), text.size(), hash);
}

}  // namespace kiln::collectives
