/**
 * NVIDIA GPUs through the driver alone: what is there, memory, copies, kernels from PTX. No biology
 * and no CUDA toolkit. Floor 0. Read {@link basewise.cuda.CudaDriver} first, then {@link
 * basewise.cuda.CudaContext}.
 */
@NullMarked
package basewise.cuda;

import org.jspecify.annotations.NullMarked;
