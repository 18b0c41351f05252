// The compression function of SHA-256, with the CPU's SHA instructions where it has them.
#include "sha256.h"

#include <immintrin.h>

#include <cstring>

namespace kiln {

namespace {

alignas(16) constexpr uint32_t kRound[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// The instructions keep the state as two vectors, {a, b, e, f} and {c, d, g, h}. Each of the sixteen turns makes four rounds
// of every message, so that one message's instructions run while another's wait for their results.
template <size_t Lanes>
__attribute__((target("sha,sse4.1"))) void Accelerated(Sha256* const* hashes, const uint8_t* const* data,
                                                       size_t num_blocks) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i abef[Lanes], cdgh[Lanes];
  for (size_t i = 0; i < Lanes; i++) {
    const auto* state = reinterpret_cast<const __m128i*>(hashes[i]->state);
    const __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128(state), 0xb1);
    const __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128(state + 1), 0x1b);
    abef[i] = _mm_alignr_epi8(cdab, efgh, 8);
    cdgh[i] = _mm_blend_epi16(efgh, cdab, 0xf0);
  }
  for (size_t block = 0; block < num_blocks; block++) {
    __m128i words[Lanes][4], abef_before[Lanes], cdgh_before[Lanes];
    for (size_t i = 0; i < Lanes; i++) {
      abef_before[i] = abef[i];
      cdgh_before[i] = cdgh[i];
    }
#pragma GCC unroll 16
    for (size_t turn = 0; turn < 16; turn++) {
#pragma GCC unroll 4
      for (size_t i = 0; i < Lanes; i++) {
        __m128i& word = words[i][turn % 4];
        const __m128i& last = words[i][(turn + 3) % 4];
        if (turn < 4) {
          const auto* from = reinterpret_cast<const __m128i*>(data[i] + block * kShaBlock);
          word = _mm_shuffle_epi8(_mm_loadu_si128(from + turn), big_endian);
        } else {
          const __m128i mixed = _mm_sha256msg1_epu32(word, words[i][(turn + 1) % 4]);
          const __m128i seventh = _mm_alignr_epi8(last, words[i][(turn + 2) % 4], 4);
          word = _mm_sha256msg2_epu32(_mm_add_epi32(mixed, seventh), last);
        }
        const __m128i sum = _mm_add_epi32(word, _mm_load_si128(reinterpret_cast<const __m128i*>(kRound) + turn));
        cdgh[i] = _mm_sha256rnds2_epu32(cdgh[i], abef[i], sum);
        abef[i] = _mm_sha256rnds2_epu32(abef[i], cdgh[i], _mm_shuffle_epi32(sum, 0x0e));
      }
    }
    for (size_t i = 0; i < Lanes; i++) {
      abef[i] = _mm_add_epi32(abef[i], abef_before[i]);
      cdgh[i] = _mm_add_epi32(cdgh[i], cdgh_before[i]);
    }
  }
  for (size_t i = 0; i < Lanes; i++) {
    auto* state = reinterpret_cast<__m128i*>(hashes[i]->state);
    const __m128i feba = _mm_shuffle_epi32(abef[i], 0x1b);
    const __m128i dchg = _mm_shuffle_epi32(cdgh[i], 0xb1);
    _mm_storeu_si128(state, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128(state + 1, _mm_alignr_epi8(dchg, feba, 8));
  }
}

uint32_t Rotate(uint32_t x, int by) { return x >> by | x << (32 - by); }

bool HasShaInstructions() {
  static const bool has = [] {
    constexpr uint32_t kShaBit = 1u << 29;
    uint32_t a = 7, b = 0, c = 0, d = 0;
    __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
    return (b & kShaBit) != 0 && __builtin_cpu_supports("sse4.1");
  }();
  return has;
}

}  // namespace

void HashBlocksPlainly(Sha256& hash, const uint8_t* data, size_t num_blocks) {
  for (size_t block = 0; block < num_blocks; block++, data += kShaBlock) {
    uint32_t words[64];
    for (size_t i = 0; i < 16; i++) {
      uint32_t word;
      std::memcpy(&word, data + 4 * i, 4);
      words[i] = __builtin_bswap32(word);
    }
    for (size_t i = 16; i < 64; i++) {
      const uint32_t x = words[i - 15], y = words[i - 2];
      words[i] = words[i - 16] + (Rotate(x, 7) ^ Rotate(x, 18) ^ x >> 3) + words[i - 7] +
                 (Rotate(y, 17) ^ Rotate(y, 19) ^ y >> 10);
    }
    uint32_t s[8];
    std::memcpy(s, hash.state, sizeof s);
    for (size_t i = 0; i < 64; i++) {
      const uint32_t one = s[7] + (Rotate(s[4], 6) ^ Rotate(s[4], 11) ^ Rotate(s[4], 25)) +
                           ((s[4] & s[5]) ^ (~s[4] & s[6])) + kRound[i] + words[i];
      const uint32_t two = (Rotate(s[0], 2) ^ Rotate(s[0], 13) ^ Rotate(s[0], 22)) +
                           ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
      std::memmove(s + 1, s, 7 * sizeof *s);
      s[4] += one;
      s[0] = one + two;
    }
    for (size_t i = 0; i < 8; i++) hash.state[i] += s[i];
  }
}

void HashBlocks(Sha256* const* hashes, const uint8_t* const* data, size_t count, size_t num_blocks) {
  for (size_t i = 0; i < count; i++) hashes[i]->num_blocks += num_blocks;
  if (!HasShaInstructions()) {
    for (size_t i = 0; i < count; i++) HashBlocksPlainly(*hashes[i], data[i], num_blocks);
    return;
  }
  switch (count) {
    case 1:
      return Accelerated<1>(hashes, data, num_blocks);
    case 2:
      return Accelerated<2>(hashes, data, num_blocks);
    case 3:
      return Accelerated<3>(hashes, data, num_blocks);
    default:
      return Accelerated<4>(hashes, data, num_blocks);
  }
}

Digest Finish(Sha256& hash, const uint8_t* rest, size_t size) {
  const uint64_t num_bits = __builtin_bswap64((hash.num_blocks * kShaBlock + size) * 8);
  uint8_t tail[2 * kShaBlock] = {};
  if (size > 0) std::memcpy(tail, rest, size);
  tail[size] = 0x80;
  const size_t num_blocks = size + 9 <= kShaBlock ? 1 : 2;
  std::memcpy(tail + num_blocks * kShaBlock - 8, &num_bits, 8);
  Sha256* const hashes[] = {&hash};
  const uint8_t* const data[] = {tail};
  HashBlocks(hashes, data, 1, num_blocks);
  Digest digest;
  for (size_t i = 0; i < 8; i++) {
    const uint32_t word = __builtin_bswap32(hash.state[i]);
    std::memcpy(digest.data() + 4 * i, &word, 4);
  }
  return digest;
}

}  // namespace kiln
