package io.github.ntm4j.studio.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The files of the page, from the class path. */
final class PageFiles {
    private static final String FOLDER = "/io/github/ntm4j/studio/page";
    private static final Pattern PATH = Pattern.compile("(/[a-zA-Z0-9_-][a-zA-Z0-9._-]*){1,4}");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "md", "text/plain; charset=utf-8");

    private PageFiles() {}

    /** The file at an address; nothing if there is none. */
    static Optional<Reply> find(String address) {
        String path = address.equals("/") ? "/index.html" : address;
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null || !PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        byte[] content = load(path);
        return content.length == 0 ? Optional.empty() : Optional.of(new Reply.Whole(200, type, content));
    }

    private static byte[] load(String path) {
        try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + path)) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
