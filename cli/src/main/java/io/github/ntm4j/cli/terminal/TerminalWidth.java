package io.github.ntm4j.cli.terminal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** How many columns the terminal has, asked of the system each time, as windows are resized. */
public final class TerminalWidth implements IntSupplier {
    /** Where nothing says how wide it is. */
    static final int USUAL = 80;

    private static final int STANDARD_OUTPUT = 1;
    private static final long TIOCGWINSZ_LINUX = 0x5413;
    private static final long TIOCGWINSZ_BSD = 0x40087468;

    /** {@code struct winsize}: rows, columns, and both in pixels, as unsigned shorts. */
    private static final int SIZE_BYTES = 8;

    private static final int COLUMNS_AT = 2;

    private final int otherwise;
    private @Nullable MethodHandle ioctl;
    private boolean unknown;

    /**
     * The terminal of the standard output.
     *
     * @param environment {@code COLUMNS} in it is believed where the system does not know
     */
    TerminalWidth(Map<String, String> environment) {
        this.otherwise = parse(environment.getOrDefault("COLUMNS", ""));
    }

    private static int parse(String columns) {
        try {
            int parsed = Integer.parseInt(columns.strip());
            return parsed > 0 ? parsed : USUAL;
        } catch (NumberFormatException e) {
            return USUAL;
        }
    }

    @Override
    public int getAsInt() {
        int columns = unknown ? 0 : ask();
        unknown = columns <= 0;
        return unknown ? otherwise : columns;
    }

    /** 0 where it cannot be found out. */
    private int ask() {
        try (Arena arena = Arena.ofConfined()) {
            if (ioctl == null) {
                ioctl = ioctl();
            }
            MemorySegment size = arena.allocate(SIZE_BYTES, Short.BYTES);
            int failed = (int) ioctl.invokeExact(STANDARD_OUTPUT, request(), size);
            return failed == 0 ? Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, COLUMNS_AT)) : 0;
        } catch (Throwable notThisSystem) {
            return 0;
        }
    }

    private static long request() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux") ? TIOCGWINSZ_LINUX : TIOCGWINSZ_BSD;
    }

    @SuppressWarnings("restricted") // The command allows it to itself.
    private static MethodHandle ioctl() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find("ioctl").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));
    }
}
