// The ops as TensorFlow's graphs and shape inference know them.
#pragma once

namespace kiln::collectives {

constexpr char kAllReduceOp[] = "KilnAllReduce";
constexpr char kBroadcastOp[] = "KilnBroadcast";
constexpr char kAllGatherOp[] = "KilnAllGather";

void RegisterDefinitions();

}  // namespace kiln::collectives
