package filon.plumbing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import filon.plumbing.codec.UnusableMessageException;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwayTest {
    private static Throwable wrapped(Throwable cause) {
        return new IllegalStateException("outer", new IllegalStateException("inner", cause));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"08006", "25006", "28P01", "3D000", "40001", "40P01", "53300", "55P03", "57P01", "57014", "58030"
            })
    void waitsForADatabaseThatIsAway(String state) {
        assertThat(Away.isCauseOf(wrapped(new SQLException("no", state)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22021", "22003", "23505", "23514", "25P02", "42P01", "55000", "P0001"})
    void blamesTheRecordForWhatADatabaseRefuses(String state) {
        assertThat(Away.isCauseOf(wrapped(new SQLException("no", state)))).isFalse();
    }

    @Test
    void waitsForAConnectionOfThePool() {
        assertThat(Away.isCauseOf(wrapped(new SQLException("Sorry, acquisition timeout!"))))
                .isTrue();
        assertThat(Away.isCauseOf(new SQLTransientConnectionException())).isTrue();
    }

    @Test
    void waitsForTheNetwork() {
        assertThat(Away.isCauseOf(wrapped(new ConnectException("refused")))).isTrue();
        assertThat(Away.isCauseOf(new UncheckedIOException(new SocketTimeoutException())))
                .isTrue();
    }

    @Test
    void blamesTheRecordForWhatCannotBeRead() {
        JsonParseException json = new JsonParseException(null, "not JSON");

        assertThat(Away.isCauseOf(new UncheckedIOException(json))).isFalse();
        assertThat(Away.isCauseOf(wrapped(new UnusableMessageException("not a message", json))))
                .isFalse();
        assertThat(Away.isCauseOf(wrapped(new EOFException()))).isFalse();
    }

    @Test
    void waitsForMemoryButNotForACallThatNeverEnds() {
        assertThat(Away.isCauseOf(new OutOfMemoryError())).isTrue();
        assertThat(Away.isCauseOf(new StackOverflowError())).isFalse();
        assertThat(Away.isCauseOf(new AssertionError())).isFalse();
    }
}
