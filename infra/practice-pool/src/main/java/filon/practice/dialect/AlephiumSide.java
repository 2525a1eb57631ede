package filon.practice.dialect;

import filon.mining.algorithm.Header;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The pool's side of Alephium's dialect: a job is a template for each of the sixteen chains, of which a share solves one. */
final class AlephiumSide implements PoolSide {
    static final int GROUPS = 4;
    static final int NONCE_BYTES = 24;
    /** The bytes of the nonce that stand in front of what is searched, as the reference has it. */
    private static final int NONCE_START = 16;

    private static final int EXTRANONCE_BYTES = 2;
    private final Terms terms;
    private final SplittableRandom random;
    private final Extranonces extranonces;
    private List<Template> templates;
    private long number;

    /**
     * One chain's block.
     *
     * @param header what follows the nonce
     */
    record Template(String id, int from, int to, byte[] header) {
        Template {
            header = header.clone();
        }

        @Override
        public byte[] header() {
            return header.clone();
        }

        /** What is hashed but the nonce's last eight bytes. */
        Header with(byte[] nonce) {
            byte[] prefix = new byte[NONCE_START + header.length];
            System.arraycopy(nonce, 0, prefix, 0, NONCE_START);
            System.arraycopy(header, 0, prefix, NONCE_START, header.length);
            return Header.of(prefix);
        }

        /** Whether a hash belongs to this chain: its last byte says to which. */
        boolean owns(byte[] hash) {
            return (hash[hash.length - 1] & 0xff) % (GROUPS * GROUPS) == GROUPS * from + to;
        }
    }

    AlephiumSide(Terms terms) {
        this.terms = terms;
        this.random = new SplittableRandom(terms.seed());
        this.extranonces = new Extranonces(terms.seed());
        nextJob();
    }

    @Override
    public void nextBlock() {
        nextJob();
    }

    @Override
    public void nextJob() {
        List<Template> next = new ArrayList<>();
        for (int chain = 0; chain < GROUPS * GROUPS; chain++) {
            number++;
            byte[] header = new byte[terms.algorithm().prefixLength() - NONCE_START];
            random.nextBytes(header);
            next.add(new Template(Long.toHexString(number), chain / GROUPS, chain % GROUPS, header));
        }
        templates = List.copyOf(next);
    }

    @Override
    public Conversation open(Desk desk) {
        Voice voice = new Voice(desk, AlephiumTalk.STYLE, terms);
        return new LineConversation(desk, voice, new AlephiumTalk(this, desk, voice));
    }

    Terms terms() {
        return terms;
    }

    List<Template> templates() {
        return templates;
    }

    byte[] nextExtranonce() {
        return extranonces.next(EXTRANONCE_BYTES, EXTRANONCE_BYTES);
    }

    BigInteger target(Desk desk) {
        return terms.targetOf(desk.difficulty());
    }
}
