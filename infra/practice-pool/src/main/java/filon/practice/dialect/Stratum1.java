package filon.practice.dialect;

import filon.mining.algorithm.Header;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** Bitcoin's Stratum V1 for the algorithms that hash a header of 80 bytes: sha256d and scrypt. */
final class Stratum1 implements PoolSide {
    private static final int PREFIX_LENGTH = 76;
    private final Terms terms;
    private final BlockTemplates templates;
    private final Extranonces extranonces;
    private final Sessions<Stratum1Session> sessions = new Sessions<>();
    private BlockTemplate job;
    private int sessionNumber;

    Stratum1(Terms terms) {
        this.terms = terms;
        this.templates = new BlockTemplates(terms.seed(), terms.height(), terms.clock());
        this.extranonces = new Extranonces(terms.seed());
        this.job = templates.nextBlock();
    }

    @Override
    public void nextBlock() {
        job = templates.nextBlock();
    }

    @Override
    public void nextJob() {
        job = templates.next();
    }

    @Override
    public Conversation open(Desk desk) {
        Voice voice = new Voice(desk, Style.STRATUM, terms);
        return new LineConversation(desk, voice, new Stratum1Talk(this, desk, voice));
    }

    Terms terms() {
        return terms;
    }

    BlockTemplate job() {
        return job;
    }

    Stratum1Session newSession() {
        sessionNumber++;
        String id = String.format("%08x", Long.hashCode(terms.seed()) * 0x9e3779b1 + sessionNumber * 0x61c88647);
        return new Stratum1Session(id, nextExtranonce(ShareCheck.EXTRANONCE2_BYTES), this::hash);
    }

    /** So many bytes as a miner's part of that many leaves of the eight that the coinbase has room for. */
    byte[] nextExtranonce(int minerBytes) {
        int bytes = ShareCheck.EXTRANONCE1_BYTES + ShareCheck.EXTRANONCE2_BYTES - minerBytes;
        return extranonces.next(bytes, Math.min(bytes, Integer.BYTES));
    }

    void remember(Stratum1Session session) {
        sessions.remember(session.id(), session);
    }

    Optional<Stratum1Session> find(String session) {
        return sessions.find(session);
    }

    /** The hash of a header as it stands in a {@link filon.practice.book.Solution}, and the number it is compared as. */
    private Stratum1Session.Hashed hash(byte[] header) {
        if (terms.isSha256d()) {
            byte[] hash = ShareCheck.hash(header);
            return new Stratum1Session.Hashed(hash, ShareCheck.number(hash));
        }
        long nonce = 0;
        for (int i = header.length - 1; i >= PREFIX_LENGTH; i--) {
            nonce = nonce << 8 | header[i] & 0xff;
        }
        byte[] hash = terms.algorithm()
                .digest(Header.of(Arrays.copyOf(header, PREFIX_LENGTH)), nonce)
                .hash();
        return new Stratum1Session.Hashed(hash, new BigInteger(1, hash));
    }
}
