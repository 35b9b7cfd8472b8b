package basewise.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The classes of a library in a newer format. Those from before Java 6, such as picocli's, say
 * nothing that helps to check them: Java checks them at every start by going through all their
 * code, and leaves them, and all that hangs on them, out of its archives. The launcher writes such
 * a library again once; its code stays as it was, and what helps to check it is added.
 */
final class NewerClasses {
  private static final int OLD = ClassFile.JAVA_6_VERSION;
  private static final int NEW = ClassFile.JAVA_8_VERSION;

  private NewerClasses() {}

  /**
   * Writes a library again, if it has old classes.
   *
   * @param args a jar of the class path
   */
  public static void main(String[] args) throws IOException {
    rewrite(Path.of(args[0]));
  }

  /** True if it had old classes: then it is replaced as a whole, and has none now. */
  static boolean rewrite(Path jar) throws IOException {
    ClassFile format =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())));
    Path written = jar.resolveSibling(jar.getFileName() + ".new");
    boolean old = false;
    try (ZipFile from = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(written);
        ZipOutputStream to = new ZipOutputStream(file)) {
      Enumeration<? extends ZipEntry> entries = from.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        byte[] bytes;
        try (InputStream in = from.getInputStream(entry)) {
          bytes = in.readAllBytes();
        }
        if (entry.getName().endsWith(".class")) {
          ClassModel model = format.parse(bytes);
          if (model.majorVersion() < OLD) {
            old = true;
            bytes = newer(format, model);
          }
        }
        ZipEntry same = new ZipEntry(entry.getName());
        same.setTime(entry.getTime());
        to.putNextEntry(same);
        to.write(bytes);
      }
      to.finish();
      if (old) {
        Files.move(
            written, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      Files.deleteIfExists(written);
    }
    return old;
  }

  /** Its methods are put together again, which adds the types at each branch's end. */
  private static byte[] newer(ClassFile format, ClassModel model) {
    ClassTransform code = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
    return format.transformClass(
        model,
        ClassTransform.dropping(ClassFileVersion.class::isInstance)
            .andThen(code)
            .andThen(ClassTransform.endHandler(c -> c.withVersion(NEW, 0))));
  }
}
