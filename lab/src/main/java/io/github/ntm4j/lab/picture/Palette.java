package io.github.ntm4j.lab.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * At most 255 colours, and transparency, for images that have more colours: the most frequent ones as they are, and for each of the others
 * the nearest of these.
 */
final class Palette {
    private static final int MOST = 255;

    /** The colours in the order of their numbers. */
    private final int[] colours;

    private final Map<Integer, Integer> indices = new HashMap<>();

    private Palette(int[] colours) {
        this.colours = colours;
        for (int i = 0; i < colours.length; i++) {
            indices.put(colours[i], i);
        }
    }

    /** Counts how many pixels have each colour. */
    static final class Census {
        private final Map<Integer, Long> pixels = new HashMap<>();

        /** Counts the pixels of one more image. */
        void count(BufferedImage image) {
            for (int rgb : pixels(image)) {
                pixels.merge(rgb, 1L, Long::sum);
            }
        }

        private static int[] pixels(BufferedImage image) {
            int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            Arrays.setAll(pixels, i -> pixels[i] & 0xffffff);
            return pixels;
        }

        /** The palette of all images so far. It depends on their pixels alone. */
        Palette palette() {
            List<Integer> frequent = pixels.entrySet().stream()
                    .sorted(Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder()).thenComparing(Map.Entry.comparingByKey()))
                    .limit(MOST)
                    .map(Map.Entry::getKey)
                    .toList();
            return new Palette(frequent.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    /** The number of what has no colour. */
    int transparent() {
        return colours.length;
    }

    /** The numbers of the colours that stand for those of {@code image}, row by row. */
    int[] indices(BufferedImage image) {
        int[] pixels = Census.pixels(image);
        Arrays.setAll(pixels, i -> indices.computeIfAbsent(pixels[i], this::nearest));
        return pixels;
    }

    private int nearest(int rgb) {
        int nearest = 0;
        for (int i = 1; i < colours.length; i++) {
            if (distance(colours[i], rgb) < distance(colours[nearest], rgb)) {
                nearest = i;
            }
        }
        return nearest;
    }

    private static int distance(int one, int other) {
        int sum = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int difference = (one >> shift & 0xff) - (other >> shift & 0xff);
            sum += difference * difference;
        }
        return sum;
    }

    /** The palette as images have it. */
    IndexColorModel model() {
        int[] all = Arrays.copyOf(colours, colours.length + 1);
        return new IndexColorModel(8, all.length, all, 0, false, transparent(), DataBuffer.TYPE_BYTE);
    }
}
