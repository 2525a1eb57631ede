package filon.mining.pool.noise;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.crypto.AEADBadTagException;

/**
 * What both sides of a handshake have in common so far: the hash of all that was sent, the key from all secrets shared, and the
 * cipher that follows from it.
 *
 * <p>Source: Stratum V2 chapter 4.4.2, 4.5.1; the names of operations are those of the Noise framework.
 */
final class SymmetricState {
    private static final String PROTOCOL = "Noise_NX_Secp256k1+EllSwift_ChaChaPoly_SHA256";
    private static final byte[] NOTHING = {};

    private byte[] chainingKey = Sha256.of(PROTOCOL.getBytes(StandardCharsets.US_ASCII));
    private byte[] hash = Sha256.of(chainingKey);
    private Optional<CipherState> cipher = Optional.empty();

    void mixHash(byte[] data) {
        hash = Sha256.of(hash, data);
    }

    void mixKey(byte[] secret) {
        Sha256.Derived keys = Sha256.derive(chainingKey, secret);
        chainingKey = keys.first();
        cipher = Optional.of(new CipherState(keys.second()));
    }

    /** The text itself as long as no secret is shared. */
    byte[] encryptAndHash(byte[] text) {
        byte[] sealed = cipher.map(state -> state.encrypt(hash, text)).orElse(text);
        mixHash(sealed);
        return sealed;
    }

    /**
     * @param what for the message of the exception
     * @throws NoiseException if the bytes, or any bytes before them, are not those that the other side sent
     */
    byte[] decryptAndHash(byte[] sealed, String what) throws NoiseException {
        byte[] text = cipher.isPresent() ? decrypt(cipher.get(), sealed, what) : sealed;
        mixHash(sealed);
        return text;
    }

    private byte[] decrypt(CipherState state, byte[] sealed, String what) throws NoiseException {
        try {
            return state.decrypt(hash, sealed);
        } catch (AEADBadTagException altered) {
            throw new NoiseException(what + " is not authentic: the handshake was altered on its way", altered);
        }
    }

    /** The keys of the frames: the first for what the initiator sends, the second for what the responder sends. */
    Sha256.Derived split() {
        return Sha256.derive(chainingKey, NOTHING);
    }
}
