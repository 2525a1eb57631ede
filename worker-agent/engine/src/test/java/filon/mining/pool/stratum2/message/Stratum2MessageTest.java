package filon.mining.pool.stratum2.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.Target;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Stratum2MessageTest {
    private static final ByteString HASH =
            ByteString.ofHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final Target TARGET = Target.ofHex("00000000ffff" + "0".repeat(48) + "abcd");
    private static final String TARGET_BYTES = "cdab" + "00".repeat(24) + "ffff00000000";

    /** A message and all of its bytes, header first. */
    record Golden(Message message, String bytes) {
        @Override
        public String toString() {
            return message.getClass().getSimpleName();
        }
    }

    static Stream<Golden> golden() {
        return Stream.of(
                new Golden(
                        new ConnectionMessage.SetupConnection(
                                0, 2, 2, 5, "pool.example", 34254, "filon", "gpu", "1.0", ""),
                        "0000" + "00" + "270000" + "00" + "0200" + "0200" + "05000000" + "0c706f6f6c2e6578616d706c65"
                                + "ce85" + "0566696c6f6e" + "03677075" + "03312e30" + "00"),
                new Golden(
                        new ConnectionMessage.SetupConnectionSuccess(2, 0x80000002L),
                        "0000" + "01" + "060000" + "0200" + "02000080"),
                new Golden(
                        new ConnectionMessage.SetupConnectionError(4, "unsupported-feature-flags"),
                        "0000" + "02" + "1e0000" + "04000000" + "19756e737570706f727465642d666561747572652d666c616773"),
                new Golden(
                        new ConnectionMessage.ChannelEndpointChanged(0xffffffffL),
                        "0080" + "03" + "040000" + "ffffffff"),
                new Golden(
                        new ConnectionMessage.Reconnect("b.example", 443),
                        "0000" + "04" + "0c0000" + "09622e6578616d706c65" + "bb01"),
                new Golden(
                        new ChannelMessage.OpenStandardMiningChannel(7, "wallet.rig1", 1.5f, TARGET),
                        "0000" + "10" + "340000" + "07000000" + "0b77616c6c65742e72696731" + "0000c03f" + TARGET_BYTES),
                new Golden(
                        new ChannelMessage.OpenStandardMiningChannelSuccess(
                                7, 0x01020304, TARGET, ByteString.ofHex("aabbcc"), 1),
                        "0000" + "11" + "300000" + "07000000" + "04030201" + TARGET_BYTES + "03aabbcc" + "01000000"),
                new Golden(
                        new ChannelMessage.OpenMiningChannelError(7, "unknown-user"),
                        "0000" + "12" + "110000" + "07000000" + "0c756e6b6e6f776e2d75736572"),
                new Golden(
                        new ChannelMessage.UpdateChannel(9, 0f, TARGET),
                        "0080" + "16" + "280000" + "09000000" + "00000000" + TARGET_BYTES),
                new Golden(
                        new ChannelMessage.UpdateChannelError(9, "max"),
                        "0080" + "17" + "080000" + "09000000" + "036d6178"),
                new Golden(new ChannelMessage.CloseChannel(9, ""), "0080" + "18" + "050000" + "09000000" + "00"),
                new Golden(
                        new ChannelMessage.SetExtranoncePrefix(9, HASH),
                        "0080" + "19" + "250000" + "09000000" + "20" + HASH),
                new Golden(
                        new JobMessage.NewMiningJob(9, 12, OptionalLong.empty(), 0x20000000, HASH),
                        "0080" + "15" + "2d0000" + "09000000" + "0c000000" + "00" + "00000020" + HASH),
                new Golden(
                        new JobMessage.NewMiningJob(9, 12, OptionalLong.of(0x66aabbccL), 0x20000000, HASH),
                        "0080" + "15" + "310000" + "09000000" + "0c000000" + "01ccbbaa66" + "00000020" + HASH),
                new Golden(
                        new JobMessage.SetNewPrevHash(1, 12, HASH, 0x66aabbccL, 0x1d00ffffL),
                        "0080" + "20" + "300000" + "01000000" + "0c000000" + HASH + "ccbbaa66" + "ffff001d"),
                new Golden(new JobMessage.SetTarget(9, TARGET), "0080" + "21" + "240000" + "09000000" + TARGET_BYTES),
                new Golden(
                        new ShareMessage.SubmitSharesStandard(9, 1, 12, 0xdeadbeefL, 0x66aabbccL, 0x20000000),
                        "0080" + "1a" + "180000" + "09000000" + "01000000" + "0c000000" + "efbeadde" + "ccbbaa66"
                                + "00000020"),
                new Golden(
                        new ShareMessage.SubmitSharesSuccess(9, 3, 2, -1),
                        "0080" + "1c" + "140000" + "09000000" + "03000000" + "02000000" + "ffffffffffffffff"),
                new Golden(
                        new ShareMessage.SubmitSharesError(9, 3, "stale-share"),
                        "0080" + "1d" + "140000" + "09000000" + "03000000" + "0b7374616c652d7368617265"));
    }

    private static Frame frame(String hex) throws MalformedMessageException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return Frame.of(
                FrameHeader.of(Arrays.copyOf(bytes, FrameHeader.LENGTH)),
                Arrays.copyOfRange(bytes, FrameHeader.LENGTH, bytes.length));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void writesTheBytesOfTheSpecification(Golden golden) {
        Frame frame = golden.message().frame();

        assertThat(HexFormat.of().formatHex(frame.header().bytes()) + frame.payload())
                .isEqualTo(golden.bytes());
    }

    @ParameterizedTest
    @MethodSource("golden")
    void readsTheBytesOfTheSpecification(Golden golden) throws MalformedMessageException {
        assertThat(Message.of(frame(golden.bytes()))).isEqualTo(golden.message());
    }

    @ParameterizedTest
    @MethodSource("golden")
    void refusesAMessageThatIsCutAnywhere(Golden golden) throws MalformedMessageException {
        Frame whole = frame(golden.bytes());

        for (int length = 0; length < whole.payload().length(); length++) {
            ByteString cut = new ByteString(Arrays.copyOf(whole.payload().bytes(), length));
            assertThatThrownBy(() -> Message.of(new Frame(0, whole.toChannel(), whole.type(), cut)))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageMatching("[A-Za-z.]+: [a-z_]+ has [0-9]+ bytes, but [0-9]+ are left");
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void ignoresWhatExtensionsAppend(Golden golden) throws MalformedMessageException {
        Frame whole = frame(golden.bytes());
        byte[] longer = Arrays.copyOf(whole.payload().bytes(), whole.payload().length() + 9);

        assertThat(Message.of(new Frame(0, whole.toChannel(), whole.type(), new ByteString(longer))))
                .isEqualTo(golden.message());
    }

    @Test
    void hasAGoldenAnswerForEachType() {
        assertThat(golden().map(golden -> golden.message().frame().type()).distinct())
                .hasSize(MessageType.values().length);
    }

    @Test
    void forgivesAWrongChannelBit() throws MalformedMessageException {
        Frame frame = new JobMessage.SetTarget(9, TARGET).frame();

        assertThat(Message.of(new Frame(0, false, frame.type(), frame.payload())))
                .isEqualTo(new JobMessage.SetTarget(9, TARGET));
    }

    @Test
    void keepsWhatItDoesNotKnow() throws MalformedMessageException {
        List<Frame> unknown = List.of(
                new Frame(0, true, 0x1f, HASH),
                new Frame(0, false, 0xff, ByteString.ofHex("")),
                new Frame(1, false, 0x01, HASH),
                new Frame(0x7fff, true, 0x21, HASH));

        for (Frame frame : unknown) {
            assertThat(Message.of(frame)).isEqualTo(new Message.Unknown(frame));
            assertThat(Message.of(frame).frame()).isEqualTo(frame);
        }
    }

    @Test
    void namesFieldValueAndLimitOfWhatCannotBeSent() {
        assertRefused(() -> new JobMessage.SetTarget(1L << 32, TARGET), "channel_id 4294967296 is not 0 to 4294967295");
        assertRefused(() -> new JobMessage.SetTarget(-1, TARGET), "channel_id -1 is not 0 to 4294967295");
        assertRefused(() -> new ConnectionMessage.Reconnect("", 65_536), "new_port 65536 is not 0 to 65535");
        assertRefused(
                () -> new ChannelMessage.CloseChannel(1, "é".repeat(128)), "reason_code of 256 bytes exceeds 255");
        assertRefused(() -> new ChannelMessage.CloseChannel(1, "a\nb"), "reason_code has a control character");
        assertRefused(
                () -> new ChannelMessage.SetExtranoncePrefix(1, new ByteString(new byte[33])),
                "extranonce_prefix of 33 bytes exceeds 32");
        assertRefused(
                () -> new JobMessage.NewMiningJob(1, 1, OptionalLong.empty(), 1, new ByteString(new byte[31])),
                "merkle_root of 31 bytes; it has 32");
        assertRefused(
                () -> new JobMessage.NewMiningJob(1, 1, OptionalLong.of(-5), 1, HASH),
                "min_ntime -5 is not 0 to 4294967295");
        assertRefused(
                () -> new ChannelMessage.UpdateChannel(1, Float.NaN, TARGET),
                "nominal_hash_rate NaN H/s is not a number from zero on");
        assertRefused(
                () -> new ConnectionMessage.SetupConnection(0, 3, 2, 0, "", 0, "", "", "", ""),
                "min_version 3 is above max_version 2");
        assertRefused(
                () -> new Frame(0, false, 1, new ByteString(new byte[65_537])),
                "length of the payload 65537 is not 0 to 65536");
        assertRefused(() -> new Frame(0x8000, false, 1, HASH), "extension 32768 is not 0 to 32767");
    }

    private static void assertRefused(ThrowingCallable made, String message) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void namesMessageFieldValueAndLimitOfWhatCannotBeRead() {
        assertUnreadable(
                "008019250000" + "09000000" + "21" + HASH,
                "SetExtranoncePrefix: extranonce_prefix of 33 bytes exceeds 32");
        assertUnreadable(
                "008015310000" + "09000000" + "0c000000" + "02ccbbaa66" + "00000020" + HASH,
                "NewMiningJob: min_ntime comes 2 times; at most once");
        assertUnreadable(
                "008016280000" + "09000000" + "000080ff" + TARGET_BYTES,
                "UpdateChannel: nominal_hash_rate -Infinity H/s is not a number from zero on");
    }

    private static void assertUnreadable(String bytes, String message) {
        assertThatThrownBy(() -> Message.of(frame(bytes)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage(message);
    }

    @Test
    void refusesALongFrameByItsHeader() throws MalformedMessageException {
        byte[] longest = HexFormat.of().parseHex("008015000001");
        byte[] longer = HexFormat.of().parseHex("008015010001");

        assertThat(FrameHeader.of(longest).length()).isEqualTo(65_536);
        assertThatThrownBy(() -> FrameHeader.of(longer))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("payload of 65537 bytes in a frame of type 0x15 exceeds 65536");
    }

    @Test
    void makesAStrangersTextFitForALog() throws MalformedMessageException {
        // escape, C1 control, right-to-left override, broken UTF-8
        Message message =
                Message.of(frame("00801d170000" + "09000000" + "03000000" + "0e" + "611b62c28563e280ae64ff65f09f"));

        assertThat(message).isEqualTo(new ShareMessage.SubmitSharesError(9, 3, "a?b?c?d?e?"));
    }

    @Test
    void throwsNothingButItsOwnExceptionWhateverComes() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<Frame> honest = golden().map(golden -> golden.message().frame()).toList();

        for (int i = 0; i < 20_000; i++) {
            Frame frame = spoilt(honest.get(random.nextInt(honest.size())), random);
            try {
                Message message = Message.of(frame);
                assertThat(Message.of(message.frame()))
                        .as("seed %d, %s", seed, frame)
                        .isEqualTo(message);
            } catch (MalformedMessageException expected) {
                assertThat(expected).as("seed %d, %s", seed, frame).hasMessageContaining(": ");
            }
        }
    }

    private static Frame spoilt(Frame honest, SplittableRandom random) {
        byte[] payload = Arrays.copyOf(
                honest.payload().bytes(), Math.max(0, honest.payload().length() + random.nextInt(-8, 8)));
        for (int i = random.nextInt(6); i > 0 && payload.length > 0; i--) {
            payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
        }
        return new Frame(random.nextInt(20) == 0 ? 1 : 0, random.nextBoolean(), honest.type(), new ByteString(payload));
    }
}
