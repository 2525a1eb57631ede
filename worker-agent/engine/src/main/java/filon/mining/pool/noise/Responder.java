package filon.mining.pool.noise;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** The server's side of one handshake. */
final class Responder {
    private static final byte[] NOTHING = {};

    private final ServerIdentity identity;
    private final KeyPair ephemeral;
    private final SymmetricState state = new SymmetricState();

    Responder(ServerIdentity identity, RandomGenerator random) {
        this(identity, KeyPair.draw(random));
    }

    Responder(ServerIdentity identity, KeyPair ephemeral) {
        this.identity = identity;
        this.ephemeral = ephemeral;
    }

    /** The second act, byte[234], and the ciphers after it. */
    record Answer(byte[] bytes, Transport transport) {}

    /**
     * Whatever the 64 bytes are, they are a key; if they were altered, the initiator refuses the answer.
     *
     * @param theirs the first act, byte[64]. Once.
     */
    Answer answer(byte[] theirs) {
        state.mixHash(theirs);
        state.mixHash(NOTHING);
        state.mixHash(ephemeral.encoded());
        state.mixKey(ephemeral.sharedSecret(theirs, false));
        byte[] server = state.encryptAndHash(identity.key().encoded());
        state.mixKey(identity.key().sharedSecret(theirs, false));
        byte[] certificate = state.encryptAndHash(identity.certificate().bytes());
        byte[] bytes = ByteBuffer.allocate(Initiator.ANSWER_LENGTH)
                .put(ephemeral.encoded())
                .put(server)
                .put(certificate)
                .array();
        Sha256.Derived keys = state.split();
        return new Answer(bytes, new Transport(new CipherState(keys.second()), new CipherState(keys.first())));
    }
}
