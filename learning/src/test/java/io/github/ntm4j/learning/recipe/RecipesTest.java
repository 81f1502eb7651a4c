package io.github.ntm4j.learning.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MachineKinds;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecipesTest {
    /** A wrong key is refused where settings are resolved; a name that nobody has, and a condition that never holds, here. */
    @Test
    void everyRecipeIsOfSomethingThatIsThereAndAsksForSettingsThatAreThere() {
        assertThat(Recipes.all()).isNotEmpty().allSatisfy(recipe -> {
            assertThat(TaskKinds.all().keySet()).as(recipe.place()).containsAll(recipe.tasks());
            assertThat(MachineKinds.all().keySet()).as(recipe.place()).containsAll(recipe.machines());
            assertThat(Preset.all().stream().map(Preset::name)).as(recipe.place()).containsAll(recipe.presets());
        });
        for (MachineKind<?> kind : MachineKinds.all().values()) {
            for (String task : TaskKinds.all().keySet()) {
                for (Preset preset : Preset.of(kind)) {
                    ConfigTree settings = ConfigTree.of(
                            RunConfig.resolve(ConfigTree.of(
                                            Map.of("preset", preset.name(), "task", Map.of("name", task), "machine", Map.of("type", kind.name())),
                                            "test"))
                                    .toMap(),
                            "test");
                    Recipes.plateau(preset.name(), task, kind.name()).ifPresent(recipe -> recipe.helped().forEach(remedy ->
                            assertThat(settings.keys()).as(recipe.place()).containsAll(remedy.when().keys())));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a: {setings: {x: 1}}    | mine.yaml, line 1: setings.x: no part of a recipe, which has figure, helped, known, machines, otherwise,",
        "a: {machines: lstm}     | mine.yaml, line 1: machines: expected a list of names",
        "a: {figure: 8}          | mine.yaml, line 1: figure: expected text, got 8",
        "a: {helped: {b: {try: c}}} | b.when: is missing; expected text",
        "a: {helped: {b: {when: rows, try: c}}} | mine.yaml: a.helped.b: expected a comparison such as machine.rows < 64, got 'rows'",
        "a: [                    | mine.yaml, line 1: not valid YAML",
    })
    void whatIsWrongInARecipeIsNamedInOneLine(String yaml, String message) {
        assertThatThrownBy(() -> Recipes.parse(yaml, "mine.yaml"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(message)
                .message().hasLineCount(1);
    }

    /** The settings of a recipe know where they stand when they are bound with all others. */
    @Test
    void aWrongSettingOfARecipeIsNamedWithItsFile() {
        ConfigTree settings = Recipes.parse("a:\n  settings:\n    machine.rowz: 3", "mine.yaml").getFirst().settings();
        ConfigTree all = ConfigTree.of(RunConfig.resolve(ConfigTree.EMPTY).toMap(), "defaults");
        assertThatThrownBy(() -> all.overriddenBy(settings))
                .isInstanceOf(UserException.class)
                .hasMessage("mine.yaml, line 3: machine.rowz: no such setting; did you mean machine.rows?");
    }

    @ParameterizedTest
    @CsvSource({
        "a.x < 3, true", "a.x <= 2, true", "a.x > 2, false", "a.x >= 2, true", "a.x == 2.0, true", "a.x != 2, false", "a.w == word, true",
        "a.w != word, false", "a.x > 2 or a.w == word, true", "a.x > 2 and a.w == word, false", "a.none != 1, false",
    })
    void aConditionComparesSettings(String condition, boolean holds) {
        ConfigTree settings = ConfigTree.of(Map.of("a", Map.of("x", 2, "w", "word")), "test");
        assertThat(Condition.parse(condition, "test").holds(settings)).isEqualTo(holds);
    }
}
