package filon.practice.dialect;

import filon.practice.book.Receipt;
import filon.practice.book.Verdict;

/** The pool as one conversation sees it. */
public interface Desk {
    void say(Message message);

    /** Ends the connection after what was said. */
    void hangUp(String why);

    /** Whether what the miner says is to be ignored. */
    boolean isDeaf();

    /** Enters a submission into the book, and returns what is to be answered: a fault may refuse what is right. */
    Receipt enter(Submission submission, Verdict verdict);

    /** That stands for the jobs to come. */
    double difficulty();

    /**
     * @param worker as the miner is known
     * @param session what the connection can be resumed with, or empty
     */
    record Submission(String session, String worker, String job) {}
}
