package basewise.house;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the launcher's tests start in place of the program: says how it was called. */
public final class LauncherStub {
  private LauncherStub() {}

  /** Prints its surroundings; {@code exit N} ends with N, {@code sleep} waits to be killed. */
  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.println("java " + Runtime.version().feature());
    System.out.println("args " + List.of(args));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> a.startsWith("-Xmx"))
        .forEach(a -> System.out.println("heap " + a));
    System.out.println("folder " + System.getProperty("user.dir"));
    System.out.println("home " + System.getProperty("basewise.home"));
    System.out.println(
        "vectors " + ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    System.out.println("rehearse " + Boolean.getBoolean("basewise.rehearse"));
    System.err.println("a word on standard error");
    if (args.length > 0 && args[0].equals("cat")) {
      System.out.println("input " + new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
    }
    if (args.length > 0 && args[0].equals("sleep")) {
      System.out.println("sleeping");
      Thread.sleep(60_000);
    }
    if (args.length > 1 && args[0].equals("exit")) {
      System.exit(Integer.parseInt(args[1]));
    }
  }
}
