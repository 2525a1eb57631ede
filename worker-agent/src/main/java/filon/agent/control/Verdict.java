package filon.agent.control;

import filon.contracts.message.HostOrder;

/** What the agent makes of one record of its desired topic. */
public sealed interface Verdict {

    /** Believed, newer than what was known, and on the disk. */
    record Accepted(HostOrder order) implements Verdict {}

    /** Known already: a repetition, a tombstone, or history that an earlier life of the agent has read. */
    record Known() implements Verdict {}

    /** Not obeyed. Generation and epoch are what the order claims, 0 where it could not be read. */
    record Refused(RefusalCode code, String reason, long generation, long epoch) implements Verdict {}
}
