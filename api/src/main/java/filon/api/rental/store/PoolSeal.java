package filon.api.rental.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import filon.contracts.value.Pool;
import filon.contracts.value.RentalId;
import filon.plumbing.codec.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Seals a rental's pools, passwords among them, for the database: AES-256-GCM, bound to the rental's id.
 *
 * <p>Form: one byte version (1), 12 bytes nonce, ciphertext with its 16 bytes tag.
 */
@ApplicationScoped
class PoolSeal {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /** @param hex 64 hex digits */
    PoolSeal(@ConfigProperty(name = "filon.secrets.key") String hex) {
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("filon.secrets.key is not hexadecimal", e);
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException("filon.secrets.key has " + bytes.length + " bytes, not " + KEY_BYTES);
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    byte[] seal(RentalId rental, List<Pool> pools) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] plain = MessageCodec.json(pools).getBytes(StandardCharsets.UTF_8);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, rental, nonce, plain);
        return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                .put(VERSION)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** @throws IllegalStateException if the bytes were changed, moved to another rental, or sealed with another key */
    List<Pool> open(RentalId rental, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte version = buffer.get();
        if (version != VERSION) {
            throw new IllegalStateException("the pools of rental " + rental + " have seal version " + version);
        }
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] sealed = new byte[buffer.remaining()];
        buffer.get(sealed);
        return parse(rental, run(Cipher.DECRYPT_MODE, rental, nonce, sealed));
    }

    private byte[] run(int mode, RentalId rental, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(rental.toString().getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the pools of rental " + rental + " cannot be sealed or opened", e);
        }
    }

    private static List<Pool> parse(RentalId rental, byte[] plain) {
        try {
            return MessageCodec.mapper().readValue(plain, new TypeReference<List<Pool>>() {});
        } catch (JsonProcessingException e) {
            e.clearLocation();
            throw new IllegalStateException("the pools of rental " + rental + " are not JSON", e);
        } catch (IOException e) {
            throw new IllegalStateException("the pools of rental " + rental + " cannot be read", e);
        }
    }
}
