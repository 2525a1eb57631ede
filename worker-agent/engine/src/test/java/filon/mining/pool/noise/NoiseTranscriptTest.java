package filon.mining.pool.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.pool.stratum2.message.ByteString;
import filon.mining.pool.stratum2.message.Frame;
import filon.mining.pool.stratum2.message.FrameHeader;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A whole connection with keys that are known, byte by byte as a program of its own computed it. */
class NoiseTranscriptTest {
    private static final JsonNode TRANSCRIPT = NoiseVectors.of("handshake");
    private static final JsonNode AUTHORITY = NoiseVectors.of("schnorr").get(1);
    private static final byte[] BEGIN = NoiseVectors.bytes(TRANSCRIPT, "begin");
    private static final byte[] ANSWER = NoiseVectors.bytes(TRANSCRIPT, "answer");
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_750_000_000), ZoneOffset.UTC);

    private static KeyPair key(int index) {
        JsonNode vector = NoiseVectors.of("shared").get(index);
        return KeyPair.of(NoiseVectors.number(vector, "secret"), NoiseVectors.bytes(vector, "ours"));
    }

    private static Initiator initiator() {
        return new Initiator(new AuthorityKey(NoiseVectors.bytes(AUTHORITY, "key")), CLOCK, key(0));
    }

    private static Responder responder() {
        Certificate.Claim claim = new Certificate.Claim(
                Certificate.VERSION,
                TRANSCRIPT.required("validFrom").longValue(),
                TRANSCRIPT.required("notValidAfter").longValue());
        byte[] signature = Schnorr.sign(
                NoiseVectors.number(AUTHORITY, "secret"),
                claim.digest(key(2).x()),
                NoiseVectors.bytes(NoiseVectors.of("schnorr").get(2), "auxiliary"));
        return new Responder(new ServerIdentity(key(2), new Certificate(claim, signature)), key(1));
    }

    private static Frame frame() {
        byte[] bytes = NoiseVectors.bytes(TRANSCRIPT, "frame");
        byte[] payload = Arrays.copyOfRange(bytes, FrameHeader.LENGTH, bytes.length);
        return new Frame(0, false, bytes[2], new ByteString(payload));
    }

    private static Frame large() {
        byte[] payload = new byte[FrameHeader.PAYLOAD_LENGTH_MAX];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (i % 251);
        }
        return new Frame(0x1234, true, 0x77, new ByteString(payload));
    }

    @Test
    void beginsAndAnswersAsComputedElsewhere() {
        byte[] begin = initiator().begin();
        Responder.Answer answer = responder().answer(BEGIN);

        assertThat(begin).isEqualTo(BEGIN);
        assertThat(answer.bytes()).isEqualTo(ANSWER);
    }

    @Test
    void sealsWhatTheResponderSendsAsComputedElsewhere() {
        FrameSealer sealer =
                new FrameSealer(responder().answer(BEGIN).transport().sending());

        byte[] small = sealer.seal(frame());
        byte[] large = sealer.seal(large());

        assertThat(small).isEqualTo(NoiseVectors.bytes(TRANSCRIPT, "sealedByResponder"));
        assertThat(Sha256.of(large)).isEqualTo(NoiseVectors.bytes(TRANSCRIPT, "digestOfLargeSealedByResponder"));
    }

    @Test
    void believesTheAnswerAndReadsAndSealsAsComputedElsewhere() throws NoiseException {
        // Given
        Initiator initiator = initiator();
        initiator.begin();
        ByteQueue received = new ByteQueue();
        byte[] sealed = NoiseVectors.bytes(TRANSCRIPT, "sealedByResponder");
        received.add(sealed, 0, sealed.length);

        // When
        Transport transport = initiator.finish(ANSWER);
        byte[] ours = new FrameSealer(transport.sending()).seal(frame());
        Optional<Frame> theirs = new FrameOpener(transport.receiving()).next(received);

        // Then
        assertThat(ours).isEqualTo(NoiseVectors.bytes(TRANSCRIPT, "sealedByInitiator"));
        assertThat(theirs).contains(frame());
    }
}
