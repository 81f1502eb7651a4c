package io.github.ntm4j.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.ntm4j.cli.architecture.fixture.engine.EngineWithJackson;
import io.github.ntm4j.cli.architecture.fixture.engine.EngineWithMachine;
import io.github.ntm4j.cli.architecture.fixture.engine.kernel.PortableWithVectors;
import io.github.ntm4j.cli.architecture.fixture.lab.LabWithCommandLine;
import io.github.ntm4j.cli.architecture.fixture.learning.LearningWithCommandLine;
import io.github.ntm4j.cli.architecture.fixture.learning.LearningWithPicocli;
import io.github.ntm4j.cli.architecture.fixture.learning.LearningWithTrace;
import io.github.ntm4j.cli.architecture.fixture.learning.util.LearningMiscellany;
import io.github.ntm4j.cli.architecture.fixture.machines.MachinesWithDatabind;
import io.github.ntm4j.cli.architecture.fixture.machines.MachinesWithDesktop;
import io.github.ntm4j.cli.architecture.fixture.machines.MachinesWithDice;
import io.github.ntm4j.cli.architecture.fixture.machines.MachinesWithTask;
import io.github.ntm4j.cli.architecture.fixture.machines.MachinesWithVectors;
import io.github.ntm4j.cli.architecture.fixture.studio.StudioWithCommandLine;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final String ROOT = "io.github.ntm4j";
    private static final JavaClasses SHIPPED =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT);

    @Test
    void theModulesAreSeen() {
        assertThat(ArchitectureRules.MODULES)
                .map(module -> ROOT + "." + module)
                .allSatisfy(root -> assertThat(SHIPPED).anyMatch(type -> type.getPackageName().startsWith(root)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void theCodeThatShipsKeepsTheRule(Rule rule) {
        rule.under(ROOT).check(SHIPPED);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("offenders")
    void anOffenderIsCaught(Rule rule, Class<?> offender) {
        JavaClasses classes = new ClassFileImporter().importClasses(offender);
        assertThat(rule.under(getClass().getPackageName() + ".fixture").evaluate(classes).hasViolation()).isTrue();
    }

    static Stream<Rule> rules() {
        return Stream.of(
                new Rule(rules -> rules.knowsNoModuleAbove("engine"), EngineWithMachine.class),
                new Rule(rules -> rules.knowsNoModuleAbove("machines"), MachinesWithTask.class),
                new Rule(rules -> rules.knowsNoModuleAbove("learning"), LearningWithTrace.class, LearningWithCommandLine.class),
                new Rule(rules -> rules.knowsNoModuleAbove("lab"), LabWithCommandLine.class),
                new Rule(rules -> rules.knowsNoModuleAbove("studio"), StudioWithCommandLine.class),
                new Rule(ArchitectureRules::machinesDependOnTheBaseOfJavaOnly, MachinesWithDesktop.class, MachinesWithDatabind.class),
                new Rule(ArchitectureRules::whatIsEmbeddedKnowsNoCommandLineLibrary, LearningWithPicocli.class),
                new Rule(ArchitectureRules::engineDependsOnJavaOnly, EngineWithJackson.class),
                new Rule(
                        ArchitectureRules::onlyTheSimdKernelsUseTheVectorApi,
                        PortableWithVectors.class,
                        MachinesWithVectors.class),
                new Rule(
                        ArchitectureRules::noRandomnessOutOfNowhere,
                        MachinesWithDice.Own.class,
                        MachinesWithDice.Shared.class,
                        MachinesWithDice.Static.class),
                new Rule(ArchitectureRules::packagesAreNamedAfterIdeas, LearningMiscellany.class));
    }

    static Stream<Arguments> offenders() {
        return rules().flatMap(rule -> rule.offenders().stream().map(offender -> Arguments.of(rule, offender)));
    }

    /** A rule, and classes that break it. */
    private record Rule(Function<ArchitectureRules, ArchRule> rule, List<Class<?>> offenders) {

        Rule(Function<ArchitectureRules, ArchRule> rule, Class<?>... offenders) {
            this(rule, List.of(offenders));
        }

        ArchRule under(String root) {
            return rule.apply(new ArchitectureRules(root));
        }

        @Override
        public String toString() {
            return under(ROOT).getDescription();
        }
    }
}
