package filon.mining.pool.stratum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import filon.mining.algorithm.Target;
import filon.mining.pool.JobPlace;
import filon.mining.pool.PoolRefusedException;
import filon.mining.pool.line.LineMessage;
import filon.mining.pool.line.PoolValues;
import filon.mining.pool.line.SmallTalk;
import filon.mining.pool.line.Speech;
import filon.mining.pool.line.Talk;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Stratum V1 says and means (Bitcoin's, as node-stratum-pool and ckpool speak it; BIP 310).
 *
 * <p>Difficulty and extranonce changes take effect with the next job, a version mask at once. Jobs that come before we are subscribed
 * and authorised wait, the last one only.
 */
final class StratumSpeech implements Speech {
    private static final int RESUME_LENGTH_MAX = 256;

    private final Talk talk;
    private final SmallTalk smallTalk;
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
        this.smallTalk = new SmallTalk(talk);
    }

    @Override
    public void open() {
        if (!talk.isShy()) {
            configure();
        }
        Object[] subscription = talk.terms()
                .memory()
                .resume()
                .map(session -> new Object[] {Talk.AGENT, session})
                .orElseGet(() -> new Object[] {Talk.AGENT});
        talk.ask("mining.subscribe", this::subscribed, subscription);
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
            throw PoolRefusedException.ofSubscription("the subscription", reply.reason());
        }
        try {
            extranonce = Optional.of(
                    Extranonce.of(reply.result().path(1), reply.result().path(2), spaceStart()));
        } catch (IllegalArgumentException e) {
            throw Talk.unusable(e);
        }
        rememberSession(reply.result().path(0));
        talk.authorise(this::authorised);
        if (!extranonceGranted && !talk.isShy()) {
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

    private void authorised() {
        if (!talk.isShy()) {
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
            case "mining.set_difficulty" -> difficulty = PoolValues.difficulty(params.path(0));
            case "mining.set_extranonce" ->
                nextExtranonce = Optional.of(Extranonce.of(params.path(0), params.path(1), spaceStart()));
            case "mining.set_version_mask" -> changeMask(params.path(0).asText(""));
            default -> smallTalk.heard(call);
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
        StratumJob fresh =
                new StratumJob(place, job.notice(), new StratumJob.Room(extranonce.get(), versions), job.target());
        announce(current.map(fresh::goingOnFrom).orElse(fresh));
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
        return smallTalk.probe();
    }

    private long spaceStart() {
        return talk.searchStart() >>> 1;
    }
}
