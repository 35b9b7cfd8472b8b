package basewise.nn;

import basewise.nn.kernel.FilterActivation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@value ModelFile#ENTRY} holds; the shape of a {@code motif} network lies open, that of
 * another is {@code trunk}.
 */
record ModelHeader(
    String kind,
    int version,
    int width,
    List<String> tasks,
    int filters,
    int filterWidth,
    @Nullable Strands strands,
    int pool,
    @Nullable FilterActivation activation,
    int hidden,
    double dropout,
    double weightDecay,
    @Nullable Head head,
    @Nullable TrunkArchitecture trunk,
    @Nullable TrainOptions training,
    @Nullable String data,
    Map<String, String> notes) {
  /** The entry of a model; {@code face} follows the name of its kind. */
  static ModelHeader of(String face, SequenceModel model, ModelOrigin origin) {
    String kind = "basewise " + model.architecture().name() + " model" + face;
    return switch (model.architecture()) {
      case MotifArchitecture a ->
          new ModelHeader(
              kind,
              ModelFile.VERSION,
              model.width(),
              model.tasks(),
              a.filters(),
              a.filterWidth(),
              a.strands(),
              a.pool(),
              a.activation(),
              a.hidden(),
              a.dropout(),
              a.weightDecay(),
              a.head(),
              null,
              origin.training(),
              origin.data(),
              origin.notes());
      case TrunkArchitecture a ->
          new ModelHeader(
              kind,
              ModelFile.VERSION,
              model.width(),
              model.tasks(),
              0,
              0,
              null,
              0,
              null,
              0,
              0,
              0,
              null,
              a,
              origin.training(),
              origin.data(),
              origin.notes());
    };
  }

  /**
   * The shape.
   *
   * @throws IllegalArgumentException if it makes no sense
   */
  Architecture architecture() {
    if (trunk != null) {
      return trunk;
    }
    if (strands == null || activation == null || head == null) {
      throw new IllegalArgumentException("no shape");
    }
    return new MotifArchitecture(
        filters, filterWidth, strands, pool, activation, hidden, dropout, weightDecay, head);
  }
}
