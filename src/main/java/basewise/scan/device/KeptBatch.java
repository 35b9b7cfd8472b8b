package basewise.scan.device;

/**
 * A batch as a device has made it ready for its kernels, which stays there from one scan for the
 * next; whoever has it as {@link HitBatch#kept} need not be sent there again. It may be gone any
 * time: then the batch is sent, as ever.
 */
public interface KeptBatch {}
