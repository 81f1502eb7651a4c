package io.github.ntm4j.bench.machine;

import io.github.ntm4j.bench.Measured;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** How whole machines are measured: there is much to compile before they are at their pace. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
abstract class MeasuredMachine extends Measured {}
