package filon.mining.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The surefire of this module preloads libjsig, as the launchers do. */
class SignalChainingTest {
    /** The system call's number (Linux, arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h). */
    private static final Map<String, Long> RT_SIGACTION = Map.of("amd64", 13L, "aarch64", 134L);

    /** Never compiled before: a driver's own cache would keep the compiler out. */
    private static final String SOURCE = "kernel void last(global ulong *out) { *out = UNSEEN; }";

    private static final int SIGSEGV = 11;
    private static final long SIGNAL_SET_BYTES = 8;
    private static final long ACTION_BYTES = 32;

    @Test
    void keepsTheHandlerOfFaultsWhenADriverCompiles() throws Throwable {
        // Given
        String before = handlerOfFaults();

        // When
        OpenClDevice device = OpenCl.devices().getFirst();
        try (OpenClContext context = device.open(ProgramCache.off());
                OpenClProgram program = context.build(SOURCE, "-D UNSEEN=" + System.nanoTime() + "ul");
                OpenClKernel kernel = program.kernel("last");
                OpenClMemory out = context.memory(Long.BYTES)) {
            kernel.setMemory(0, out);
            try (OpenClEvent event = kernel.launch(1, 1)) {
                event.await();
            }
        }

        // Then
        assertThat(handlerOfFaults()).isEqualTo(before);
        assertThat(SignalChaining.doubt()).isEmpty();
    }

    /** The kernel's view of it, past any library that keeps handlers of its own. */
    @SuppressWarnings("restricted")
    private static String handlerOfFaults() throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle call = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment action = arena.allocate(ACTION_BYTES, Long.BYTES);
            long number = RT_SIGACTION.get(System.getProperty("os.arch"));
            long failed = (long) call.invokeExact(number, SIGSEGV, MemorySegment.NULL, action, SIGNAL_SET_BYTES);
            assertThat(failed).isZero();
            return Long.toHexString(action.get(JAVA_LONG, 0));
        }
    }
}
