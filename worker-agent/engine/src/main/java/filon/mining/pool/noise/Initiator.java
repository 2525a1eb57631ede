package filon.mining.pool.noise;

import java.time.Clock;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The client's side of one handshake. */
final class Initiator {
    /** The second act: ephemeral key, static key and certificate, the latter two with 16 bytes of proof each. */
    static final int ANSWER_LENGTH = 2 * EllSwift.LENGTH + Certificate.LENGTH + 2 * CipherState.MAC_LENGTH;

    private static final int STATIC_KEY_END = 2 * EllSwift.LENGTH + CipherState.MAC_LENGTH;
    private static final byte[] NOTHING = {};

    private final AuthorityKey authority;
    private final Clock clock;
    private final KeyPair ephemeral;
    private final SymmetricState state = new SymmetricState();

    Initiator(AuthorityKey authority, Clock clock, RandomGenerator random) {
        this(authority, clock, KeyPair.draw(random));
    }

    Initiator(AuthorityKey authority, Clock clock, KeyPair ephemeral) {
        this.authority = authority;
        this.clock = clock;
        this.ephemeral = ephemeral;
    }

    /** The first act: byte[64]. Once. */
    byte[] begin() {
        state.mixHash(ephemeral.encoded());
        state.encryptAndHash(NOTHING);
        return ephemeral.encoded();
    }

    /**
     * @param answer byte[234]
     * @throws NoiseException if it was altered, or the authority does not vouch for the server now
     */
    Transport finish(byte[] answer) throws NoiseException {
        byte[] theirs = Arrays.copyOfRange(answer, 0, EllSwift.LENGTH);
        state.mixHash(theirs);
        state.mixKey(ephemeral.sharedSecret(theirs, true));
        byte[] server = state.decryptAndHash(
                Arrays.copyOfRange(answer, EllSwift.LENGTH, STATIC_KEY_END), "server's static key");
        state.mixKey(ephemeral.sharedSecret(server, true));
        byte[] certificate =
                state.decryptAndHash(Arrays.copyOfRange(answer, STATIC_KEY_END, ANSWER_LENGTH), "server's certificate");
        Certificate.of(certificate).check(Secp256k1.bytes(EllSwift.decode(server)), authority, clock.instant());
        Sha256.Derived keys = state.split();
        return new Transport(new CipherState(keys.first()), new CipherState(keys.second()));
    }
}
