package basewise.cuda;

/** The contract with copies that are late, on the second of two devices. */
class SlowEmulatedCudaTest extends EmulatedCudaTest {
  @Override
  String faults() {
    return "slow=5000,devices=2";
  }

  @Override
  CudaDevice device() {
    return super.device().driver().devices().get(1);
  }
}
