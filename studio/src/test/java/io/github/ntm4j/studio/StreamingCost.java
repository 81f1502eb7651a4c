package io.github.ntm4j.studio;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Measures what pages that listen cost a training: the same training, to the bit, alone and with 1 and 10 open streams of events, in turns.
 * Prints the median of the ratios of each turn, of the seconds of training and of the processor time of the whole process, clients included.
 * It is no test, and its name keeps it from being run as one unless somebody asks: {@code docs/studio.md} has the command.
 */
final class StreamingCost {
    private static final Pattern SECONDS = Pattern.compile("\"outcome\":\"budget\",\"seconds\":([0-9.]+)|\"outcome\":\"solved\",\"seconds\":([0-9.]+)");
    private static final OperatingSystemMXBean PROCESS = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final int TURNS = 7;
    private static final long SEQUENCES = 15_000;

    private record Cost(double seconds, double processor) {}

    @Test
    void measure() throws Exception {
        Path runs = Files.createTempDirectory("ntm4j-cost");
        try (TestStudio studio = new TestStudio(runs)) {
            int[] pages = {0, 1, 10};
            train(studio, runs, SEQUENCES, 0, 0);
            double[][] seconds = new double[pages.length][TURNS];
            double[][] processor = new double[pages.length][TURNS];
            for (int turn = 0; turn < TURNS; turn++) {
                for (int i = 0; i < pages.length; i++) {
                    int each = (i + turn) % pages.length;
                    Cost cost = train(studio, runs, SEQUENCES, pages[each], 1 + turn * pages.length + i);
                    seconds[each][turn] = cost.seconds;
                    processor[each][turn] = cost.processor;
                    System.out.printf(Locale.ROOT, "%2d pages: %.3f s, processor %.3f s%n", pages[each], cost.seconds, cost.processor);
                }
            }
            for (int i = 1; i < pages.length; i++) {
                System.out.printf(Locale.ROOT, "%d pages: seconds x %.4f, processor time x %.4f%n", pages[i], ratio(seconds[i], seconds[0]), ratio(processor[i], processor[0]));
            }
        }
    }

    private static double ratio(double[] with, double[] without) {
        double[] ratios = new double[with.length];
        Arrays.setAll(ratios, i -> with[i] / without[i]);
        Arrays.sort(ratios);
        return ratios[ratios.length / 2];
    }

    private static Cost train(TestStudio studio, Path runs, long sequences, int pages, int number) throws Exception {
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < pages; i++) {
            open.add(listen(studio.port()));
        }
        Thread.sleep(1_000);
        long before = PROCESS.getProcessCpuTime();
        String body = "{\"task\":\"copy\",\"sequences\":" + sequences + ",\"settings\":{\"training.stop_when_solved\":\"false\",\"training.snapshots\":\"0\"}}";
        if (studio.post("/api/runs", body).statusCode() != 200) {
            throw new IllegalStateException("no training");
        }
        Path metrics = runs.resolve(number == 0 ? "copy-ntm-lstm-seed1" : "copy-ntm-lstm-seed1-" + (number + 1)).resolve("metrics.jsonl");
        Matcher end = SECONDS.matcher("");
        while (!end.find()) {
            Thread.sleep(20);
            end = SECONDS.matcher(Files.exists(metrics) ? Files.readString(metrics) : "");
        }
        double processor = (PROCESS.getProcessCpuTime() - before) / 1e9;
        for (Socket socket : open) {
            socket.close();
        }
        return new Cost(Double.parseDouble(end.group(1) == null ? end.group(2) : end.group(1)), processor);
    }

    private static Socket listen(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream().write(("GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        Thread.ofVirtual().start(() -> {
            try {
                InputStream in = socket.getInputStream();
                byte[] buffer = new byte[8192];
                while (in.read(buffer) >= 0) {
                    // Heard.
                }
            } catch (IOException closed) {
                // The turn is over.
            }
        });
        return socket;
    }
}
