package basewise.attribution;

/**
 * What a single deletion or insertion does. The length is kept: after a deletion the bases behind
 * it move one to the left and an N enters at the end; for an insertion the bases from its position
 * on move one to the right and the last drops out.
 *
 * @param position of the deleted base, or that the inserted base takes, 0-based
 * @param insertion which of the two
 * @param base code of the base that was deleted or inserted
 * @param effect output with it minus output without
 */
public record Indel(int position, boolean insertion, byte base, double effect) {}
