package filon.practice.book;

import java.time.Instant;

/**
 * What became of one submission.
 *
 * @param number counts the pool's submissions from 1 on
 * @param connection counts the pool's connections from 1 on
 * @param session what the connection could be resumed with; empty where the dialect has no sessions
 * @param job as the miner named it
 */
public record Receipt(
        long number,
        long connection,
        String session,
        String worker,
        String job,
        Verdict verdict,
        Answer answer,
        Instant at) {
    /** How far the answer got. */
    public enum Answer {
        /** Held back for now. */
        PENDING,
        /** Handed to the wire; whether it arrived is TCP's to know. */
        SENT,
        /** Eaten by a fault, or by the end of the connection. */
        LOST
    }

    public boolean isAccepted() {
        return verdict instanceof Verdict.Accepted;
    }

    Receipt with(Answer now) {
        return new Receipt(number, connection, session, worker, job, verdict, now, at);
    }
}
