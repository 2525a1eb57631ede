package filon.practice.dialect;

import static filon.practice.dialect.Style.Absence.NULL;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Header;
import filon.practice.book.PoolError;
import filon.practice.book.Receipt;
import filon.practice.book.Solution;
import filon.practice.book.Verdict;
import filon.practice.dialect.AlephiumSide.Template;
import filon.practice.dialect.SentJobs.Sent;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One miner at a pool of Alephium: a job is a list of templates, a share an object with a nonce of 24 bytes that begins with the
 * extranonce, its answer has a method of its own, and codes from 20 to 27 that mean something else than elsewhere.
 */
final class AlephiumTalk implements Talk {
    static final Style STYLE = new Style(
            false,
            NULL,
            NULL,
            NULL,
            Style.Shape.TWO_ELEMENTS,
            Map.of(
                    PoolError.STALE, 20,
                    PoolError.OTHER, 21,
                    PoolError.UNAUTHORISED, 22,
                    PoolError.NOT_SUBSCRIBED, 22,
                    PoolError.OUT_OF_RANGE, 23,
                    PoolError.DUPLICATE, 24,
                    PoolError.LOW_DIFFICULTY, 25,
                    PoolError.WRONG_CHAIN, 27),
            Map.of());
    private static final HexFormat HEX = HexFormat.of();

    private final AlephiumSide side;
    private final Desk desk;
    private final Voice voice;
    private final ClientWords words;
    private final Workers workers = new Workers();
    private final SentJobs<Template> sent = new SentJobs<>();
    private byte[] extranonce;

    AlephiumTalk(AlephiumSide side, Desk desk, Voice voice) {
        this.side = side;
        this.desk = desk;
        this.voice = voice;
        this.words = new ClientWords(voice);
        this.extranonce = side.nextExtranonce();
    }

    @Override
    public boolean isReady() {
        return !workers.isEmpty();
    }

    @Override
    public void heard(Request request) throws HostileMinerException {
        switch (request.method()) {
            case "mining.hello" ->
                voice.reply(request.id(), List.of("AlephiumStratum/1.0.0", false, "b4", "ff", "filon-practice"));
            case "mining.subscribe" -> voice.reply(request.id(), HEX.formatHex(extranonce));
            case "mining.noop" -> voice.reply(request.id(), "1");
            case "mining.authorize" -> authorise(request.requireList());
            case "mining.submit" -> submit(request);
            default -> voice.refuse(request.id(), PoolError.OTHER, "Method not found");
        }
    }

    private void authorise(Request request) {
        boolean wasReady = isReady();
        if (!workers.admit(request.text(0))) {
            voice.deny(request.id(), "unauthorized worker");
            return;
        }
        voice.reply(request.id(), true, () -> {
            if (!wasReady) {
                sendExtranonce();
                sendDifficulty(desk.difficulty());
                sendJob(true);
            }
        });
    }

    private void submit(Request request) throws HostileMinerException {
        JsonNode said = request.parameters();
        if (!said.isObject()) {
            throw new HostileMinerException("params of mining.submit are no object");
        }
        Desk.Submission share = new Desk.Submission(
                "", said.path("worker").asText(""), said.path("jobId").asText(""));
        Receipt receipt = desk.enter(share, judge(share, said));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", voice.written(request.id()));
        line.put("method", "mining.submit_result");
        line.putAll(
                switch (receipt.verdict()) {
                    case Verdict.Accepted _ -> voice.success(request.id(), true);
                    case Verdict.Refused refused -> voice.refusal(request.id(), refused);
                });
        voice.verdict(line, receipt);
    }

    private Verdict judge(Desk.Submission share, JsonNode said) {
        if (!workers.has(share.worker())) {
            return new Verdict.Refused(PoolError.UNAUTHORISED, "unauthorized worker");
        }
        Optional<Sent<Template>> job = sent.find(share.job());
        if (job.isEmpty()) {
            return new Verdict.Refused(PoolError.STALE, "job not found");
        }
        Template template = job.get().job();
        if (said.path("fromGroup").asInt(-1) != template.from()
                || said.path("toGroup").asInt(-1) != template.to()) {
            return new Verdict.Refused(PoolError.OTHER, "invalid chain index");
        }
        String nonce = said.path("nonce").asText("");
        if (!NonceSession.isHex(nonce, 2 * AlephiumSide.NONCE_BYTES)) {
            return new Verdict.Refused(PoolError.OUT_OF_RANGE, "incorrect size of nonce");
        }
        if (!nonce.startsWith(HEX.formatHex(job.get().extranonce()))) {
            return new Verdict.Refused(PoolError.OUT_OF_RANGE, "nonce does not begin with the extranonce");
        }
        return judge(job.get(), HEX.parseHex(nonce));
    }

    private Verdict judge(Sent<Template> job, byte[] nonce) {
        Header header = job.job().with(nonce);
        long searched = ByteBuffer.wrap(nonce).getLong(AlephiumSide.NONCE_BYTES - Long.BYTES);
        byte[] hash = side.terms().algorithm().digest(header, searched).hash();
        Solution solution = new Solution(side.terms().algorithm().solved(header, searched), hash, job.target());
        if (!job.job().owns(hash)) {
            return new Verdict.Refused(PoolError.WRONG_CHAIN, "unmatched chain index", solution);
        }
        return sent.judge(job, new BigInteger(1, hash), _ -> solution);
    }

    @Override
    public void push(Push push) {
        switch (push) {
            case Push.Job job -> sendJob(job.clean());
            case Push.Difficulty next -> sendDifficulty(next.difficulty());
            case Push.Extranonce _ -> {
                extranonce = side.nextExtranonce();
                sendExtranonce();
            }
            case Push.ClientWord word -> words.say(word);
            case Push.VersionMask _ -> {}
        }
    }

    private void sendExtranonce() {
        voice.push("mining.set_extranonce", List.of(HEX.formatHex(extranonce)));
    }

    private void sendDifficulty(double difficulty) {
        voice.push("mining.set_difficulty", List.of(difficulty));
    }

    private void sendJob(boolean clean) {
        List<Object> templates = new ArrayList<>();
        boolean first = clean;
        for (Template template : side.templates()) {
            sent.send(template.id(), template, side.target(desk), extranonce, first);
            first = false;
            templates.add(written(template));
        }
        voice.push("mining.notify", templates);
    }

    private Map<String, Object> written(Template template) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("jobId", template.id());
        fields.put("fromGroup", template.from());
        fields.put("toGroup", template.to());
        fields.put("headerBlob", HEX.formatHex(template.header()));
        fields.put("txsBlob", "");
        fields.put("targetBlob", TargetText.UNPADDED.in(side.terms()).of(side.target(desk)));
        return fields;
    }
}
