package basewise.report;

/**
 * One pass of training.
 *
 * @param number from 1
 * @param trainLoss mean loss of the training examples
 * @param validationLoss mean loss of the validation examples; NaN if there are none
 * @param validationAuprc area under the validation precision-recall curve; NaN if there are none
 */
public record Epoch(int number, double trainLoss, double validationLoss, double validationAuprc) {}
