package io.github.ntm4j.lab.benchmark;

/**
 * What something takes for one time step of one sequence, and what it cannot take less than.
 *
 * @param us microseconds, measured
 * @param operations floating-point operations of its definition, two for each multiply-add; functions of single elements do not count
 * @param arithmeticUs microseconds of the operations at the multiply-add peak
 * @param trafficUs microseconds of the bytes that it has to move, at the bandwidth of the level that they live in
 */
public record Cost(double us, double operations, double arithmeticUs, double trafficUs) {
    static final Cost NONE = new Cost(0, 0, 0, 0);

    /**
     * The floor.
     *
     * @return the longer of arithmetic and traffic, in microseconds
     */
    public double floorUs() {
        return Math.max(arithmeticUs, trafficUs);
    }

    /**
     * The part of the multiply-add peak that is reached.
     *
     * @return from 0 to 1; 0 where the definition has no multiply-adds
     */
    public double shareOfPeak() {
        return us > 0 ? arithmeticUs / us : 0;
    }
}
