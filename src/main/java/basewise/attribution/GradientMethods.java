package basewise.attribution;

import basewise.nn.network.Network;

/** Methods that are derivatives, or averages of derivatives. */
final class GradientMethods {
  private final Subject subject;

  GradientMethods(Subject subject) {
    this.subject = subject;
  }

  /** The derivative by each base (Simonyan, Vedaldi and Zisserman 2014). */
  Attribution gradient(byte[] codes) {
    return Scores.plain(subject.gradient(Network.oneHot(codes)));
  }

  /** The derivative minus its mean over the four letters (Majdandzic and others 2023). */
  Attribution corrected(byte[] codes) {
    return Scores.plain(Scores.centred(subject.gradient(Network.oneHot(codes))));
  }
}
