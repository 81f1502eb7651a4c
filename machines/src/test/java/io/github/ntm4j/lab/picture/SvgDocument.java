package io.github.ntm4j.lab.picture;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** An SVG text read back with the JDK's own parser, which refuses what is not well-formed. */
record SvgDocument(Document document) {
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)");

    static SvgDocument parse(String svg) {
        try {
            InputSource source = new InputSource(new StringReader(svg));
            return new SvgDocument(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(source));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(svg.length() > 500 ? svg.substring(0, 500) : svg, e);
        }
    }

    List<Element> all(String tag) {
        return all(document.getDocumentElement(), tag);
    }

    static List<Element> all(Element inside, String tag) {
        NodeList nodes = inside.getElementsByTagName(tag);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    List<String> texts() {
        return all("text").stream().map(Element::getTextContent).toList();
    }

    /** The names of the picture's parts. */
    List<String> parts() {
        return all("g").stream().filter(g -> g.getAttribute("class").equals("part")).map(SvgDocument::name).toList();
    }

    Element part(String name) {
        return all("g").stream().filter(g -> g.getAttribute("class").equals("part") && name(g).startsWith(name)).findFirst()
                .orElseThrow();
    }

    private static String name(Element part) {
        return all(part, "title").getFirst().getTextContent();
    }

    /** The colours of the first heat map inside {@code part}, {@code [rows * columns]}. */
    static int[] cells(Element part, int columns, int rows) {
        int[] rgb = new int[columns * rows];
        Arrays.fill(rgb, colour(all(part, "rect").getFirst().getAttribute("fill")));
        Element map = all(part, "g").stream().filter(g -> g.hasAttribute("transform")).findFirst().orElseThrow();
        for (Element path : all(map, "path")) {
            Matcher run = RUN.matcher(path.getAttribute("d"));
            while (run.find()) {
                for (int i = 0; i < Integer.parseInt(run.group(3)); i++) {
                    int at = Integer.parseInt(run.group(2)) * columns + Integer.parseInt(run.group(1)) + i;
                    rgb[at] = colour(path.getAttribute("stroke"));
                }
            }
        }
        return rgb;
    }

    private static int colour(String hex) {
        return hex.length() == 4
                ? Integer.parseInt("" + hex.charAt(1) + hex.charAt(1) + hex.charAt(2) + hex.charAt(2) + hex.charAt(3) + hex.charAt(3), 16)
                : Integer.parseInt(hex.substring(1), 16);
    }
}
