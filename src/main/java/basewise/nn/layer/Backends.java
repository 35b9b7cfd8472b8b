package basewise.nn.layer;

import basewise.cuda.CudaMissingException;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Which of ND4J's backends is loaded, once and for all: that of processors, unless a GPU's is asked
 * for before the first array is made. Left alone, a build with the Maven profile {@code cuda} would
 * put the arrays of our own layers on a GPU, where they do not belong.
 */
public final class Backends {
  private static final String SERVICE = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";

  /** In the name of the jar that offers the GPU's. */
  private static final String CUDA_JAR = "nd4j-cuda";

  private static boolean chosen;

  private Backends() {}

  /** Chooses that of processors if nothing was chosen; before any array is made. */
  public static synchronized void ready() {
    if (!chosen) {
      chosen = true;
      ND4JClassLoading.setNd4jClassloader(new WithoutCuda(Backends.class.getClassLoader()));
    }
  }

  /**
   * Chooses the GPU's.
   *
   * @throws CudaMissingException if this build has none, or it finds no GPU that it can use
   */
  public static synchronized void cuda() {
    if (offers(Backends.class.getClassLoader()).stream().noneMatch(Backends::isCuda)) {
      throw new CudaMissingException(
          "this build trains on processors only: build it with mvn -Pcuda package");
    }
    chosen = true;
    if (Nd4j.getEnvironment().isCPU()) {
      throw new CudaMissingException("ND4J's backend for CUDA 11.6 found no GPU that it can use");
    }
  }

  private static boolean isCuda(URL offer) {
    return offer.getPath().contains(CUDA_JAR);
  }

  private static List<URL> offers(ClassLoader loader) {
    try {
      return Collections.list(loader.getResources(SERVICE));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Everything but the offer of the GPU's backend. */
  private static final class WithoutCuda extends ClassLoader {
    WithoutCuda(ClassLoader all) {
      super(all);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      if (!name.equals(SERVICE)) {
        return super.getResources(name);
      }
      return Collections.enumeration(
          offers(getParent()).stream().filter(offer -> !isCuda(offer)).toList());
    }
  }
}
