package basewise.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The process's own streams: an error stream that is whole again, an output that cannot be lost.
 */
final class StandardStreams {
  /** Says which descriptor the launcher has kept the real standard error in. */
  private static final String KEPT_ERROR = "basewise.stderr";

  private StandardStreams() {}

  /**
   * Puts the real standard error back where the launcher's filter of Java's start-up warning is.
   * Nothing else will do than the system's own dup2: native libraries write to it too, and a
   * progress bar asks whether it is a terminal. Where that fails the filter stays, which passes
   * everything on.
   */
  @SuppressWarnings("CatchAndPrintStackTrace")
  static void restoreError() {
    Integer kept = Integer.getInteger(KEPT_ERROR);
    if (kept == null) {
      return;
    }
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle dup2 =
          linker.downcallHandle(
              linker.defaultLookup().find("dup2").orElseThrow(),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      int _ = (int) dup2.invokeExact((int) kept, 2);
    } catch (Throwable e) {
      e.printStackTrace();
    }
  }

  /** Replaces System.out by one that remembers that it could not be written. */
  static Output watchOutput() {
    Output output = new Output(new FileOutputStream(FileDescriptor.out));
    System.setOut(new PrintStream(output, true, System.out.charset()));
    return output;
  }

  /** PrintStream forgets why a write failed; this remembers. */
  static final class Output extends FilterOutputStream {
    private volatile @Nullable String failure;

    Output(OutputStream out) {
      super(out);
    }

    /** Why results are lost, such as a full disk; null if none are. A reader that left is fine. */
    @Nullable String failure() {
      String why = failure;
      return why == null || why.contains("Broken pipe") ? null : why;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      try {
        out.write(b, off, len);
      } catch (IOException e) {
        failure = String.valueOf(e.getMessage());
        throw e;
      }
    }
  }
}
