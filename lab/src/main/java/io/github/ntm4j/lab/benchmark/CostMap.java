package io.github.ntm4j.lab.benchmark;

import java.util.List;

/**
 * Where the time of a training step goes, on one thread, in microseconds for one time step of one sequence.
 *
 * @param machine name of the machine, or of a case of it
 * @param batch sequences on the tape at once; an update follows them
 * @param steps steps of a sequence
 * @param lines kinds of operations in the order of the recording, then what is not an operation
 * @param wholeUs everything, measured in one piece: what the sum of the lines is to be held against
 */
public record CostMap(String machine, int batch, int steps, List<CostLine> lines, double wholeUs) {
    /** Keeps a copy. */
    public CostMap {
        lines = List.copyOf(lines);
    }

    /**
     * The sum of the lines.
     *
     * @return forwards and backwards
     */
    public CostLine sum() {
        return new CostLine(
                "sum",
                sum(lines.stream().map(CostLine::forward).toList()),
                sum(lines.stream().map(CostLine::backward).toList()));
    }

    private static Cost sum(List<Cost> costs) {
        double us = 0;
        double operations = 0;
        double arithmetic = 0;
        double traffic = 0;
        for (Cost cost : costs) {
            us += cost.us();
            operations += cost.operations();
            arithmetic += cost.arithmeticUs();
            traffic += cost.trafficUs();
        }
        return new Cost(us, operations, arithmetic, traffic);
    }

    /**
     * The least that the way forwards could take. Floors add up line by line: one line cannot compute while another waits for its data.
     *
     * @return the sum of the lines' floors in microseconds
     */
    public double forwardFloorUs() {
        return lines.stream().mapToDouble(line -> line.forward().floorUs()).sum();
    }

    /**
     * The least that the way backwards and what follows it could take.
     *
     * @return the sum of the lines' floors in microseconds
     */
    public double backwardFloorUs() {
        return lines.stream().mapToDouble(line -> line.backward().floorUs()).sum();
    }

    /**
     * The least that the whole could take.
     *
     * @return microseconds
     */
    public double floorUs() {
        return forwardFloorUs() + backwardFloorUs();
    }
}
