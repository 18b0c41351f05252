// A call that comes from a running TensorFlow kernel.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernel_api.h"
#include "transport.h"

namespace kiln::collectives {

class TensorFlowCall : public Call {
 public:
  // `done` must be copied out of the kernel's argument: TensorFlow's pointer is only good until the kernel returns. The
  // context lives until `done` is called.
  TensorFlowCall(TF_OpKernelContext* context, std::function<void()> done)
      : context_(context), done_(std::move(done)) {}

  // Takes over inputs [0, count). Throws a Failure.
  void ReadInputs(int count);

  void* AllocateOutput(size_t index) override;
  void AdoptOutput(size_t index, void* data, std::shared_ptr<void> owner) override;
  void ForwardInput(size_t index) override;
  void Succeed() override;
  void Fail(TF_Code code, const std::string& message) override;

  const std::vector<int64_t>& shape(size_t index) const { return shapes_[index]; }
  // For all-gathers: the results' first dimension is this many times the inputs'.
  void SetNumRanks(int num_ranks) { num_ranks_ = num_ranks; }

 private:
  std::vector<int64_t> OutputShape(size_t index) const;
  void SetOutput(size_t index, TF_Tensor* tensor);

  TF_OpKernelContext* context_;
  std::function<void()> done_;
  std::vector<TensorPtr> inputs_;
  std::vector<std::vector<int64_t>> shapes_;
  int num_ranks_ = 1;
};

}  // namespace kiln::collectives
