package basewise.attribution;

/** An option that some methods read and others do not. */
public enum Setting {
  /** {@link AttributionOptions#reference()}. */
  REFERENCE("--reference"),
  /** {@link AttributionOptions#shuffles()}. */
  SHUFFLES("--shuffles"),
  /** {@link AttributionOptions#steps()}. */
  STEPS("--steps"),
  /** {@link AttributionOptions#quadrature()}. */
  QUADRATURE("--quadrature"),
  /** {@link AttributionOptions#samples()}. */
  SAMPLES("--samples"),
  /** {@link AttributionOptions#sigma()}. */
  SIGMA("--sigma"),
  /** {@link AttributionOptions#layer()}. */
  LAYER("--layer"),
  /** {@link AttributionOptions#epsilon()}. */
  EPSILON("--epsilon"),
  /** {@link AttributionOptions#gamma()}. */
  GAMMA("--gamma"),
  /** {@link AttributionOptions#alpha()}. */
  ALPHA("--alpha"),
  /** {@link AttributionOptions#window()}. */
  WINDOW("--window"),
  /** {@link AttributionOptions#stride()}. */
  STRIDE("--stride"),
  /** {@link AttributionOptions#replacement()}. */
  REPLACEMENT("--replacement"),
  /** {@link AttributionOptions#raw()}. */
  RAW("--raw"),
  /** {@link AttributionOptions#indels()}. */
  INDELS("--indels"),
  /** {@link AttributionOptions#distance()}. */
  DISTANCE("--distance"),
  /** {@link AttributionOptions#segment()}. */
  SEGMENT("--segment"),
  /** {@link AttributionOptions#absent()}. */
  ABSENT("--absent"),
  /** {@link AttributionOptions#fit()}. */
  FIT("--fit"),
  /** {@link AttributionOptions#penalty()}. */
  PENALTY("--penalty");

  private final String option;

  Setting(String option) {
    this.option = option;
  }

  /** Its name on the command line. */
  public String option() {
    return option;
  }
}
