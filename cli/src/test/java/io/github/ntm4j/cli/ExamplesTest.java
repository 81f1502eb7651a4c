package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * The code of {@code docs/embedding.md}, as a reader copies it from there: every program compiles, and is a file of {@code examples}, which
 * {@code examples/run-all} runs; the project file is one. {@code .ci/consumer} runs Maven on them.
 */
final class ExamplesTest {
    private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\n(.*?\n)```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("examples/(\\w+\\.java)");

    @TempDir
    private Path folder;

    private static String page() throws IOException {
        return Files.readString(ProjectFiles.find("docs/embedding.md"));
    }

    /** The programs of the page by the file that is named last before each. */
    private static Map<String, String> programs() throws IOException {
        Map<String, String> programs = new LinkedHashMap<>();
        String page = page();
        for (MatchResult block : BLOCK.matcher(page).results().filter(b -> b.group(1).equals("java")).toList()) {
            String name = NAME.matcher(page.substring(0, block.start())).results().reduce((one, later) -> later).orElseThrow().group(1);
            assertThat(programs.put(name, block.group(2))).as("two programs named %s", name).isNull();
        }
        return programs;
    }

    @Test
    void everyProgramOfThePageCompilesFromThePageWithoutAWarning() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        for (Map.Entry<String, String> program : programs().entrySet()) {
            Path source = Files.writeString(folder.resolve(program.getKey()), program.getValue());
            Path into = Files.createDirectory(folder.resolve(program.getKey() + ".classes"));
            List<String> options =
                    List.of("-d", into.toString(), "-cp", System.getProperty("java.class.path"), "-Xlint:all,-path");
            Writer findings = new StringWriter();
            try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
                compiler.getTask(findings, files, null, options, null, files.getJavaFileObjects(source)).call();
            }
            assertThat(findings.toString()).as("%s", program.getKey()).isEmpty();
            assertThat(into).isNotEmptyDirectory();
        }
    }

    @Test
    void theProgramsOfThePageAreTheFilesOfTheFolder() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (Stream<Path> examples = Files.list(ProjectFiles.find("examples"))) {
            for (Path example : examples.filter(file -> file.toString().endsWith(".java")).toList()) {
                files.put(example.getFileName().toString(), Files.readString(example));
            }
        }
        assertThat(programs()).containsExactlyInAnyOrderEntriesOf(files);
    }

    @Test
    void theProjectFileOfThePageDependsOnThisVersionAndRunsAProgramOfThePage() throws Exception {
        List<String> shown = BLOCK.matcher(page()).results().filter(b -> b.group(1).equals("xml")).map(b -> b.group(2)).toList();
        assertThat(shown).hasSize(1);
        Document page = parse(shown.getFirst());
        Document consumer = parse(Files.readString(ProjectFiles.find("examples/consumer/pom.xml")));
        Document bom = parse(Files.readString(ProjectFiles.find("bom/pom.xml")));
        assertThat(page.getDocumentElement().getNodeName()).isEqualTo("project");
        for (String same : List.of("dependencyManagement", "maven.compiler.release")) {
            assertThat(words(page, same)).as(same).isEqualTo(words(consumer, same)).isNotEmpty();
        }
        assertThat(words(page, "dependencyManagement")).contains(children(bom.getDocumentElement(), "version").getFirst().getTextContent());
        assertThat(words(page, "artifactId")).contains("maven-toolchains-plugin", "exec-maven-plugin", "ntm4j-lab");
        assertThat(programs()).containsKey(page.getElementsByTagName("exec.mainClass").item(0).getTextContent() + ".java");
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    /** All texts of the elements of a name, without space. */
    private static List<String> words(Document document, String name) {
        List<String> words = new ArrayList<>();
        NodeList elements = document.getElementsByTagName(name);
        for (int i = 0; i < elements.getLength(); i++) {
            words.addAll(List.of(elements.item(i).getTextContent().strip().split("\\s+")));
        }
        return words;
    }

    private static List<Node> children(Element parent, String name) {
        List<Node> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeName().equals(name)) {
                children.add(child);
            }
        }
        return children;
    }
}
