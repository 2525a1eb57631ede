package filon.agent.identity;

import filon.agent.disk.DurableFile;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The identity folder: the key file is written first and never again, the identity file last, as a whole, and again with each renewal.
 *
 * <p>A crash between the two leaves a key without an identity; the next start enrols with that same key.
 */
public final class IdentityStore {
    private final DurableFile keyFile;
    private final DurableFile identityFile;
    private final DurableFile provisioningFile;

    public IdentityStore(Path home) throws IOException {
        Path folder = DurableFile.directory(home.resolve("identity"));
        this.keyFile = new DurableFile(folder.resolve("key.pem"));
        this.identityFile = new DurableFile(folder.resolve("identity.json"));
        this.provisioningFile = new DurableFile(folder.resolve("provisioning.json"));
    }

    /** The host's key, made at the first call. */
    public HostKey key() throws IOException {
        Optional<byte[]> stored = keyFile.read();
        if (stored.isPresent()) {
            return HostKey.ofPem(new String(stored.get(), StandardCharsets.US_ASCII));
        }
        HostKey key = HostKey.generate();
        keyFile.replace(key.pem().getBytes(StandardCharsets.US_ASCII));
        return key;
    }

    /** Empty before enrolment. */
    public Optional<Identity> identity() throws IOException {
        return read(identityFile, Identity.class);
    }

    /** Empty where this was not remembered yet. */
    public Optional<Provisioning> provisioning() throws IOException {
        return read(provisioningFile, Provisioning.class);
    }

    public void save(Provisioning provisioning) throws IOException {
        provisioningFile.replace(MessageCodec.json(provisioning).getBytes(StandardCharsets.UTF_8));
    }

    public void save(Identity identity) throws IOException {
        identityFile.replace(MessageCodec.json(identity).getBytes(StandardCharsets.UTF_8));
    }

    private static <T> Optional<T> read(DurableFile file, Class<T> type) throws IOException {
        Optional<byte[]> stored = file.read();
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(MessageCodec.parse(stored.get(), type));
        } catch (UnusableMessageException e) {
            throw new IOException("file " + file.path() + " is damaged: " + e.getMessage(), e);
        }
    }
}
