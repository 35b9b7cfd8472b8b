package basewise.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * HDF5 as any version of its library reads it (superblock version 0, groups of symbol tables,
 * chunked and deflated datasets), written as numbers come: several arrays may grow at the same
 * time, in memory that does not depend on their length. The file appears when {@link #commit()} is
 * called. Source: HDF5 File Format Specification, version 2.0.
 */
public final class Hdf5Output implements AutoCloseable {
  static final long UNDEFINED = -1;

  private static final int SUPERBLOCK = 96;

  /** Half the most names of a group, as the superblock says. */
  private static final int NAMES_HALF = 64;

  /** Half the most children of a node of a group's tree; one is used. */
  private static final int TREE_HALF = 16;

  private static final int TREE_NODE = 24 + (2 * TREE_HALF + 1) * 8 + 2 * TREE_HALF * 8;

  /** A part of an object's header. */
  record Message(int type, LittleEndian body) {}

  /** A group, or the dataset that a name leads to. */
  private static final class Node {
    final Map<String, Node> children = new TreeMap<>();
    @Nullable Hdf5Dataset dataset;
  }

  /** Where a group lies: its header, and what entries that lead to it repeat. */
  private record Place(long header, long tree, long heap) {}

  private final Path path;
  private final AtomicOutput file;
  private final Node root = new Node();
  private final List<Hdf5Dataset> datasets = new ArrayList<>();
  private final List<Message> attributes = new ArrayList<>();
  private final Executor deflating;
  private long written;

  private Hdf5Output(Path path, AtomicOutput file, Executor deflating) {
    this.path = path;
    this.file = file;
    this.deflating = deflating;
  }

  /**
   * Opens a file.
   *
   * @throws InputException if it cannot be written, or is a device
   */
  public static Hdf5Output to(Path path) {
    return to(path, Runnable::run);
  }

  /**
   * The same.
   *
   * @param deflating runs what deflates chunks; the file's bytes do not depend on it
   */
  public static Hdf5Output to(Path path, Executor deflating) {
    if (AtomicOutput.isDevice(path)) {
      throw new InputException(
          path.toString(), "is no file: HDF5 is not written in one go", "name a file");
    }
    Hdf5Output out = new Hdf5Output(path, AtomicOutput.to(path), deflating);
    out.write(new byte[SUPERBLOCK]);
    return out;
  }

  /**
   * Begins an array; its first dimension grows.
   *
   * @param name groups and name, parted by {@code /}, ASCII
   * @param row the dimensions of a row, the last varying fastest
   */
  public Hdf5Dataset dataset(String name, Hdf5Dataset.Type type, int... row) {
    return datasetOf(name, type, Integer.MAX_VALUE, row);
  }

  /**
   * Begins an array of which it is known how long it gets, so that a short one takes little room.
   *
   * @param rows its first dimension, at least 1
   */
  public Hdf5Dataset datasetOf(String name, Hdf5Dataset.Type type, int rows, int... row) {
    Node at = node(name);
    if (at.dataset != null || !at.children.isEmpty()) {
      throw new IllegalArgumentException(name + " is there already");
    }
    Hdf5Dataset dataset = new Hdf5Dataset(this, type, rows, row);
    at.dataset = dataset;
    datasets.add(dataset);
    return dataset;
  }

  /** Makes a group, which may stay empty; datasets make theirs. */
  public void group(String name) {
    node(name);
  }

  private Node node(String name) {
    Node at = root;
    for (String part : name.split("/", -1)) {
      at = at.children.computeIfAbsent(part, p -> new Node());
    }
    return at;
  }

  /** Gives the file, its root group, a whole number by name. */
  public void attribute(String name, long value) {
    byte[] text = ascii(name);
    byte[] padded = Arrays.copyOf(text, (text.length + 8) / 8 * 8);
    LittleEndian type = Hdf5Dataset.int64();
    LittleEndian out = new LittleEndian().u8(1).u8(0).u16(text.length + 1).u16(type.size()).u16(8);
    out.bytes(padded).bytes(type.toBytes());
    // A scalar: no dimensions.
    out.u8(1).u8(0).u8(0).u8(0).u32(0).u64(value);
    attributes.add(new Message(0x0c, out));
  }

  /** Appends bytes, on an address that 8 divides, and returns it. */
  long write(byte[] bytes) {
    long at = position();
    try {
      file.stream().write(new byte[(int) (at - written)]);
      file.stream().write(bytes);
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
    written = at + bytes.length;
    return at;
  }

  /** Where the next bytes will lie. */
  long position() {
    return (written + 7) / 8 * 8;
  }

  /** Appends an object's header and returns its address. */
  long header(List<Message> messages) {
    LittleEndian body = new LittleEndian();
    for (Message m : messages) {
      int size = (m.body.size() + 7) / 8 * 8;
      body.u16(m.type).u16(size).u8(0).u8(0).u16(0);
      body.bytes(m.body.toBytes()).bytes(new byte[size - m.body.size()]);
    }
    LittleEndian out = new LittleEndian();
    out.u8(1).u8(0).u16(messages.size()).u32(1).u32(body.size()).u32(0);
    return write(out.bytes(body.toBytes()).toBytes());
  }

  private Place group(Node group, List<Message> more) {
    List<Map.Entry<String, Node>> children = List.copyOf(group.children.entrySet());
    int most = 2 * NAMES_HALF;
    if (children.size() > 2 * TREE_HALF * most) {
      throw new IllegalArgumentException("more names than a group of this writer holds");
    }
    LittleEndian names = new LittleEndian().u64(0);
    LittleEndian tree = new LittleEndian();
    int nodes = Math.max(1, (children.size() + most - 1) / most);
    tree.bytes(ascii("TREE")).u8(0).u8(0).u16(nodes).u64(UNDEFINED).u64(UNDEFINED).u64(0);
    for (int node = 0; node < nodes; node++) {
      int from = node * most;
      int to = Math.min(children.size(), from + most);
      LittleEndian entries = new LittleEndian().bytes(ascii("SNOD")).u8(1).u8(0).u16(to - from);
      long last = 0;
      for (Map.Entry<String, Node> child : children.subList(from, to)) {
        Hdf5Dataset dataset = child.getValue().dataset;
        Place place =
            dataset == null
                ? group(child.getValue(), List.of())
                : new Place(dataset.finish(), 0, 0);
        last = names.size();
        byte[] name = ascii(child.getKey());
        names.bytes(name).bytes(new byte[8 - name.length % 8]);
        entries.u64(last).u64(place.header).u32(dataset == null ? 1 : 0).u32(0);
        entries.u64(place.tree).u64(place.heap);
      }
      entries.bytes(new byte[8 + most * 40 - entries.size()]);
      tree.u64(write(entries.toBytes())).u64(last);
    }
    long treeAt = write(tree.bytes(new byte[TREE_NODE - tree.size()]).toBytes());
    long namesAt = write(names.toBytes());
    LittleEndian heap = new LittleEndian();
    // 1: nothing in it is free.
    heap.bytes(ascii("HEAP")).u32(0).u64(names.size()).u64(1).u64(namesAt);
    long heapAt = write(heap.toBytes());
    List<Message> messages = new ArrayList<>();
    messages.add(new Message(0x11, new LittleEndian().u64(treeAt).u64(heapAt)));
    messages.addAll(more);
    return new Place(header(messages), treeAt, heapAt);
  }

  /** Ends the file, all but for its name; several may be sealed before the first is committed. */
  public void seal() {
    datasets.forEach(Hdf5Dataset::flush);
    Place place = group(root, attributes);
    long end = position();
    write(new byte[0]);
    LittleEndian out = new LittleEndian();
    out.u8(0x89).bytes(ascii("HDF\r\n")).u8(0x1a).u8('\n');
    out.u8(0).u8(0).u8(0).u8(0).u8(0).u8(8).u8(8).u8(0);
    out.u16(NAMES_HALF).u16(TREE_HALF).u32(0);
    out.u64(0).u64(UNDEFINED).u64(end).u64(UNDEFINED);
    out.u64(0).u64(place.header).u32(1).u32(0).u64(place.tree).u64(place.heap);
    file.seal();
    file.patch(0, out.toBytes());
  }

  /** Moves the sealed file to its name. */
  public void commit() {
    file.commit();
  }

  @Override
  public void close() {
    file.close();
  }

  Executor deflating() {
    return deflating;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
