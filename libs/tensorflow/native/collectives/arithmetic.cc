#include "arithmetic.h"

#include <cstdint>
#include <cstring>
#include <type_traits>

namespace kiln::collectives {
namespace {

// The same source for every vector width; the loader picks one. Results do not depend on the width, because each
// element's operations and their order are the same.
#define KILN_VECTORISED __attribute__((target_clones("avx512f", "avx2", "default"), optimize("O3")))
#define KILN_INLINE inline __attribute__((always_inline))

struct BFloat16 {
  uint16_t bits;
};

struct Half {
  uint16_t bits;
};

KILN_INLINE float FromBits(uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

KILN_INLINE uint32_t ToBits(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

template <typename T>
KILN_INLINE T Widen(T value) {
  return value;
}

KILN_INLINE float Widen(BFloat16 value) { return FromBits(uint32_t{value.bits} << 16); }

KILN_INLINE float Widen(Half value) {
  uint32_t sign = uint32_t{value.bits & 0x8000u} << 16;
  uint32_t rest = value.bits & 0x7fffu;
  // Scaling by 2^112 moves the exponent and makes subnormals normal; infinities and NaN need the exponent of all ones.
  float magnitude = FromBits(rest << 13) * 0x1p112f;
  uint32_t bits = rest >= 0x7c00u ? (rest << 13) | 0x7f800000u : ToBits(magnitude);
  return FromBits(sign | bits);
}

template <typename T, typename Lane>
KILN_INLINE T Narrow(Lane lane) {
  if constexpr (std::is_same_v<T, BFloat16>) {
    uint32_t bits = ToBits(lane);
    uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1)) >> 16;
    uint32_t quiet = (bits >> 16) | 0x40u;
    return {static_cast<uint16_t>((bits & 0x7fffffffu) > 0x7f800000u ? quiet : rounded)};
  } else if constexpr (std::is_same_v<T, Half>) {
    uint32_t bits = ToBits(lane);
    uint32_t sign = (bits >> 16) & 0x8000u;
    uint32_t magnitude = bits & 0x7fffffffu;
    uint32_t result;
    if (magnitude > 0x7f800000u) {
      result = 0x7e00u;
    } else if (magnitude >= 0x477ff000u) {
      result = 0x7c00u;
    } else if (magnitude < 0x38800000u) {
      // Adding 0.5 lines the value up with half's subnormals, and the addition itself rounds to nearest even.
      result = ToBits(FromBits(magnitude) + 0.5f) - 0x3f000000u;
    } else {
      result = (magnitude + 0xc8000fffu + ((magnitude >> 13) & 1)) >> 13;
    }
    return {static_cast<uint16_t>(sign | result)};
  } else {
    return lane;
  }
}

// Integers wrap around, as in TensorFlow, without C++'s undefined overflow.
template <typename Lane>
KILN_INLINE Lane Sum(Lane a, Lane b) {
  if constexpr (std::is_integral_v<Lane>) {
    using Unsigned = std::make_unsigned_t<Lane>;
    return static_cast<Lane>(static_cast<Unsigned>(a) + static_cast<Unsigned>(b));
  } else {
    return a + b;
  }
}

// NaN wins, so that a broken value cannot hide behind a large one, and 0 is more than -0, so that the order of the two is
// of no account.
template <typename Lane>
KILN_INLINE Lane Max(Lane a, Lane b) {
  if (a == 0 && b == 0) return a + b;
  return b > a || b != b ? b : a;
}

template <typename T, typename Lane>
KILN_INLINE void LoadAll(void* lanes, const void* own, size_t count) {
  auto* to = static_cast<Lane*>(lanes);
  auto* from = static_cast<const T*>(own);
  for (size_t i = 0; i < count; ++i) to[i] = Widen(from[i]);
}

template <typename T, typename Lane>
KILN_INLINE void StoreAll(void* out, const void* lanes, size_t count) {
  auto* to = static_cast<T*>(out);
  auto* from = static_cast<const Lane*>(lanes);
  for (size_t i = 0; i < count; ++i) to[i] = Narrow<T, Lane>(from[i]);
}

template <typename T, typename Lane>
KILN_INLINE void SumAll(void* lanes, const void* own, size_t count) {
  auto* to = static_cast<Lane*>(lanes);
  auto* from = static_cast<const T*>(own);
  for (size_t i = 0; i < count; ++i) to[i] = Sum<Lane>(to[i], Widen(from[i]));
}

template <typename T, typename Lane>
KILN_INLINE void MeanAll(void* lanes, const void* own, size_t count, int num_ranks) {
  auto* to = static_cast<Lane*>(lanes);
  auto* from = static_cast<const T*>(own);
  const Lane divisor = static_cast<Lane>(num_ranks);
  for (size_t i = 0; i < count; ++i) to[i] = (to[i] + Widen(from[i])) / divisor;
}

template <typename T, typename Lane>
KILN_INLINE void MaxAll(void* lanes, const void* own, size_t count) {
  auto* to = static_cast<Lane*>(lanes);
  auto* from = static_cast<const T*>(own);
  for (size_t i = 0; i < count; ++i) to[i] = Max<Lane>(to[i], Widen(from[i]));
}

// Function versions cannot be made of templates, hence the macros.
#define KILN_TRANSFERS(Name, T, Lane)                                               \
  KILN_VECTORISED void Name##Load(void* lanes, const void* own, size_t count) {     \
    LoadAll<T, Lane>(lanes, own, count);                                            \
  }                                                                                 \
  KILN_VECTORISED void Name##Store(void* out, const void* lanes, size_t count) {    \
    StoreAll<T, Lane>(out, lanes, count);                                           \
  }

#define KILN_SUM_AND_MAX(Name, T, Lane)                                                       \
  KILN_VECTORISED void Name##Sum(void* lanes, const void* own, size_t count) {                \
    SumAll<T, Lane>(lanes, own, count);                                                       \
  }                                                                                           \
  KILN_VECTORISED void Name##Max(void* lanes, const void* own, size_t count) {                \
    MaxAll<T, Lane>(lanes, own, count);                                                       \
  }                                                                                           \
  void Name##SumLast(void* lanes, const void* own, size_t count, int) { Name##Sum(lanes, own, count); } \
  void Name##MaxLast(void* lanes, const void* own, size_t count, int) { Name##Max(lanes, own, count); }

#define KILN_MEAN(Name, T, Lane)                                                                \
  KILN_VECTORISED void Name##MeanLast(void* lanes, const void* own, size_t count, int ranks) {  \
    MeanAll<T, Lane>(lanes, own, count, ranks);                                                 \
  }

template <size_t Bytes>
void Copy(void* to, const void* from, size_t count) {
  std::memcpy(to, from, count * Bytes);
}

KILN_SUM_AND_MAX(Float, float, float)
KILN_MEAN(Float, float, float)
KILN_SUM_AND_MAX(Double, double, double)
KILN_MEAN(Double, double, double)
KILN_SUM_AND_MAX(Int32, int32_t, int32_t)
KILN_SUM_AND_MAX(Int64, int64_t, int64_t)
KILN_TRANSFERS(BFloat16, BFloat16, float)
KILN_SUM_AND_MAX(BFloat16, BFloat16, float)
KILN_MEAN(BFloat16, BFloat16, float)
KILN_TRANSFERS(Half, Half, float)
KILN_SUM_AND_MAX(Half, Half, float)
KILN_MEAN(Half, Half, float)

struct Row {
  TF_DataType dtype;
  Reduction reduction;
  Arithmetic arithmetic;
};

const Row kTable[] = {
    {TF_FLOAT, Reduction::kSum, {4, 4, Copy<4>, FloatSum, FloatSumLast, Copy<4>}},
    {TF_FLOAT, Reduction::kMean, {4, 4, Copy<4>, FloatSum, FloatMeanLast, Copy<4>}},
    {TF_FLOAT, Reduction::kMax, {4, 4, Copy<4>, FloatMax, FloatMaxLast, Copy<4>}},
    {TF_DOUBLE, Reduction::kSum, {8, 8, Copy<8>, DoubleSum, DoubleSumLast, Copy<8>}},
    {TF_DOUBLE, Reduction::kMean, {8, 8, Copy<8>, DoubleSum, DoubleMeanLast, Copy<8>}},
    {TF_DOUBLE, Reduction::kMax, {8, 8, Copy<8>, DoubleMax, DoubleMaxLast, Copy<8>}},
    {TF_INT32, Reduction::kSum, {4, 4, Copy<4>, Int32Sum, Int32SumLast, Copy<4>}},
    {TF_INT32, Reduction::kMax, {4, 4, Copy<4>, Int32Max, Int32MaxLast, Copy<4>}},
    {TF_INT64, Reduction::kSum, {8, 8, Copy<8>, Int64Sum, Int64SumLast, Copy<8>}},
    {TF_INT64, Reduction::kMax, {8, 8, Copy<8>, Int64Max, Int64MaxLast, Copy<8>}},
    {TF_BFLOAT16, Reduction::kSum, {2, 4, BFloat16Load, BFloat16Sum, BFloat16SumLast, BFloat16Store}},
    {TF_BFLOAT16, Reduction::kMean, {2, 4, BFloat16Load, BFloat16Sum, BFloat16MeanLast, BFloat16Store}},
    {TF_BFLOAT16, Reduction::kMax, {2, 4, BFloat16Load, BFloat16Max, BFloat16MaxLast, BFloat16Store}},
    {TF_HALF, Reduction::kSum, {2, 4, HalfLoad, HalfSum, HalfSumLast, HalfStore}},
    {TF_HALF, Reduction::kMean, {2, 4, HalfLoad, HalfSum, HalfMeanLast, HalfStore}},
    {TF_HALF, Reduction::kMax, {2, 4, HalfLoad, HalfMax, HalfMaxLast, HalfStore}},
};

}  // namespace

const Arithmetic* FindArithmetic(TF_DataType dtype, Reduction reduction) {
  for (const Row& row : kTable) {
    if (row.dtype == dtype && row.reduction == reduction) return &row.arithmetic;
  }
  return nullptr;
}

}  // namespace kiln::collectives
