package io.github.ntm4j.cli.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The rules of the house, for all packages below a root: {@code io.github.ntm4j} for the code that ships, and a folder
 * of small offenders that prove that each rule can fail.
 *
 * @param root the package that the modules are in
 */
record ArchitectureRules(String root) {

    private static final String VECTOR_API = "jdk.incubator.vector..";

    /** Modules from the lowest to the highest; bench stands beside the command line. */
    static final List<String> MODULES = List.of("engine", "machines", "learning", "lab", "studio", "cli");

    /** Dependencies point one way. */
    ArchRule knowsNoModuleAbove(String module) {
        List<String> above = new ArrayList<>(MODULES.subList(MODULES.indexOf(module) + 1, MODULES.size()));
        above.add("bench");
        return noClasses()
                .that().resideInAPackage(module(module))
                .should().dependOnClassesThat().resideInAnyPackage(above.stream().map(this::module).toArray(String[]::new));
    }

    /** What applications embed to run a machine takes nothing of Java on but its base. */
    ArchRule machinesDependOnTheBaseOfJavaOnly() {
        return classes()
                .that().resideInAPackage(module("machines"))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                        module("engine"), module("machines"), "java.io..", "java.lang", "java.lang.annotation..", "java.lang.invoke..",
                                        "java.lang.ref..", "java.lang.reflect..", "java.lang.runtime..", "java.math..", "java.net..", "java.nio..", "java.security..",
                                        "java.text..", "java.time..", "java.util", "java.util.concurrent..", "java.util.function..", "java.util.regex..",
                                        "java.util.stream..", "java.util.zip..", "tools.jackson.core..", "org.jspecify.annotations..")
                                .or(primitivesAndTheirArrays()));
    }

    /** An application that embeds machines or their learning does not get a command line with it. */
    ArchRule whatIsEmbeddedKnowsNoCommandLineLibrary() {
        return noClasses()
                .that().resideInAnyPackage(module("engine"), module("machines"), module("learning"), module("lab"))
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
