package filon.mining.pool.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.pool.stratum2.message.ByteString;
import filon.mining.pool.stratum2.message.Frame;
import filon.mining.pool.stratum2.message.FrameHeader;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NoiseChannelTest {
    private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");
    private static final Duration LEEWAY = Duration.ofSeconds(10);

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Authority authority = Authority.draw(random);
    private final ServerIdentity identity =
            authority.vouch(NOW.minus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(1)), random);

    private NoiseChannel client() {
        return clientAt(NOW);
    }

    private NoiseChannel clientAt(Instant now) {
        return NoiseChannel.initiator(authority.key(), Clock.fixed(now, ZoneOffset.UTC), random);
    }

    private NoiseChannel server() {
        return NoiseChannel.responder(identity, random);
    }

    /** Both sides of an open connection. */
    private record Pair(NoiseChannel client, NoiseChannel server) {}

    private Pair connect() throws NoiseException {
        Pair pair = new Pair(client(), server());
        assertThat(give(pair.server(), pair.client().output())).isEmpty();
        assertThat(give(pair.client(), pair.server().output())).isEmpty();
        return pair;
    }

    private static List<Frame> give(NoiseChannel channel, byte[] bytes) throws NoiseException {
        channel.feed(bytes, 0, bytes.length);
        List<Frame> frames = new ArrayList<>();
        for (Optional<Frame> next = channel.next(); next.isPresent(); next = channel.next()) {
            frames.add(next.get());
        }
        return frames;
    }

    /** As a socket would: cut at random places, often at each byte. */
    private List<Frame> giveCut(NoiseChannel channel, byte[] bytes) throws NoiseException {
        int longest = random.nextBoolean() ? 1 : 1 + random.nextInt(bytes.length + 1);
        List<Frame> frames = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(longest));
            frames.addAll(give(channel, Arrays.copyOfRange(bytes, from, to)));
            from = to;
        }
        return frames;
    }

    private Frame frame(int length) {
        byte[] payload = new byte[length];
        random.nextBytes(payload);
        return new Frame(random.nextInt(0x8000), random.nextBoolean(), random.nextInt(256), new ByteString(payload));
    }

    private static byte[] altered(byte[] bytes, int index, SplittableRandom random) {
        byte[] altered = bytes.clone();
        altered[index] ^= (byte) (1 + random.nextInt(255));
        return altered;
    }

    @Test
    void carriesFramesBothWays() throws NoiseException {
        // Given
        Pair pair = connect();
        Frame question = frame(40);
        Frame answer = frame(7);

        // When
        List<Frame> asked = give(pair.server(), pair.client().seal(question));
        List<Frame> answered = give(pair.client(), pair.server().seal(answer));

        // Then
        assertThat(asked).containsExactly(question);
        assertThat(answered).containsExactly(answer);
        assertThat(pair.client().isOpen()).isTrue();
        assertThat(pair.server().isOpen()).isTrue();
    }

    @Test
    void sendsNothingInClearButAKeyThatLooksRandom() throws NoiseException {
        NoiseChannel client = client();
        NoiseChannel server = server();

        byte[] begin = client.output();
        give(server, begin);
        byte[] answer = server.output();

        assertThat(begin).hasSize(64);
        assertThat(answer).hasSize(234);
        assertThat(client.output()).as("each byte once").isEmpty();
        assertThat(server.output()).as("each byte once").isEmpty();
    }

    @Test
    void understandsTheBytesHoweverTheyAreCut() throws NoiseException {
        for (int i = 0; i < 40; i++) {
            NoiseChannel client = client();
            NoiseChannel server = server();
            List<Frame> sent = List.of(frame(0), frame(1), frame(random.nextInt(300)), frame(36));

            giveCut(server, client.output());
            giveCut(client, server.output());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (Frame frame : sent) {
                bytes.writeBytes(client.seal(frame));
            }

            assertThat(giveCut(server, bytes.toByteArray())).as("seed %d", seed).isEqualTo(sent);
        }
    }

    @Test
    void understandsFramesThatComeTogetherWithTheEndOfTheHandshake() throws NoiseException {
        // Given
        NoiseChannel client = client();
        NoiseChannel server = server();
        Frame first = frame(20);
        Frame second = frame(30);
        give(server, client.output());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(server.output());
        bytes.writeBytes(server.seal(first));
        bytes.writeBytes(server.seal(second));

        // When
        List<Frame> frames = give(client, bytes.toByteArray());

        // Then
        assertThat(frames).containsExactly(first, second);
    }

    @Test
    void carriesAPayloadOfTwoChunks() throws NoiseException {
        Pair pair = connect();
        Frame large = frame(FrameHeader.PAYLOAD_LENGTH_MAX);

        byte[] sealed = pair.server().seal(large);

        assertThat(sealed).hasSize(6 + 16 + 65_519 + 16 + 17 + 16);
        assertThat(giveCut(pair.client(), sealed)).as("seed %d", seed).containsExactly(large);
    }

    @Test
    void refusesAnAnswerWithAnyByteAltered() throws NoiseException {
        for (int i = 0; i < Initiator.ANSWER_LENGTH; i++) {
            NoiseChannel client = client();
            NoiseChannel server = server();
            give(server, client.output());
            byte[] answer = altered(server.output(), i, random);

            String part = i < 144 ? "server's static key" : "server's certificate";
            assertThatThrownBy(() -> give(client, answer))
                    .as("byte %d, seed %d", i, seed)
                    .isInstanceOf(NoiseException.class)
                    .hasMessage(part + " is not authentic: the handshake was altered on its way");
            assertThat(client.isOpen()).isFalse();
        }
    }

    @Test
    void refusesTheAnswerToABeginningWithAnyByteAltered() throws NoiseException {
        for (int i = 0; i < EllSwift.LENGTH; i++) {
            NoiseChannel client = client();
            NoiseChannel server = server();
            give(server, altered(client.output(), i, random));

            assertThatThrownBy(() -> give(client, server.output()))
                    .as("byte %d, seed %d", i, seed)
                    .isInstanceOf(NoiseException.class)
                    .hasMessageContaining("not authentic");
        }
    }

    @Test
    void refusesAFrameWithAnyByteAlteredAndEndsThere() throws NoiseException {
        int length = 6 + 16 + 30 + 16;
        for (int i = 0; i < length; i++) {
            Pair pair = connect();
            Frame before = frame(30);
            byte[] good = pair.client().seal(before);
            byte[] bad = altered(pair.client().seal(frame(30)), i, random);
            NoiseChannel server = pair.server();
            List<Frame> taken = give(server, good);

            assertThat(taken).containsExactly(before);
            assertThatThrownBy(() -> give(server, bad))
                    .as("byte %d, seed %d", i, seed)
                    .isInstanceOf(NoiseException.class)
                    .hasMessageContaining("is not authentic: bytes were altered or lost on their way");
            assertThatThrownBy(server::next).isInstanceOf(NoiseException.class);
            assertThatThrownBy(() -> server.seal(before)).isInstanceOf(NoiseException.class);
            assertThat(server.isOpen()).isFalse();
        }
    }

    @Test
    void givesTheFramesBeforeAnAlteredOne() throws NoiseException {
        // Given
        Pair pair = connect();
        Frame good = frame(30);
        byte[] first = pair.client().seal(good);
        byte[] second = altered(pair.client().seal(good), 3, random);
        pair.server().feed(first, 0, first.length);
        pair.server().feed(second, 0, second.length);

        // When
        Optional<Frame> next = pair.server().next();

        // Then
        assertThat(next).contains(good);
        assertThatThrownBy(pair.server()::next).hasMessageStartingWith("header of a frame is not authentic");
    }

    @Test
    void refusesAFrameThatIsRepeatedLeftOutOrSentBack() throws NoiseException {
        Pair pair = connect();
        byte[] first = pair.client().seal(frame(10));
        byte[] second = pair.client().seal(frame(10));
        Pair other = connect();
        byte[] lost = other.client().seal(frame(10));
        byte[] after = other.client().seal(frame(10));
        give(pair.server(), first);

        assertThatThrownBy(() -> give(pair.server(), first)).hasMessageContaining("altered or lost");
        assertThatThrownBy(() -> give(other.server(), after)).hasMessageContaining("altered or lost");
        assertThatThrownBy(() -> give(pair.client(), second)).hasMessageContaining("altered or lost");
        assertThatThrownBy(() -> give(other.client(), lost)).hasMessageContaining("altered or lost");
    }

    @Test
    void refusesAFrameLongerThanItsLimitBeforeItsPayloadComes() throws NoiseException {
        // Given
        Transport transport = new Transport(new CipherState(new byte[32]), new CipherState(new byte[32]));
        byte[] header = {0, 0, 0x15, 1, 0, 1};
        ByteQueue received = new ByteQueue();
        byte[] sealed = transport.sending().encrypt(new byte[0], header);
        received.add(sealed, 0, sealed.length);

        // Then
        assertThatThrownBy(() -> new FrameOpener(transport.receiving()).next(received))
                .isInstanceOf(NoiseException.class)
                .hasMessage("payload of 65537 bytes in a frame of type 0x15 exceeds 65536");
    }

    @Test
    void refusesAServerOfAnotherAuthority() throws NoiseException {
        AuthorityKey other = Authority.draw(random).key();
        NoiseChannel client = NoiseChannel.initiator(other, Clock.fixed(NOW, ZoneOffset.UTC), random);
        NoiseChannel server = server();
        give(server, client.output());

        assertThatThrownBy(() -> give(client, server.output()))
                .isInstanceOf(NoiseException.class)
                .hasMessage("server's certificate is not signed by authority " + other
                        + ": this is another pool's server, or somebody in between");
    }

    @Test
    void refusesACertificateThatExpired() throws NoiseException {
        Instant end = NOW.plus(Duration.ofHours(1));

        assertThatThrownBy(() -> connectAt(end.plus(LEEWAY).plusSeconds(1)))
                .isInstanceOf(NoiseException.class)
                .hasMessage("server's certificate expired at 2026-08-01T13:00:00Z;"
                        + " it is 2026-08-01T13:00:11Z by this machine's clock");
        assertThat(connectAt(end.plus(LEEWAY)).isOpen()).isTrue();
    }

    @Test
    void refusesACertificateThatIsNotValidYet() throws NoiseException {
        Instant start = NOW.minus(Duration.ofHours(1));

        assertThatThrownBy(() -> connectAt(start.minus(LEEWAY).minusSeconds(1)))
                .isInstanceOf(NoiseException.class)
                .hasMessage("server's certificate is not valid before 2026-08-01T11:00:00Z;"
                        + " it is 2026-08-01T10:59:49Z by this machine's clock");
        assertThat(connectAt(start.minus(LEEWAY)).isOpen()).isTrue();
    }

    private NoiseChannel connectAt(Instant now) throws NoiseException {
        NoiseChannel client = clientAt(now);
        NoiseChannel server = server();
        give(server, client.output());
        give(client, server.output());
        return client;
    }

    @Test
    void refusesACertificateOfAnotherServersKeyOrOfAnUnknownVersion() {
        ServerIdentity other = authority.vouch(NOW, NOW, random);
        Certificate.Claim claim = new Certificate.Claim(1, 0, 0);

        assertThatThrownBy(() -> identity.certificate().check(other.key().x(), authority.key(), NOW))
                .isInstanceOf(NoiseException.class)
                .hasMessageStartingWith("server's certificate is not signed by authority ");
        assertThatThrownBy(() ->
                        new Certificate(claim, new byte[64]).check(other.key().x(), authority.key(), NOW))
                .isInstanceOf(NoiseException.class)
                .hasMessage("server's certificate has version 1; only 0 is known");
    }

    @Test
    void vouchesForNoTimeThatACertificateCannotHold() {
        assertThatThrownBy(() -> authority.vouch(NOW, Instant.ofEpochSecond(1L << 32), random))
                .hasMessage("certificate's not_valid_after of 4294967296 s is not 0 to 4294967295");
        assertThatThrownBy(() -> authority.vouch(Instant.ofEpochSecond(-1), NOW, random))
                .hasMessage("certificate's valid_from of -1 s is not 0 to 4294967295");
    }

    @Test
    void sealsNothingBeforeTheHandshakeIsDone() {
        NoiseChannel client = client();
        NoiseChannel server = server();

        assertThatThrownBy(() -> client.seal(frame(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> server.seal(frame(1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void throwsNothingButItsOwnExceptionWhateverComes() throws NoiseException {
        for (int i = 0; i < 200; i++) {
            NoiseChannel channel = i % 4 == 0 ? connect().client() : i % 2 == 0 ? server() : client();
            byte[] noise = new byte[random.nextInt(600)];
            random.nextBytes(noise);
            try {
                assertThat(giveCut(channel, noise)).as("seed %d", seed).isEmpty();
            } catch (NoiseException expected) {
                assertThat(channel.isOpen()).as("seed %d", seed).isFalse();
            }
        }
    }
}
