// Names, arguments, attributes and shapes of the ops.
#include "definitions.h"

#include <memory>
#include <string>

#include "../errors.h"
#include "tensorflow/c/ops.h"

namespace kiln::collectives {
namespace {

using ShapePtr = std::unique_ptr<TF_ShapeHandle, Deleter<TF_DeleteShapeHandle>>;
using DimensionPtr = std::unique_ptr<TF_DimensionHandle, Deleter<TF_DeleteDimensionHandle>>;

constexpr char kMovableTypes[] =
    "{float, double, int32, int64, half, bfloat16, bool, uint8, int8, uint16, int16, uint32, uint64}";

// Each result has the shape of its input.
void SameShapes(TF_ShapeInferenceContext* context, TF_Status* status) {
  ShapePtr shape(TF_NewShapeHandle());
  const int64_t num_inputs = TF_ShapeInferenceContextNumInputs(context);
  for (int i = 0; i < num_inputs && TF_GetCode(status) == TF_OK; ++i) {
    TF_ShapeInferenceContextGetInput(context, i, shape.get(), status);
    if (TF_GetCode(status) == TF_OK) TF_ShapeInferenceContextSetOutput(context, i, shape.get(), status);
  }
}

// The first dimension of `shape`, -1 when it is unknown.
int64_t FirstDimension(TF_ShapeInferenceContext* context, TF_ShapeHandle* shape) {
  if (!TF_ShapeInferenceContextRankKnown(context, shape) || TF_ShapeInferenceContextRank(context, shape) < 1) return -1;
  DimensionPtr dimension(TF_NewDimensionHandle());
  TF_ShapeInferenceContextDim(context, shape, 0, dimension.get());
  return TF_DimensionHandleValueKnown(dimension.get()) ? TF_DimensionHandleValue(dimension.get()) : -1;
}

// Each result is as long as its input times the number of ranks, which is the length of the last input: the C API
// gives a shape function no other way to learn a number.
void GatheredShapes(TF_ShapeInferenceContext* context, TF_Status* status) {
  const int last = static_cast<int>(TF_ShapeInferenceContextNumInputs(context)) - 1;
  ShapePtr members(TF_NewShapeHandle());
  TF_ShapeInferenceContextGetInput(context, last, members.get(), status);
  if (TF_GetCode(status) != TF_OK) return;
  const int64_t num_ranks = FirstDimension(context, members.get());
  for (int i = 0; i < last && TF_GetCode(status) == TF_OK; ++i) {
    ShapePtr input(TF_NewShapeHandle());
    ShapePtr rest(TF_NewShapeHandle());
    ShapePtr output(TF_NewShapeHandle());
    TF_ShapeInferenceContextGetInput(context, i, input.get(), status);
    if (TF_GetCode(status) != TF_OK) return;
    TF_ShapeInferenceContextWithRankAtLeast(context, input.get(), 1, input.get(), status);
    if (TF_GetCode(status) != TF_OK) return;
    const int64_t length = FirstDimension(context, input.get());
    if (length < 0 || num_ranks < 0) return TF_ShapeInferenceContextSetUnknownShape(context, status);
    ShapePtr rows(TF_ShapeInferenceContextVectorFromSize(context, static_cast<size_t>(length * num_ranks)));
    TF_ShapeInferenceContextSubshape(context, input.get(), 1, TF_ShapeInferenceContextRank(context, input.get()),
                                     rest.get(), status);
    if (TF_GetCode(status) != TF_OK) return;
    TF_ShapeInferenceContextConcatenateShapes(context, rows.get(), rest.get(), output.get(), status);
    if (TF_GetCode(status) == TF_OK) TF_ShapeInferenceContextSetOutput(context, i, output.get(), status);
  }
}

class Definition {
 public:
  explicit Definition(const char* name) : name_(name), builder_(TF_NewOpDefinitionBuilder(name)) {
    Attr("N: int >= 1");
    // What the call is called in messages.
    Attr("label: string");
    // Pairs calls of different ranks; when empty, the node's name in its function does.
    Attr("key: string = ''");
    // Never merged with its like or computed ahead, and run even where nothing uses the result.
    TF_OpDefinitionBuilderSetIsStateful(builder_, true);
    TF_OpDefinitionBuilderAddInput(builder_, "x: N * T");
    TF_OpDefinitionBuilderAddOutput(builder_, "y: N * T");
  }

  Definition& Attr(const std::string& spec) {
    TF_OpDefinitionBuilderAddAttr(builder_, spec.c_str());
    return *this;
  }

  Definition& Input(const char* spec) {
    TF_OpDefinitionBuilderAddInput(builder_, spec);
    return *this;
  }

  void Register(void (*infer_shapes)(TF_ShapeInferenceContext*, TF_Status*)) {
    TF_OpDefinitionBuilderSetShapeInferenceFunction(builder_, infer_shapes);
    Status status;
    TF_RegisterOpDefinition(builder_, status.get());
    status.Check(std::string("registering ") + name_);
  }

 private:
  const char* name_;
  // Taken over by TF_RegisterOpDefinition.
  TF_OpDefinitionBuilder* builder_;
};

}  // namespace

void RegisterDefinitions() {
  Definition(kAllReduceOp)
      .Attr("T: {float, double, int32, int64, half, bfloat16}")
      .Attr("reduction: {'sum', 'mean', 'max'}")
      .Register(SameShapes);
  Definition(kBroadcastOp).Attr(std::string("T: ") + kMovableTypes).Attr("root: int >= 0").Register(SameShapes);
  Definition(kAllGatherOp)
      .Attr(std::string("T: ") + kMovableTypes)
      // The rank that the function was traced for: its gradient holds this rank's share.
      .Attr("rank: int >= 0")
      .Input("members: int32")
      .Register(GatheredShapes);
}

}  // namespace kiln::collectives
