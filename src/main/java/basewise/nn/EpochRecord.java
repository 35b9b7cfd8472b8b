package basewise.nn;

/**
 * What one pass over the training part did.
 *
 * @param epoch 1-based
 * @param loss mean weighted training loss of its steps
 * @param validationLoss mean weighted loss on the validation part; NaN if there is none
 * @param validationAuroc area under the ROC curve, mean over tasks; NaN for regression
 * @param validationAuprc average precision, mean over tasks; for regression Pearson's r
 * @param learningRate the step size used
 */
public record EpochRecord(
    int epoch,
    double loss,
    double validationLoss,
    double validationAuroc,
    double validationAuprc,
    double learningRate) {}
