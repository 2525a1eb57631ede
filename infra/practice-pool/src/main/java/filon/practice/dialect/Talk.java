package filon.practice.dialect;

import java.time.Duration;
import java.util.Optional;

/** What a dialect of JSON lines makes of one miner's requests. */
interface Talk {
    /** @throws HostileMinerException if the connection is to end with an error */
    void heard(Request request) throws HostileMinerException;

    boolean isReady();

    void push(Push push);

    default Optional<Duration> patience() {
        return isReady() ? Optional.empty() : Optional.of(LineConversation.GREETS_WITHIN);
    }
}
