package io.github.ntm4j.engine.operation;

import java.util.ArrayList;
import java.util.List;

/** All operations. One that is missing here fails {@link CatalogueTest}. */
final class Catalogue {
    private Catalogue() {}

    static List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>(LayerSamples.subjects());
        subjects.add(AddressingSamples.contentWeighting());
        subjects.add(AddressingSamples.locationWeighting(1));
        subjects.add(AddressingSamples.locationWeighting(3));
        subjects.addAll(MemorySamples.subjects());
        subjects.addAll(CosineSamples.subjects());
        subjects.addAll(AllocationSamples.subjects());
        subjects.addAll(DynamicSamples.subjects());
        subjects.addAll(LinkSamples.subjects());
        subjects.addAll(SparseLinkSamples.subjects());
        subjects.addAll(ElementSamples.subjects());
        subjects.addAll(PointwiseSamples.subjects());
        subjects.add(RandomExpressions.smooth());
        subjects.addAll(ArraySamples.subjects());
        subjects.addAll(LossSamples.subjects());
        return subjects;
    }
}
