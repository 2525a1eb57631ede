package filon.practice.dialect;

import filon.mining.pool.noise.NoiseChannel;
import filon.mining.pool.stratum2.message.ChannelMessage;
import filon.mining.pool.stratum2.message.ChannelMessage.OpenMiningChannelError;
import filon.mining.pool.stratum2.message.ChannelMessage.OpenStandardMiningChannel;
import filon.mining.pool.stratum2.message.ChannelMessage.OpenStandardMiningChannelSuccess;
import filon.mining.pool.stratum2.message.ChannelMessage.UpdateChannel;
import filon.mining.pool.stratum2.message.ChannelMessage.UpdateChannelError;
import filon.mining.pool.stratum2.message.ConnectionMessage;
import filon.mining.pool.stratum2.message.ConnectionMessage.SetupConnection;
import filon.mining.pool.stratum2.message.ConnectionMessage.SetupConnectionError;
import filon.mining.pool.stratum2.message.ConnectionMessage.SetupConnectionSuccess;
import filon.mining.pool.stratum2.message.Frame;
import filon.mining.pool.stratum2.message.Message;
import filon.mining.pool.stratum2.message.ShareMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One miner at a pool of Stratum V2, from the handshake on. What is altered, is no message or is a pool's to say ends the connection; what
 * is of no known type is ignored.
 */
final class Stratum2Conversation implements Conversation {
    /** No request of a miner has it. */
    private static final long STRANGE_REQUEST = 8_888_888;

    private final Stratum2 side;
    private final Desk desk;
    private final NoiseChannel noise;
    private final Stratum2Voice voice;
    private boolean isSetUp;
    private boolean over;
    private Optional<Stratum2Channel> channel = Optional.empty();

    Stratum2Conversation(Stratum2 side, Desk desk, NoiseChannel noise) {
        this.side = side;
        this.desk = desk;
        this.noise = noise;
        this.voice = new Stratum2Voice(desk, noise);
    }

    @Override
    public void heard(byte[] bytes) {
        try {
            noise.feed(bytes, 0, bytes.length);
            Optional<Frame> next = noise.next();
            voice.shakeHands();
            while (next.isPresent() && !over) {
                if (!desk.isDeaf()) {
                    heard(Message.of(next.get()));
                }
                next = noise.next();
            }
        } catch (IOException hostile) {
            hangUp(String.valueOf(hostile.getMessage()));
        }
    }

    private void hangUp(String why) {
        if (!over) {
            over = true;
            desk.hangUp(why);
        }
    }

    private void heard(Message message) {
        switch (message) {
            case SetupConnection setup -> setUp(setup);
            case OpenStandardMiningChannel open -> open(open);
            case UpdateChannel update -> update(update);
            case ChannelMessage.CloseChannel close -> channel = channel.filter(mine -> mine.id() != close.channelId());
            case ShareMessage.SubmitSharesStandard share -> submit(share);
            case Message.Unknown _ -> {}
            case ConnectionMessage _,
                    ChannelMessage _,
                    filon.mining.pool.stratum2.message.JobMessage _,
                    ShareMessage _ -> hangUp(message.getClass().getSimpleName() + " is for a pool to say");
        }
    }

    private void setUp(SetupConnection setup) {
        Optional<SetupConnectionError> refusal = refusal(setup);
        if (refusal.isPresent()) {
            voice.reply(refusal.get(), refusal.get());
            hangUp(refusal.get().errorCode());
            return;
        }
        isSetUp = true;
        long flags = isFixed() ? SetupConnectionSuccess.REQUIRES_FIXED_VERSION : 0;
        SetupConnectionSuccess success = new SetupConnectionSuccess(SetupConnection.VERSION, flags);
        voice.reply(success, success);
    }

    private boolean isFixed() {
        return side.terms().has(Quirk.FIXED_VERSIONS);
    }

    private Optional<SetupConnectionError> refusal(SetupConnection setup) {
        if (setup.protocol() != SetupConnection.MINING) {
            return Optional.of(new SetupConnectionError(0, "unsupported-protocol"));
        }
        if (setup.minVersion() > SetupConnection.VERSION || setup.maxVersion() < SetupConnection.VERSION) {
            return Optional.of(new SetupConnectionError(0, "protocol-version-mismatch"));
        }
        long unsupported =
                SetupConnection.REQUIRES_WORK_SELECTION | (isFixed() ? SetupConnection.REQUIRES_VERSION_ROLLING : 0);
        long wanted = setup.flags() & unsupported;
        return wanted == 0
                ? Optional.empty()
                : Optional.of(new SetupConnectionError(wanted, "unsupported-feature-flags"));
    }

    private void open(OpenStandardMiningChannel open) {
        if (!isSetUp) {
            hangUp("OpenStandardMiningChannel before SetupConnection");
            return;
        }
        if (channel.isPresent() || !Workers.isUsable(open.userIdentity())) {
            String code = channel.isPresent() ? "channel-already-open" : "unknown-user";
            voice.reply(
                    new OpenMiningChannelError(open.requestId(), code),
                    new OpenMiningChannelError(STRANGE_REQUEST, code));
            return;
        }
        Stratum2Channel opened = new Stratum2Channel(side, desk, voice, open);
        OpenStandardMiningChannelSuccess success = opened.opening(open.requestId());
        voice.reply(success, opened.opening(STRANGE_REQUEST));
        channel = Optional.of(opened);
        opened.begin();
    }

    private void update(UpdateChannel update) {
        Optional<Stratum2Channel> mine = channel.filter(each -> each.id() == update.channelId());
        mine.ifPresent(each -> each.update(update));
        if (mine.isEmpty()) {
            UpdateChannelError error = new UpdateChannelError(update.channelId(), Stratum2Channel.UNKNOWN_CHANNEL);
            voice.reply(error, error);
        }
    }

    private void submit(ShareMessage.SubmitSharesStandard share) {
        if (channel.isPresent()) {
            channel.get().submit(share);
        } else {
            hangUp("SubmitSharesStandard without a channel");
        }
    }

    @Override
    public boolean isReady() {
        return channel.isPresent() && !over;
    }

    @Override
    public void push(Push push) {
        switch (push) {
            case Push.Reconnect move -> voice.push(new ConnectionMessage.Reconnect(move.host(), move.port()));
            case Push.Job _, Push.Difficulty _, Push.Extranonce _ -> channel.ifPresent(mine -> mine.push(push));
            case Push.ShowMessage _, Push.AskVersion _, Push.VersionMask _ -> {}
        }
    }

    @Override
    public Optional<Duration> patience() {
        return channel.isPresent() ? Optional.empty() : Optional.of(LineConversation.GREETS_WITHIN);
    }
}
