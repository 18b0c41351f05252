// The part of TensorFlow's kernel C API that we use. Its own header, tensorflow/c/kernels.h, also declares interfaces for
// device plug-ins and includes C++ headers for them, which the set-up leaves out.
#pragma once

#include "tensorflow/c/c_api.h"

extern "C" {

struct TF_KernelBuilder;
struct TF_OpKernelConstruction;
struct TF_OpKernelContext;
struct TF_AsyncOpKernelDoneCallback;

TF_KernelBuilder* TF_NewAsyncKernelBuilder(const char* op_name, const char* device_name,
                                           void* (*create)(TF_OpKernelConstruction*),
                                           void (*compute)(void*, TF_OpKernelContext*, TF_AsyncOpKernelDoneCallback*),
                                           void (*destroy)(void*));
void TF_RegisterKernelBuilder(const char* kernel_name, TF_KernelBuilder* builder, TF_Status* status);

TF_StringView TF_OpKernelConstruction_GetName(TF_OpKernelConstruction* construction);
void TF_OpKernelConstruction_GetAttrSize(TF_OpKernelConstruction* construction, const char* attr, int32_t* list_size,
                                         int32_t* total_size, TF_Status* status);
void TF_OpKernelConstruction_GetAttrString(TF_OpKernelConstruction* construction, const char* attr, char* value,
                                           size_t max_length, TF_Status* status);
void TF_OpKernelConstruction_GetAttrInt32(TF_OpKernelConstruction* construction, const char* attr, int32_t* value,
                                          TF_Status* status);
void TF_OpKernelConstruction_GetAttrType(TF_OpKernelConstruction* construction, const char* attr, TF_DataType* value,
                                         TF_Status* status);
void TF_OpKernelConstruction_Failure(TF_OpKernelConstruction* construction, TF_Status* status);

int TF_NumInputs(TF_OpKernelContext* context);
TF_DataType TF_InputDatatype(TF_OpKernelContext* context, int index);
// The caller owns *tensor.
void TF_GetInput(TF_OpKernelContext* context, int index, TF_Tensor** tensor, TF_Status* status);
void TF_SetOutput(TF_OpKernelContext* context, int index, const TF_Tensor* tensor, TF_Status* status);
// The caller owns the result.
TF_Tensor* TF_AllocateOutput(TF_OpKernelContext* context, int index, TF_DataType dtype, const int64_t* dims,
                             int num_dims, size_t bytes, TF_Status* status);
void TF_OpKernelContext_Failure(TF_OpKernelContext* context, TF_Status* status);

}  // extern "C"
