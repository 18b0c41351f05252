#include "tensorflow_call.h"

#include <utility>

#include "../dtypes.h"
#include "../errors.h"
#include "hash.h"

namespace kiln::collectives {
namespace {

struct Adopted {
  std::shared_ptr<void> owner;
};

void ReleaseAdopted(void*, size_t, void* adopted) { delete static_cast<Adopted*>(adopted); }

}  // namespace

void TensorFlowCall::ReadInputs(int count) {
  dtype = TF_InputDatatype(context_, 0);
  shapes_hash = kHashStart;
  for (int i = 0; i < count; ++i) {
    Status status;
    TF_Tensor* tensor = nullptr;
    TF_GetInput(context_, i, &tensor, status.get());
    status.Check("input " + std::to_string(i));
    inputs_.emplace_back(tensor);
    std::vector<int64_t> shape;
    for (int d = 0; d < TF_NumDims(tensor); ++d) shape.push_back(TF_Dim(tensor, d));
    const int64_t rank = static_cast<int64_t>(shape.size());
    shapes_hash = Hash(&rank, sizeof rank, shapes_hash);
    shapes_hash = Hash(shape.data(), shape.size() * sizeof(int64_t), shapes_hash);
    pieces.push_back({static_cast<const uint8_t*>(TF_TensorData(tensor)), TF_TensorByteSize(tensor)});
    shapes_.push_back(std::move(shape));
  }
  shapes_text = std::string(InfoOf(dtype).name) + " " + ShapeText(shapes_[0]);
  if (count > 1) shapes_text += " and " + std::to_string(count - 1) + " more";
}

std::vector<int64_t> TensorFlowCall::OutputShape(size_t index) const {
  std::vector<int64_t> shape = shapes_[index];
  if (kind == Kind::kAllGather) shape[0] *= num_ranks_;
  return shape;
}

void* TensorFlowCall::AllocateOutput(size_t index) {
  const std::vector<int64_t> shape = OutputShape(index);
  Status status;
  TensorPtr tensor(TF_AllocateOutput(context_, static_cast<int>(index), dtype, shape.data(),
                                     static_cast<int>(shape.size()), ResultBytes(index, num_ranks_), status.get()));
  status.Check("allocating a result");
  return TF_TensorData(tensor.get());
}

void TensorFlowCall::AdoptOutput(size_t index, void* data, std::shared_ptr<void> owner) {
  const std::vector<int64_t> shape = OutputShape(index);
  // TensorFlow does not own such memory, so it never hands it on for writing in place: peers read the same bytes.
  TensorPtr tensor(TF_NewTensor(dtype, shape.data(), static_cast<int>(shape.size()), data,
                                ResultBytes(index, num_ranks_), ReleaseAdopted, new Adopted{std::move(owner)}));
  if (!tensor) throw Failure{TF_INTERNAL, "TensorFlow refused a result in shared memory"};
  SetOutput(index, tensor.get());
}

void TensorFlowCall::ForwardInput(size_t index) { SetOutput(index, inputs_[index].get()); }

void TensorFlowCall::SetOutput(size_t index, TF_Tensor* tensor) {
  Status status;
  TF_SetOutput(context_, static_cast<int>(index), tensor, status.get());
  status.Check("setting a result");
}

void TensorFlowCall::Succeed() {
  // Before the ops that follow run: they may reuse memory that nothing else holds.
  inputs_.clear();
  done_();
}

void TensorFlowCall::Fail(TF_Code code, const std::string& message) {
  inputs_.clear();
  Status status;
  TF_SetStatus(status.get(), code, message.c_str());
  TF_OpKernelContext_Failure(context_, status.get());
  done_();
}

}  // namespace kiln::collectives
