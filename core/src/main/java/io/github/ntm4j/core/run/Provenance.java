package io.github.ntm4j.core.run;

/**
 * What decides the bits of a run beside its settings.
 *
 * @param ntm4j version of ntm4j
 * @param git its revision, {@code unknown} where the build did not know
 */
public record Provenance(String ntm4j, String git) {}
