package io.github.ntm4j.engine.kernel;

/**
 * The temporal links of Graves et al. 2016, equations 6 to 8, of one sequence: which row was written after which. A link is {@code [rows][rows]},
 * its lines {@code stride} floats apart and padded; weightings are padded rows. Sums along a line of the link are {@link Summation the fixed
 * tree}, sums from line to line are chains of fused multiply-adds in the order of the lines.
 */
public interface LinkKernels {
    /**
     * The new link and where it leads. Overwrites the link
     * {@code y[i][j] = (1 - write[i] - write[j]) link[i][j] + write[i] precedence[j]}, zero where i = j, computed as
     * {@code fma(link[i][j], (1 - write[i]) - write[j], write[i] precedence[j])}; and for each head
     * {@code forward[h][i] = sum over j of y[i][j] read[h][j]} and {@code backward[h][j] = sum over i of y[i][j] read[h][i]}, a chain from +0.
     *
     * @param values holds everything
     * @param linkAt offset of the link before
     * @param stride floats between the lines of a link
     * @param rows rows of the memory
     * @param writeAt offset of the write weighting
     * @param precedenceAt offset of how recently each row was written before
     * @param yAt offset of the new link; may be that of the link before
     * @param heads number of read heads; 0 for the link alone
     * @param readAt offset of the first head's read weighting of the step before
     * @param readStride floats from one head's to the next one's
     * @param forwardAt offset of the first head's weighting along the links
     * @param backwardAt offset of the first head's weighting against the links
     * @param resultStride floats from one head's to the next one's, for both
     */
    void update(
            float[] values,
            int linkAt,
            int stride,
            int rows,
            int writeAt,
            int precedenceAt,
            int yAt,
            int heads,
            int readAt,
            int readStride,
            int forwardAt,
            int backwardAt,
            int resultStride);

    /**
     * The gradient of {@link #update} by the link, the write weighting, the precedence and the read weightings. The new link {@code y} is computed
     * again, to the bit, so that nobody need keep it. Accumulates {@code dRead[h][j] += sum over i of y[i][j] dForward[h][i]}, a chain, and then
     * {@code dRead[h][i] += sum over j of y[i][j] dBackward[h][j]}. With
     * {@code g[i][j] = dLink[i][j] + sum over h of (dForward[h][i] read[h][j] + read[h][i] dBackward[h][j])}, a chain in the order of the heads, zero
     * where i = j, turns {@code dLink[i][j] = g[i][j] ((1 - write[i]) - write[j])} in place, and accumulates
     * {@code dPrecedence[j] += sum over i of g[i][j] write[i]}, {@code dWrite[j] -= sum over i of g[i][j] link[i][j]}, both chains, and then
     * {@code dWrite[i] += sum over j of g[i][j] (precedence[j] - link[i][j])}.
     *
     * @param values holds the operands
     * @param linkAt offset of the link before
     * @param stride floats between the lines of a link
     * @param rows rows of the memory
     * @param writeAt offset of the write weighting
     * @param precedenceAt offset of how recently each row was written before
     * @param heads number of read heads
     * @param readAt offset of the first head's read weighting of the step before
     * @param readStride floats from one head's to the next one's
     * @param gradients holds all derivatives
     * @param dForwardAt offset of the derivatives by the first head's forward weighting
     * @param dBackwardAt offset of the derivatives by the first head's backward weighting
     * @param resultStride floats from one head's to the next one's, for both
     * @param dLinkAt offset of the derivatives by the new link; turned into those by the link before
     * @param dWriteAt offset of the derivatives by the write weighting; added to
     * @param dPrecedenceAt offset of the derivatives by the precedence; added to
     * @param dReadAt offset of the derivatives by the first head's read weighting; added to; they are as far apart as the weightings
     */
    void updateBackward(
            float[] values,
            int linkAt,
            int stride,
            int rows,
            int writeAt,
            int precedenceAt,
            int heads,
            int readAt,
            int readStride,
            float[] gradients,
            int dForwardAt,
            int dBackwardAt,
            int resultStride,
            int dLinkAt,
            int dWriteAt,
            int dPrecedenceAt,
            int dReadAt);
}
