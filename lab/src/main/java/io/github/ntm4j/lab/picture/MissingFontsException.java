package io.github.ntm4j.lab.picture;

/** Says that Java cannot set text on this machine, as happens in small containers, so there is no PNG or GIF; SVG needs no fonts. */
public final class MissingFontsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MissingFontsException(Throwable cause) {
        super("Java finds no fonts here (install fontconfig and a font, e.g. fonts-dejavu-core)", cause);
    }
}
