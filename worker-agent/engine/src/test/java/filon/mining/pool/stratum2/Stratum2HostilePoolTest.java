package filon.mining.pool.stratum2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Target;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.noise.Authority;
import filon.mining.pool.noise.NoiseException;
import filon.mining.pool.stratum2.message.ByteString;
import filon.mining.pool.stratum2.message.ChannelMessage;
import filon.mining.pool.stratum2.message.ConnectionMessage;
import filon.mining.pool.stratum2.message.Frame;
import filon.mining.pool.stratum2.message.FrameHeader;
import filon.mining.pool.stratum2.message.JobMessage;
import filon.mining.pool.stratum2.message.MalformedMessageException;
import filon.mining.pool.stratum2.message.Message;
import filon.mining.pool.stratum2.message.ShareMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever a pool sends, a session goes on or ends with an {@link IOException}. */
class Stratum2HostilePoolTest {
    private static final ByteString HASH = new ByteString(new byte[32]);
    private static final List<Message> HONEST = List.of(
            new ConnectionMessage.SetupConnectionSuccess(2, 0),
            new ConnectionMessage.ChannelEndpointChanged(1),
            new ConnectionMessage.Reconnect("evil.example.org", 9),
            new ChannelMessage.OpenStandardMiningChannelSuccess(1, 1, Target.EASIEST, HASH, 1),
            new ChannelMessage.UpdateChannelError(1, "no"),
            new ChannelMessage.SetExtranoncePrefix(1, HASH),
            new JobMessage.NewMiningJob(1, 1, OptionalLong.empty(), 0xffffffffL, HASH),
            new JobMessage.NewMiningJob(1, 2, OptionalLong.of(0xffffffffL), 0, HASH),
            new JobMessage.SetNewPrevHash(1, 1, HASH, 0xffffffffL, 0),
            new JobMessage.SetNewPrevHash(1, 2, HASH, 0, 0xffffffffL),
            new JobMessage.SetTarget(1, new Target(new byte[32])),
            new ShareMessage.SubmitSharesSuccess(1, 0xffffffffL, 0, -1),
            new ShareMessage.SubmitSharesError(1, 1, "stale-share"),
            new Message.Unknown(new Frame(3, true, 0xff, HASH)));

    private final long seed = new SplittableRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void endsAtGarbageInTheHandshake() throws IOException {
        Stratum2Dialogue talk = new Stratum2Dialogue();
        talk.answer();
        byte[] garbage = new byte[234];
        random.nextBytes(garbage);

        assertThatThrownBy(() -> talk.session().received(garbage))
                .as("seed %d", seed)
                .isInstanceOf(NoiseException.class)
                .hasMessageContaining("not authentic");
        assertThat(talk.miner()).isEmpty();
    }

    @Test
    void tellsNothingToAServerThatAnotherAuthorityVouchesFor() throws IOException {
        String other = Authority.draw(random).key().toString();
        Pool elsewhere = new Pool(PoolAddress.of("stratum2+tcp://pool.example.com:3336/" + other), "me", "x");
        Stratum2Dialogue talk = new Stratum2Dialogue(OptionalDouble.empty(), _ -> PoolOrder.of(elsewhere));

        assertThatThrownBy(talk::shakeHands)
                .as("seed %d", seed)
                .isInstanceOf(NoiseException.class)
                .hasMessageContaining("is not signed by authority " + other);
        assertThat(talk.miner()).isEmpty();
    }

    @Test
    void endsAtAFrameThatWasAlteredRepeatedOrLeftOut() throws IOException {
        for (int how = 0; how < 3; how++) {
            Stratum2Dialogue talk = new Stratum2Dialogue();
            talk.shakeHands();
            byte[] first = talk.sealed(HONEST.get(0).frame());
            byte[] second = talk.sealed(HONEST.get(3).frame());
            byte[] bad = how == 0 ? second : first.clone();
            if (how == 1) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
            }
            if (how == 2) {
                talk.session().received(first);
            }

            assertThatThrownBy(() -> talk.session().received(bad))
                    .as("case %d, seed %d", how, seed)
                    .isInstanceOf(NoiseException.class);
        }
    }

    @Test
    void endsAtAMessageThatIsTooShortAndNamesTheField() throws IOException {
        Stratum2Dialogue talk = new Stratum2Dialogue();
        talk.shakeHands();

        assertThatThrownBy(() ->
                        talk.session().received(talk.sealed(new Frame(0, false, 0x01, new ByteString(new byte[3])))))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("SetupConnection.Success: flags");
    }

    @Test
    void ignoresTheLongestMessageThereCanBe() throws IOException {
        Stratum2Dialogue talk = new Stratum2Dialogue();
        talk.shakeHands();
        Frame longest = new Frame(0, false, 0x7f, new ByteString(new byte[FrameHeader.PAYLOAD_LENGTH_MAX]));

        talk.session().received(talk.sealed(longest));

        assertThat(talk.said()).containsExactly("ignored a message of type 0x7f");
    }

    @Test
    void keepsNoMoreJobsWaitingThanItsLimit() throws IOException {
        Stratum2Dialogue talk = new Stratum2Dialogue();
        talk.shakeHands();
        talk.pool(HONEST.get(0), HONEST.get(3));
        for (int id = 0; id < 1_000; id++) {
            talk.pool(new JobMessage.NewMiningJob(1, id, OptionalLong.empty(), 0, HASH));
        }

        talk.pool(new JobMessage.SetNewPrevHash(1, 999 - 63, HASH, 0, 0));

        assertThat(talk.jobs()).hasSize(1);
        assertThatThrownBy(() -> talk.pool(new JobMessage.SetNewPrevHash(1, 3, HASH, 0, 0)))
                .hasMessageContaining("names job 3");
    }

    @Test
    void survivesHonestMessagesInAnyOrderWithAnyByteAltered() {
        for (int round = 0; round < 300; round++) {
            Stratum2Dialogue talk = new Stratum2Dialogue();
            try {
                talk.shakeHands();
                for (int i = 0; i < 40; i++) {
                    Message message = i < 2 && random.nextBoolean()
                            ? HONEST.get(3 * i)
                            : HONEST.get(random.nextInt(HONEST.size()));
                    Frame frame = random.nextInt(4) == 0 ? altered(message.frame()) : message.frame();
                    talk.session().received(talk.sealed(frame));
                    submitOneOfEach(talk);
                    talk.later(Duration.ofMillis(random.nextInt(200)));
                }
            } catch (IOException ended) {
                // a session may end over nonsense; nothing else may happen
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static void submitOneOfEach(Stratum2Dialogue talk) {
        for (PoolJob job : talk.jobs()) {
            job.next()
                    .map(work -> work.share(1, Digest.of(new byte[32]), new byte[80], 0))
                    .ifPresent(talk.session()::submit);
        }
        talk.events().clear();
    }

    private Frame altered(Frame frame) {
        byte[] payload = frame.payload().bytes();
        if (payload.length == 0) {
            return frame;
        }
        if (random.nextBoolean()) {
            payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
        } else {
            payload = Arrays.copyOf(payload, random.nextInt(2 * payload.length));
        }
        return new Frame(frame.extension(), frame.toChannel(), frame.type(), new ByteString(payload));
    }
}
