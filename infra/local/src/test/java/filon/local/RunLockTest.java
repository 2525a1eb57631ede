package filon.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    @TempDir
    Path data;

    @Test
    void saysWhoHoldsTheData() throws Exception {
        try (RunLock lock = RunLock.take(data, 18_080).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(RunLock.holder(data))
                    .contains(String.valueOf(ProcessHandle.current().pid()), "18080");
            // within one JVM Java itself refuses; the journey of infra/up proves it between processes
            Assertions.assertThatThrownBy(() -> RunLock.take(data, 18_080))
                    .isInstanceOf(OverlappingFileLockException.class);
        }
    }

    @Test
    void isFreeAgainAfterItsHolder() throws Exception {
        RunLock.take(data, 18_080).orElseThrow().close();

        try (RunLock again = RunLock.take(data, 18_080).orElseThrow()) {
            assertThat(again).isNotNull();
        }
    }
}
