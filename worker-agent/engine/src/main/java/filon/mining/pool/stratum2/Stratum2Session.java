package filon.mining.pool.stratum2;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Target;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolListener;
import filon.mining.pool.PoolMovedException;
import filon.mining.pool.PoolRefusedException;
import filon.mining.pool.PoolSession;
import filon.mining.pool.PrintableText;
import filon.mining.pool.SessionCourse;
import filon.mining.pool.SessionTerms;
import filon.mining.pool.Share;
import filon.mining.pool.stratum2.message.ChannelMessage;
import filon.mining.pool.stratum2.message.ConnectionMessage;
import filon.mining.pool.stratum2.message.JobMessage;
import filon.mining.pool.stratum2.message.Message;
import filon.mining.pool.stratum2.message.ShareMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One connection with one standard channel.
 *
 * <pre>
 *   HANDSHAKE -- vouched for --> SETUP -- SetupConnection.Success --> OPENING -- OpenStandardMiningChannel.Success --> MINING
 * </pre>
 *
 * <p>What comes out of turn or for another channel is said and ignored; what cannot be read ends the session. A pool may acknowledge shares
 * in batches, so a share waits for its verdict as long as a pool may be silent, and one without an answer tells nothing of the pool.
 */
final class Stratum2Session implements PoolSession {
    private static final String VENDOR = "filon";
    private static final String FIRMWARE = "filon/0.1";

    private final SessionCourse course;
    private final Stratum2Wire wire;
    private final NominalRate rate;
    private Stage stage = Stage.HANDSHAKE;
    private Target easiest;
    private long requestId;
    private int versionMask;
    private Optional<MiningChannel> channel = Optional.empty();

    private enum Stage {
        HANDSHAKE,
        SETUP,
        OPENING,
        MINING
    }

    Stratum2Session(SessionTerms terms, PoolListener listener, Stratum2Wire wire) {
        this.course = new SessionCourse(terms, listener);
        this.wire = wire;
        this.rate = new NominalRate(terms.rate());
        this.easiest = wish(terms);
    }

    /** The easiest target that shares are to have. */
    private static Target wish(SessionTerms terms) {
        return terms.terms().suggestedDifficulty().stream()
                .mapToObj(BigDecimal::valueOf)
                .map(terms.terms().algorithm()::targetOf)
                .findFirst()
                .orElse(Target.EASIEST);
    }

    @Override
    public void opened() {
        wire.shakeHands();
    }

    @Override
    public void received(byte[] bytes) throws IOException {
        wire.feed(bytes);
        Optional<Message> next;
        do {
            next = wire.next();
            if (stage == Stage.HANDSHAKE && wire.isOpen()) {
                course.heard();
                setUp();
            }
            if (next.isPresent()) {
                course.heard();
                heard(next.get());
            }
        } while (next.isPresent());
    }

    private void setUp() throws IOException {
        PoolAddress address = course.pool().address();
        stage = Stage.SETUP;
        wire.send(new ConnectionMessage.SetupConnection(
                ConnectionMessage.SetupConnection.MINING,
                ConnectionMessage.SetupConnection.VERSION,
                ConnectionMessage.SetupConnection.VERSION,
                ConnectionMessage.SetupConnection.REQUIRES_STANDARD_JOBS,
                address.bareHost(),
                address.port(),
                VENDOR,
                "",
                FIRMWARE,
                ""));
    }

    private void heard(Message message) throws IOException {
        switch (message) {
            case ConnectionMessage about -> heard(about);
            case ChannelMessage about -> heard(about);
            case JobMessage job -> heard(job);
            case ShareMessage answer -> heard(answer);
            case Message.Unknown unknown ->
                course.say(PoolEvent.Said.IGNORED + "a message of type "
                        + unknown.frame().header().typeText());
        }
    }

    private void heard(ConnectionMessage message) throws IOException {
        switch (message) {
            case ConnectionMessage.SetupConnectionSuccess success -> agreed(success);
            case ConnectionMessage.SetupConnectionError(long flags, String code) ->
                throw PoolRefusedException.ofSubscription(
                        "the connection",
                        PrintableText.of(code) + (flags == 0 ? "" : ", flags " + Long.toHexString(flags)));
            case ConnectionMessage.Reconnect reconnect -> move(reconnect);
            case ConnectionMessage.ChannelEndpointChanged _ -> {} // no extension was negotiated that could be lost
            case ConnectionMessage.SetupConnection _ -> outOfTurn(message);
        }
    }

    private void agreed(ConnectionMessage.SetupConnectionSuccess success) throws IOException {
        if (stage != Stage.SETUP) {
            outOfTurn(success);
            return;
        }
        if (success.usedVersion() != ConnectionMessage.SetupConnection.VERSION) {
            throw new IOException("the pool chose version " + success.usedVersion() + " of Stratum; we speak 2");
        }
        if ((success.flags() & ConnectionMessage.SetupConnectionSuccess.REQUIRES_EXTENDED_CHANNELS) != 0) {
            throw new IOException("the pool wants extended channels; we speak standard ones");
        }
        boolean isFixed = (success.flags() & ConnectionMessage.SetupConnectionSuccess.REQUIRES_FIXED_VERSION) != 0;
        versionMask = isFixed ? 0 : HeaderRoom.ROLLED_BITS;
        stage = Stage.OPENING;
        openChannel();
    }

    private void openChannel() throws IOException {
        requestId++;
        wire.send(new ChannelMessage.OpenStandardMiningChannel(
                requestId, course.pool().user(), rate.tell(course.now()), easiest));
    }

    private void move(ConnectionMessage.Reconnect reconnect) throws PoolMovedException {
        PoolAddress here = course.pool().address();
        String host =
                reconnect.host().isEmpty() ? here.host() : reconnect.host().toLowerCase(Locale.ROOT);
        if (!course.terms().order().mayMoveTo(host)) {
            course.say(PoolEvent.Said.IGNORED + "Reconnect to another host: " + PrintableText.of(host));
            return;
        }
        PoolAddress there;
        try {
            there = new PoolAddress(
                    here.scheme(), host, reconnect.port() == 0 ? here.port() : reconnect.port(), here.authorityKey());
        } catch (IllegalArgumentException noAddress) {
            course.say(
                    PoolEvent.Said.IGNORED + "Reconnect: " + PrintableText.of(String.valueOf(noAddress.getMessage())));
            return;
        }
        throw new PoolMovedException(there, Duration.ZERO);
    }

    private void heard(ChannelMessage message) throws IOException {
        switch (message) {
            case ChannelMessage.OpenStandardMiningChannelSuccess success -> opened(success);
            case ChannelMessage.OpenMiningChannelError error -> refused(error);
            case ChannelMessage.UpdateChannelError(long _, String code) ->
                course.say("keeps the channel as it was: " + PrintableText.of(code));
            case ChannelMessage.CloseChannel close -> closed(close);
            case ChannelMessage.SetExtranoncePrefix _ -> {} // the merkle roots of later jobs have it
            case ChannelMessage.OpenStandardMiningChannel _, ChannelMessage.UpdateChannel _ -> outOfTurn(message);
        }
    }

    private void opened(ChannelMessage.OpenStandardMiningChannelSuccess success) {
        if (isAnswer(success, success.requestId())) {
            stage = Stage.MINING;
            channel = Optional.of(new MiningChannel(success, versionMask, course));
            course.authorised();
        }
    }

    private void refused(ChannelMessage.OpenMiningChannelError error) throws IOException {
        if (!isAnswer(error, error.requestId())) {
            return;
        }
        boolean isWishTooHard = error.errorCode().equals("max-target-out-of-range") && !easiest.equals(Target.EASIEST);
        if (!isWishTooHard) {
            throw PoolRefusedException.ofUser(course.pool().user(), PrintableText.of(error.errorCode()));
        }
        course.say("does not take the difficulty that was suggested");
        easiest = Target.EASIEST;
        openChannel();
    }

    private boolean isAnswer(ChannelMessage message, long toRequest) {
        boolean isExpected = stage == Stage.OPENING && toRequest == requestId;
        if (!isExpected) {
            outOfTurn(message);
        }
        return isExpected;
    }

    private void closed(ChannelMessage.CloseChannel close) throws IOException {
        if (ofGroup(close, close.channelId()).isPresent()) {
            throw new IOException("the pool closed the channel: " + PrintableText.of(close.reasonCode()));
        }
    }

    private void heard(JobMessage message) throws IOException {
        Optional<MiningChannel> here =
                switch (message) {
                    case JobMessage.NewMiningJob job -> ours(job, job.channelId());
                    case JobMessage.SetNewPrevHash next -> ofGroup(next, next.channelId());
                    case JobMessage.SetTarget next -> ofGroup(next, next.channelId());
                };
        if (here.isPresent()) {
            here.get().heard(message);
        }
    }

    private void heard(ShareMessage message) {
        switch (message) {
            case ShareMessage.SubmitSharesSuccess success ->
                ours(success, success.channelId()).ifPresent(here -> here.accepted(success));
            case ShareMessage.SubmitSharesError error ->
                ours(error, error.channelId()).ifPresent(here -> here.refused(error));
            case ShareMessage.SubmitSharesStandard _ -> outOfTurn(message);
        }
    }

    private Optional<MiningChannel> ours(Message message, long channelId) {
        return channel.filter(here -> here.id() == channelId).or(() -> notOurs(message, channelId));
    }

    private Optional<MiningChannel> ofGroup(Message message, long channelId) {
        return channel.filter(here -> here.isOfGroup(channelId)).or(() -> notOurs(message, channelId));
    }

    private Optional<MiningChannel> notOurs(Message message, long channelId) {
        course.say(PoolEvent.Said.IGNORED + name(message) + " for channel " + channelId + ", which is not ours");
        return Optional.empty();
    }

    private void outOfTurn(Message message) {
        course.say(PoolEvent.Said.IGNORED + name(message) + ", which came out of turn");
    }

    private static String name(Message message) {
        return message.getClass().getSimpleName();
    }

    @Override
    public void tick() throws IOException {
        if (channel.isPresent()) {
            channel.get().tick();
            tellRate(channel.get());
        }
        course.tick();
    }

    /** Where the pool is quiet too: no answer is required, but most send a target, which is a sign of life. */
    private void tellRate(MiningChannel here) throws IOException {
        if (course.asksForLife() || rate.isWorthTelling(course.now())) {
            wire.send(new ChannelMessage.UpdateChannel(here.id(), rate.tell(course.now()), easiest));
        }
    }

    @Override
    public void submit(Share share) {
        if (!course.admits(share)) {
            return;
        }
        ShareMessage message = channel.orElseThrow().sending(share);
        try {
            wire.send(message);
        } catch (IOException ended) {
            throw new UncheckedIOException("a share cannot be sent", ended);
        }
    }

    /** A channel ends with its connection, and its jobs with it. */
    @Override
    public Map<String, String> agreed() {
        return channel.map(here -> Map.of(
                        "channel", String.valueOf(here.id()),
                        "version-rolling mask", HexFormat.of().toHexDigits(versionMask)))
                .orElse(Map.of());
    }

    @Override
    public Optional<String> identity() {
        return Optional.empty();
    }

    @Override
    public void settle(Share share) {
        throw new IllegalStateException("no share of a session of Stratum V2 counts in another one");
    }

    /** Nothing that may be asked at any time has to be answered. */
    @Override
    public boolean probe() {
        return false;
    }

    @Override
    public boolean answersEachShare() {
        return false;
    }

    @Override
    public int openShares() {
        return channel.map(MiningChannel::openShares).orElse(0);
    }

    @Override
    public List<Share> end() {
        return channel.map(MiningChannel::end).orElse(List.of());
    }
}
