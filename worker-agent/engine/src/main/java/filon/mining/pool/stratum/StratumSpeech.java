package filon.mining.pool.stratum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Target;
import filon.mining.pool.JobPlace;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolMovedException;
import filon.mining.pool.PoolRefusedException;
import filon.mining.pool.PrintableText;
import filon.mining.pool.line.LineMessage;
import filon.mining.pool.line.Speech;
import filon.mining.pool.line.Talk;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What Stratum V1 says and means (Bitcoin's, as node-stratum-pool and ckpool speak it; BIP 310).
 *
 * <p>Difficulty and extranonce changes take effect with the next job, a version mask at once. Jobs that come before we are subscribed
 * and authorised wait, the last one only.
 */
final class StratumSpeech implements Speech {
    private static final String AGENT = "filon/0.1";
    private static final int RECONNECT_PAUSE_SECONDS_MAX = 60;
    private static final int RESUME_LENGTH_MAX = 256;

    private final Talk talk;
    private final VersionRoom versions = new VersionRoom();
    private boolean extranonceGranted;
    private BigDecimal difficulty = BigDecimal.ONE;
    private Optional<Extranonce> extranonce = Optional.empty();
    private Optional<Extranonce> nextExtranonce = Optional.empty();
    private Optional<Waiting> waiting = Optional.empty();
    private Optional<StratumJob> current = Optional.empty();

    /** A job that came too early, with what was in force then. */
    private record Waiting(JobNotice notice, Target target, long receivedNanos) {}

    StratumSpeech(Talk talk) {
        this.talk = talk;
    }

    @Override
    public void open() {
        if (!isShy()) {
            configure();
        }
        Object[] subscription = talk.terms()
                .memory()
                .resume()
                .map(session -> new Object[] {AGENT, session})
                .orElseGet(() -> new Object[] {AGENT});
        talk.ask("mining.subscribe", this::subscribed, subscription);
    }

    /** A pool that hangs up on what it does not know is asked for the least. */
    private boolean isShy() {
        return talk.terms().memory().isShy();
    }

    private void configure() {
        List<String> extensions = new ArrayList<>(List.of("version-rolling"));
        ObjectNode wishes = LineMessage.JSON.createObjectNode();
        wishes.put("version-rolling.mask", Integer.toHexString(VersionRoom.WISHED));
        wishes.put("version-rolling.min-bit-count", VersionRoom.BITS_WISHED_LEAST);
        talk.terms().terms().suggestedDifficulty().ifPresent(wish -> {
            extensions.add("minimum-difficulty");
            wishes.set("minimum-difficulty.value", LineMessage.JSON.valueToTree(plain(wish)));
        });
        extensions.add("subscribe-extranonce");
        talk.ask("mining.configure", this::configured, extensions, wishes);
    }

    /** Whole numbers without a point, as the field writes them. */
    private static Number plain(double number) {
        return number == Math.rint(number) && number < Long.MAX_VALUE ? (Number) (long) number : (Number) number;
    }

    private void configured(LineMessage.Reply reply) {
        JsonNode granted = reply.result();
        if (granted.path("version-rolling").asBoolean(false)) {
            versions.grant(granted.path("version-rolling.mask").asText(""));
        }
        extranonceGranted = granted.path("subscribe-extranonce").asBoolean(false);
    }

    private void subscribed(LineMessage.Reply reply) throws IOException {
        if (reply.error().isPresent() || !reply.result().isArray()) {
            talk.terms().memory().forgetResume();
            throw new PoolRefusedException(
                    PoolRefusedException.What.SUBSCRIPTION, "the pool refuses the subscription: " + reply.reason());
        }
        try {
            extranonce = Optional.of(
                    Extranonce.of(reply.result().path(1), reply.result().path(2), spaceStart()));
        } catch (IllegalArgumentException e) {
            throw new IOException("the pool's subscription is unusable: " + e.getMessage(), e);
        }
        rememberSession(reply.result().path(0));
        talk.ask(
                "mining.authorize",
                this::authorised,
                talk.pool().user(),
                talk.pool().password());
        if (!extranonceGranted && !isShy()) {
            talk.ask("mining.extranonce.subscribe", answer -> extranonceGranted = answer.isTrue());
        }
    }

    /** The name that pools give the subscription to notices; with it the extranonce comes back after a lost connection. */
    private void rememberSession(JsonNode subscriptions) {
        for (JsonNode each : subscriptions) {
            boolean isOfNotices = each.path(0).asText("").equals("mining.notify");
            String id = each.path(1).asText("");
            if (isOfNotices && !id.isEmpty() && id.length() <= RESUME_LENGTH_MAX) {
                talk.terms().memory().resumeWith(id);
            }
        }
    }

    private void authorised(LineMessage.Reply reply) throws IOException {
        if (!reply.isTrue()) {
            throw new PoolRefusedException(
                    PoolRefusedException.What.USER,
                    "the pool refuses user " + talk.pool().user() + ": " + reply.reason());
        }
        talk.authorised();
        if (!isShy()) {
            talk.terms()
                    .terms()
                    .suggestedDifficulty()
                    .ifPresent(wish -> talk.ask("mining.suggest_difficulty", Talk.Answer.ignored(), plain(wish)));
        }
        startWaiting();
    }

    @Override
    public void heard(LineMessage.Call call) throws IOException {
        JsonNode params = call.params();
        switch (call.method()) {
            case "mining.notify" -> notified(JobNotice.of(params));
            case "mining.set_difficulty" -> difficulty = difficulty(params.path(0));
            case "mining.set_extranonce" ->
                nextExtranonce = Optional.of(Extranonce.of(params.path(0), params.path(1), spaceStart()));
            case "mining.set_version_mask" -> changeMask(params.path(0).asText(""));
            case "client.reconnect" -> reconnect(params);
            case "client.get_version" -> talk.reply(call.id(), AGENT);
            case "client.show_message" ->
                talk.say("says: " + PrintableText.of(params.path(0).asText("")));
            case "mining.ping", "client.ping" -> talk.reply(call.id(), "pong");
            default -> talk.say(PoolEvent.Said.IGNORED + "method " + PrintableText.of(call.method()));
        }
    }

    private static BigDecimal difficulty(JsonNode value) {
        BigDecimal difficulty = value.isTextual() ? number(value.textValue()) : value.decimalValue();
        if (difficulty.signum() <= 0) {
            throw new IllegalArgumentException(
                    "difficulty " + PrintableText.of(value.toString()) + " is not a number above zero");
        }
        return difficulty;
    }

    /** Zero where it is none: what {@link BigDecimal} throws need not have a message. */
    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException none) {
            return BigDecimal.ZERO;
        }
    }

    private void notified(JobNotice notice) {
        if (nextExtranonce.isPresent()) {
            extranonce = nextExtranonce;
            nextExtranonce = Optional.empty();
        }
        if (notice.clean()) {
            talk.withdrawJobs();
        }
        Target target = talk.terms().terms().algorithm().targetOf(difficulty);
        waiting = Optional.of(new Waiting(notice, target, talk.heardNanos()));
        startWaiting();
    }

    private void startWaiting() {
        if (!talk.isAuthorised() || extranonce.isEmpty() || waiting.isEmpty()) {
            return;
        }
        Waiting job = waiting.get();
        waiting = Optional.empty();
        JobPlace place = talk.place(job.receivedNanos());
        announce(new StratumJob(place, job.notice(), new StratumJob.Room(extranonce.get(), versions), job.target()));
    }

    /** In force at once, unlike all else a pool changes. */
    private void changeMask(String hex) {
        versions.mask(hex);
        if (current.isPresent() && current.get().hasRolledVersions()) {
            talk.withdrawJobs();
            announce(current.get().again(talk.place(talk.heardNanos())));
        }
    }

    private void announce(StratumJob job) {
        current = Optional.of(job);
        talk.job(job);
    }

    private void reconnect(JsonNode params) throws IOException {
        PoolAddress here = talk.pool().address();
        String host = params.path(0).asText("");
        if (!host.isEmpty() && !talk.terms().order().mayMoveTo(host)) {
            talk.say(PoolEvent.Said.IGNORED + "client.reconnect to another host: " + PrintableText.of(host));
            return;
        }
        int port = params.path(1).asInt(0);
        int seconds = Math.clamp(params.path(2).asInt(0), 0, RECONNECT_PAUSE_SECONDS_MAX);
        PoolAddress there = new PoolAddress(
                here.scheme(),
                host.isEmpty() ? here.host() : host.toLowerCase(Locale.ROOT),
                port == 0 ? here.port() : port);
        throw new PoolMovedException(there, Duration.ofSeconds(seconds));
    }

    @Override
    public Optional<String> identity() {
        return extranonce.map(each -> "stratum1 " + each.identity());
    }

    @Override
    public Map<String, String> agreed() {
        Map<String, String> agreed = new LinkedHashMap<>();
        extranonce.ifPresent(each -> {
            agreed.put("extranonce1", HexFormat.of().formatHex(each.first()));
            agreed.put("extranonce2 bytes", String.valueOf(each.length()));
        });
        if (versions.isNegotiated()) {
            agreed.put("version-rolling mask", HexFormat.of().toHexDigits(versions.mask()));
        }
        if (extranonceGranted) {
            agreed.put("subscribe-extranonce", "granted");
        }
        return agreed;
    }

    @Override
    public boolean probe() {
        if (isShy()) {
            return false;
        }
        talk.ask("mining.ping", Talk.Answer.ignored());
        return true;
    }

    private long spaceStart() {
        return talk.terms().terms().random().nextLong() >>> 1;
    }
}
