package io.github.ntm4j.cli.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The rules of the house, for all packages below a root: {@code io.github.ntm4j} for the code that ships, and a folder
 * of small offenders that prove that each rule can fail.
 *
 * @param root the package that {@code engine}, {@code core}, {@code studio}, {@code cli} and {@code bench} are in
 */
record ArchitectureRules(String root) {

    private static final String VECTOR_API = "jdk.incubator.vector..";

    /** The engine is below the core. */
    ArchRule engineKnowsNoModuleAbove() {
        return noClasses()
                .that().resideInAPackage(module("engine"))
                .should().dependOnClassesThat().resideInAnyPackage(module("core"), module("studio"), module("cli"), module("bench"));
    }

    /** The core is below the command line. */
    ArchRule coreKnowsNoModuleAbove() {
        return noClasses()
                .that().resideInAPackage(module("core"))
                .should().dependOnClassesThat().resideInAnyPackage(module("studio"), module("cli"), module("bench"));
    }

    /** The studio is below the command line. */
    ArchRule studioKnowsNoModuleAbove() {
        return noClasses()
                .that().resideInAPackage(module("studio"))
                .should().dependOnClassesThat().resideInAnyPackage(module("cli"), module("bench"));
    }

    /** An application that embeds the core does not get a command line with it. */
    ArchRule coreKnowsNoCommandLineLibrary() {
        return noClasses()
                .that().resideInAPackage(module("core"))
                .should().dependOnClassesThat().resideInAPackage("picocli..");
    }

    /** The engine has no dependencies: Java, and the annotations for null. */
    ArchRule engineDependsOnJavaOnly() {
        return classes()
                .that().resideInAPackage(module("engine"))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(module("engine"), "java..", VECTOR_API, "org.jspecify.annotations..")
                                .or(primitivesAndTheirArrays()));
    }

    /** The Vector API is an incubator: one package has to change when it does. */
    ArchRule onlyTheSimdKernelsUseTheVectorApi() {
        return noClasses()
                .that().resideOutsideOfPackage(root + ".engine.kernel.simd..")
                .should().dependOnClassesThat().resideInAPackage(VECTOR_API);
    }

    /** A run is repeated by its seed: random numbers come from a generator that is passed in. */
    ArchRule noRandomnessOutOfNowhere() {
        return noClasses()
                .should().dependOnClassesThat().areAssignableTo(java.util.Random.class)
                .orShould().dependOnClassesThat().areAssignableTo(ThreadLocalRandom.class)
                .orShould().callMethod(Math.class, "random")
                .orShould().callMethod(StrictMath.class, "random");
    }

    /** Packages are named after ideas. */
    ArchRule packagesAreNamedAfterIdeas() {
        return noClasses()
                .should().resideInAnyPackage("..util..", "..common..", "..helper..", "..impl..", "..manager..");
    }

    private String module(String name) {
        return root + "." + name + "..";
    }

    private static DescribedPredicate<JavaClass> primitivesAndTheirArrays() {
        return DescribedPredicate.describe(
                "primitives and their arrays", type -> type.getBaseComponentType().isPrimitive());
    }
}
