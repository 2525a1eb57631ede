package filon.practice.dialect;

import filon.mining.algorithm.Header;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** The pool's side of the dialects whose miners choose a nonce and nothing else. */
final class NonceSide implements PoolSide {
    private static final int JOBS_MAX = 32;
    private final Terms terms;
    private final Style style;
    private final Opening opening;
    private final NonceJobs jobs;
    private final Extranonces extranonces;
    private final Sessions<NonceSession> sessions = new Sessions<>();
    private final Map<String, Set<BigInteger>> hashes = new LinkedHashMap<>();
    private NonceJob job;
    private int sessionNumber;

    /** How a conversation of the dialect begins. */
    interface Opening {
        Talk talk(NonceSide side, Desk desk, Voice voice);
    }

    /** @param ids names a job by its number and header */
    NonceSide(Terms terms, Style style, BiFunction<Long, Header, String> ids, Opening opening) {
        this.terms = terms;
        this.style = style;
        this.opening = opening;
        this.jobs = new NonceJobs(terms, ids);
        this.extranonces = new Extranonces(terms.seed());
        this.job = jobs.nextBlock();
    }

    @Override
    public void nextBlock() {
        job = jobs.nextBlock();
    }

    @Override
    public void nextJob() {
        job = jobs.next();
    }

    @Override
    public Conversation open(Desk desk) {
        Voice voice = new Voice(desk, style, terms);
        return new LineConversation(desk, voice, opening.talk(this, desk, voice));
    }

    Terms terms() {
        return terms;
    }

    NonceJob job() {
        return job;
    }

    Epochs epochs() {
        return Epochs.at(terms.algorithm().name(), job.header().height());
    }

    Sessions<NonceSession> sessions() {
        return sessions;
    }

    /** A session whose miner has nonces of its own: they begin with these many bytes. */
    NonceSession session(String name, byte[] extranonce) {
        return new NonceSession(name, terms, new SentJobs<>(), extranonce);
    }

    /** A session whose miner has the same nonces as all others: each share counts once for all of them. */
    NonceSession session(String name) {
        return new NonceSession(name, terms, new SentJobs<>(this::hashes), new byte[0]);
    }

    private Set<BigInteger> hashes(String job) {
        Set<BigInteger> known = hashes.computeIfAbsent(job, _ -> new HashSet<>());
        if (hashes.size() > JOBS_MAX) {
            hashes.remove(hashes.keySet().iterator().next());
        }
        return known;
    }

    byte[] nextExtranonce(int bytes) {
        return extranonces.next(bytes, Math.min(2, bytes));
    }

    /** What a miner gets instead: of as many bytes as it is to lack, or as usual. */
    byte[] nextExtranonce(Push.Extranonce next, int usualBytes) {
        return nextExtranonce(next.minerBytes() == 0 ? usualBytes : Long.BYTES - next.minerBytes());
    }

    /** Counts sessions, so that their names differ. */
    int nextSession() {
        sessionNumber++;
        return sessionNumber + (Long.hashCode(terms.seed()) & 0xff) * 1_000;
    }

    BigInteger target(Desk desk) {
        return terms.targetOf(desk.difficulty());
    }
}
