package basewise.attribution;

import basewise.io.InputException;
import basewise.nn.network.Network;

/** A method that cannot explain a network, said before anything runs. */
final class Refusal {
  private Refusal() {}

  /**
   * The method meets something it has no rule for.
   *
   * @param what the node is, such as "a softmax"
   * @param remedy what to do about it
   */
  static InputException of(Method method, Network.Node node, String what, String remedy) {
    return InputException.ofOption(
        "--method",
        "%s cannot explain layer '%s', %s".formatted(method.label(), node.name(), what),
        remedy);
  }
}
