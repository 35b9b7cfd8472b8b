package basewise.cuda;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A C++ compiler holds Java's table of calls and numbers against declarations: our own, and
 * NVIDIA's cuda.h where there is one (system property basewise.cuda.include, CUDA_HOME, CUDA_PATH,
 * beside an nvcc on the PATH, /usr/local/cuda).
 */
class DriverAbiTest {
  private static final String PRELUDE =
      """
      #include "driver.h"
      #include <type_traits>
      #include <utility>
      template <typename F> struct Call;
      template <typename R, typename... A> struct Call<R (*)(A...)> {
        static_assert(std::is_same<R, CUresult>::value, "the result");
        using Sizes = std::integer_sequence<int, (int)(std::is_pointer<A>::value ? -1 : 1) * (int)sizeof(A)...>;
      };
      template <typename Have, typename Want> struct Fits : std::false_type {};
      template <int... H, int... W> struct Fits<std::integer_sequence<int, H...>, std::integer_sequence<int, W...>> {
        // A handle is a pointer that Java keeps as a number: 8 of ours takes both, -8 only pointers.
        static constexpr bool one(int have, int want) { return have == want || (want == 8 && have == -8); }
        static constexpr bool all() {
          const int h[] = {H..., 0}, w[] = {W..., 0};
          for (unsigned i = 0; i < sizeof...(H); i++) if (!one(h[i], w[i])) return false;
          return true;
        }
        static constexpr bool value = sizeof...(H) == sizeof...(W) && all();
      };
      template <int... H, int... W> constexpr bool same(std::integer_sequence<int, H...>, std::integer_sequence<int, W...>) {
        return sizeof...(H) == sizeof...(W);
      }
      template <typename H, typename W, bool = same(H(), W())> struct Check : std::false_type {};
      template <typename H, typename W> struct Check<H, W, true> : std::integral_constant<bool, Fits<H, W>::value> {};
      """;

  @Test
  void theTableIsThatOfOurDeclarations(@TempDir Path folder) throws IOException {
    check(folder, List.of());
  }

  @Test
  void theTableIsThatOfNvidiasHeader(@TempDir Path folder) throws IOException {
    check(folder, nvidia());
  }

  @Test
  void theStandInIsBuiltAgainstNvidiasHeader(@TempDir Path folder) throws IOException {
    List<String> command = new ArrayList<>(List.of("g++", "-std=c++17", "-Wall", "-Werror"));
    command.addAll(nvidia());
    command.addAll(List.of("-fsyntax-only", "src/test/cuda/standin.cpp"));
    Emulation.compile(command);
  }

  private static void check(Path folder, List<String> options) throws IOException {
    StringBuilder code = new StringBuilder(PRELUDE);
    for (DriverCall call : DriverCall.values()) {
      String sizes =
          call.parameters()
              .chars()
              .mapToObj(letter ->
                  switch (letter) {
                    case 'i' -> "4";
                    case 'b' -> "1";
                    case 'l' -> "8";
                    default -> "-8";
                  })
              .collect(Collectors.joining(", "));
      code.append(
          "static_assert(Check<Call<decltype(&%s)>::Sizes, std::integer_sequence<int%s>>::value, \"%s\");%n"
              .formatted(call.symbol(), sizes.isEmpty() ? "" : ", " + sizes, call.symbol()));
    }
    for (DriverConstant constant : DriverConstant.values()) {
      code.append(equal(constant.name(), constant.value()));
    }
    for (DeviceAttribute attribute : DeviceAttribute.values()) {
      code.append(equal(attribute.constant(), attribute.code()));
    }
    Path source = Files.writeString(folder.resolve("abi.cpp"), code);
    List<String> command = new ArrayList<>(List.of("g++", "-std=c++17", "-Isrc/test/cuda"));
    command.addAll(options);
    command.addAll(List.of("-fsyntax-only", source.toString()));
    Emulation.compile(command);
  }

  private static String equal(String name, int value) {
    return "static_assert((int)%s == %d, \"%s\");%n".formatted(name, value, name);
  }

  private static List<String> nvidia() {
    Optional<Path> found =
        places().filter(folder -> Files.exists(folder.resolve("cuda.h"))).findFirst();
    if (found.isEmpty()) {
      Assumptions.abort("skipped: no cuda.h here");
    }
    return List.of("-DBASEWISE_REAL_CUDA_H", "-isystem", found.orElseThrow().toString());
  }

  private static Stream<Path> places() {
    Stream.Builder<Path> all = Stream.builder();
    String asked = System.getProperty("basewise.cuda.include");
    if (asked != null) {
      all.add(Path.of(asked));
    }
    for (String variable : List.of("CUDA_HOME", "CUDA_PATH")) {
      if (System.getenv(variable) != null) {
        all.add(Path.of(System.getenv(variable), "include"));
      }
    }
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (Files.exists(Path.of(folder, "nvcc"))) {
        all.add(Path.of(folder).resolveSibling("include"));
      }
    }
    all.add(Path.of("/usr/local/cuda/include"));
    return all.build();
  }
}
