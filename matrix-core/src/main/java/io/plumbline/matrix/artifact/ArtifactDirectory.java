package io.plumbline.matrix.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plumbline.matrix.lab.FileTree;
import io.plumbline.matrix.registry.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The folder a run writes to. Every file passes the redaction, appears whole or not at all, and is
 * listed in the index. Thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class ArtifactDirectory {
  static final String INDEX = "artifact_index.json";
  static final String RESULTS = "results.jsonl";
  private static final String INDEX_SCHEMA = "plumbline.matrix.index/1";
  private static final String PART = ".part";
  private static final String ASIDE = ".earlier";
  private static final String JUNIT = "junit";
  private static final Set<String> RUN_FILES =
      Set.of(
          INDEX,
          RESULTS,
          "summary.json",
          "fidelity.json",
          "summary.md",
          "failed.txt",
          "selected.txt",
          "defects.json");
  private static final Set<String> CASE_FILES =
      Set.of(
          "manifest.yaml",
          "case.json",
          "behavior.json",
          "timing.json",
          "diff.json",
          "thread-dump.txt");
  private static final Pattern CASE_FOLDER =
      Pattern.compile("[a-z0-9]+_to_[a-z0-9]+__[a-z0-9_]+(@[a-z0-9]+-[A-Za-z0-9_.-]+)*");
  private static final Pattern JUNIT_FILE = Pattern.compile("TEST-.+\\.xml");

  /**
   * A file as it was written.
   *
   * @param path relative to the folder, with {@code /}
   * @param sha256 lower-case hexadecimal
   * @param bytes size
   */
  public record Entry(String path, String sha256, long bytes) {
    /** Refuses an entry that names no file. */
    public Entry {
      Objects.requireNonNull(path);
    }
  }

  private record Index(String schema, List<Entry> files) {
    private Index {
      files = List.copyOf(files);
    }
  }

  private final Path root;
  private final Redaction redaction;
  private final ObjectWriter pretty;
  private final ObjectWriter compact;
  private final SortedMap<String, Entry> entries = new TreeMap<>();
  private final MessageDigest appendedDigest = sha256();
  private long appendedBytes;
  private @Nullable OutputStream appending;

  private ArtifactDirectory(Path root, Redaction redaction) {
    this.root = root;
    this.redaction = redaction;
    JsonMapper mapper = Json.mapper(redaction);
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    this.pretty =
        mapper.writer(
            new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
    this.compact = mapper.writer();
  }

  /**
   * Says whether a run could write here, without writing.
   *
   * @throws InvalidInputException when it could not
   */
  public static void requireUsable(Path root) {
    Path existing = root;
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      throw unusable(root, "'" + existing + "' is not a directory that can be written");
    }
    try {
      if (existing.equals(root) && !empty(root) && !ours(root)) {
        throw unusable(root, "it has files that no run of Plumbline left there");
      }
    } catch (IOException e) {
      throw unusable(root, e.toString());
    }
  }

  /**
   * Makes the folder, or takes what an earlier run left in it out of the way.
   *
   * @throws InvalidInputException when that cannot be done
   */
  public static ArtifactDirectory open(Path root, Redaction redaction) {
    requireUsable(root);
    ArtifactDirectory directory = new ArtifactDirectory(root, redaction);
    try {
      Files.createDirectories(root);
      setAside(root);
      directory.publish(INDEX, directory.pretty, new Index(INDEX_SCHEMA, List.of()));
      directory.appending =
          Files.newOutputStream(root.resolve(RESULTS), StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw unusable(root, e.toString());
    }
    return directory;
  }

  /**
   * The files of a run that is over, all of which are as it wrote them.
   *
   * @throws InvalidInputException when one is not, or the folder is not that of a run
   */
  static Map<String, byte[]> finished(Path root, Set<String> wanted) {
    Path index = root.resolve(INDEX);
    Map<String, byte[]> contents = new TreeMap<>();
    try {
      for (Entry entry : Json.reader().readValue(Files.readAllBytes(index), Index.class).files()) {
        byte[] content = Files.readAllBytes(root.resolve(entry.path()));
        if (!HexFormat.of().formatHex(sha256().digest(content)).equals(entry.sha256())) {
          throw unfinished(root, "'%s' is not as the run wrote it".formatted(entry.path()));
        }
        if (wanted.contains(entry.path())) {
          contents.put(entry.path(), content);
        }
      }
    } catch (IOException | InvalidPathException e) {
      throw unfinished(root, "a file cannot be read (%s)".formatted(firstLine(e)));
    }
    if (!contents.keySet().equals(wanted)) {
      throw unfinished(root, "the run did not come to its end");
    }
    return contents;
  }

  static InvalidInputException unfinished(Path root, String why) {
    return new InvalidInputException(
        "The run in '%s' cannot be taken: %s; allowed is the artifact directory of a run that ended, as it left it."
            .formatted(root, why));
  }

  private static String firstLine(Exception e) {
    return e.toString().lines().findFirst().orElse("");
  }

  private static InvalidInputException unusable(Path root, String why) {
    return new InvalidInputException(
        "The artifact directory '%s' cannot be used: %s; allowed are an empty or new directory and that of an earlier run (matrix.artifact-dir)."
            .formatted(root, why));
  }

  /** Where the folder is. */
  public Path root() {
    return root;
  }

  /** Writes an object as indented JSON. */
  public Path json(String path, Object document) {
    return guarded(path, () -> publish(path, pretty, document));
  }

  /** Writes a text. */
  public Path text(String path, String content) {
    return escaped(path, redaction.apply(content));
  }

  /** Writes markup whose texts passed the redaction before they were escaped. */
  Path escaped(String path, String content) {
    return guarded(path, () -> publish(path, content.getBytes(StandardCharsets.UTF_8)));
  }

  /** What every text passes. */
  Redaction redaction() {
    return redaction;
  }

  /** Appends an object as one line of {@code results.jsonl}; whole lines only. */
  public synchronized void append(Object document) {
    guarded(
        RESULTS,
        () -> {
          byte[] line =
              (compact.writeValueAsString(document) + "\n").getBytes(StandardCharsets.UTF_8);
          if (appending == null) {
            throw new IOException("the run is over");
          }
          appending.write(line);
          appendedDigest.update(line);
          appendedBytes += line.length;
          return root.resolve(RESULTS);
        });
  }

  /**
   * Writes the index of everything written so far, itself excepted, and removes what an earlier run
   * left.
   */
  public synchronized void index() {
    entries.put(RESULTS, new Entry(RESULTS, appendedSha256(), appendedBytes));
    entries.remove(INDEX);
    json(INDEX, new Index(INDEX_SCHEMA, List.copyOf(entries.values())));
    entries.remove(INDEX);
    guarded(
        ASIDE,
        () -> {
          FileTree.remove(root.resolve(ASIDE));
          return root;
        });
  }

  private interface Write {
    Path run() throws IOException;
  }

  private Path guarded(String path, Write write) {
    try {
      return write.run();
    } catch (IOException e) {
      throw new InvalidInputException(
          "The artifact '%s' cannot be written to '%s' (%s); free space or choose another matrix.artifact-dir."
              .formatted(path, root, e),
          e);
    }
  }

  private Path publish(String path, ObjectWriter writer, Object document)
      throws JsonProcessingException, IOException {
    return publish(
        path, (writer.writeValueAsString(document) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private Path publish(String path, byte[] content) throws IOException {
    Path target = root.resolve(path);
    Files.createDirectories(target.getParent());
    Path part = root.resolve(path + PART);
    Files.write(part, content);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Entry entry =
        new Entry(path, HexFormat.of().formatHex(sha256().digest(content)), content.length);
    synchronized (this) {
      entries.put(path, entry);
    }
    return target;
  }

  private String appendedSha256() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) appendedDigest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 of the JDK can be cloned", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static boolean empty(Path root) throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      return children.findAny().isEmpty();
    }
  }

  private static boolean ours(Path root) throws IOException {
    Path index = root.resolve(INDEX);
    return Files.isRegularFile(index) && Files.readString(index).contains(INDEX_SCHEMA);
  }

  /**
   * Takes what an earlier run wrote, by name, out of the way of this one; the index stays, because
   * it marks the folder as ours. It is removed only when this run is over: a file system may pass
   * over every inode that was freed a moment ago, whenever it makes a file (ext4 does).
   */
  private static void setAside(Path root) throws IOException {
    Path aside = root.resolve(ASIDE);
    FileTree.remove(aside);
    Files.createDirectory(aside);
    for (Path child : children(root)) {
      String name = name(child);
      if (CASE_FOLDER.matcher(name).matches() && Files.isDirectory(child)) {
        setAside(child, CASE_FILES::contains, aside);
      } else if (name.equals(JUNIT) && Files.isDirectory(child)) {
        setAside(child, file -> JUNIT_FILE.matcher(file).matches(), aside);
      } else if (RUN_FILES.contains(name) && !name.equals(INDEX)) {
        move(child, aside);
      }
    }
  }

  private static void setAside(Path folder, Predicate<String> ours, Path aside) throws IOException {
    List<Path> files = children(folder);
    if (files.stream().map(ArtifactDirectory::name).allMatch(ours)) {
      move(folder, aside);
      return;
    }
    Path part = Files.createDirectory(aside.resolve(folder.getFileName()));
    for (Path file : files) {
      if (ours.test(name(file))) {
        move(file, part);
      }
    }
  }

  private static void move(Path file, Path into) throws IOException {
    Files.move(file, into.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    }
  }

  /** A file's name; that of the file itself when the run died while writing a part. */
  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(PART) ? name.substring(0, name.length() - PART.length()) : name;
  }
}
