package basewise.cuda;

/** Numbers of cuda.h that the calls take, by their names there; a test checks them. */
enum DriverConstant {
  CU_CTX_SCHED_BLOCKING_SYNC(4),
  CU_STREAM_NON_BLOCKING(1),
  CU_EVENT_BLOCKING_SYNC(1),
  CU_MEMHOSTALLOC_PORTABLE(1),
  CU_JIT_INFO_LOG_BUFFER(3),
  CU_JIT_INFO_LOG_BUFFER_SIZE_BYTES(4),
  CU_JIT_ERROR_LOG_BUFFER(5),
  CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES(6),
  CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK(0),
  CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES(1),
  CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES(3),
  CU_FUNC_ATTRIBUTE_NUM_REGS(4),
  CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES(8),
  CUDA_ERROR_OUT_OF_MEMORY(2),
  CUDA_ERROR_NO_DEVICE(100),
  CUDA_ERROR_NOT_READY(600);

  private final int value;

  DriverConstant(int value) {
    this.value = value;
  }

  int value() {
    return value;
  }
}
