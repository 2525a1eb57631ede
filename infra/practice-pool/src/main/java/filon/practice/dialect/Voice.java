package filon.practice.dialect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import filon.practice.book.PoolError;
import filon.practice.book.Receipt;
import filon.practice.book.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes one conversation's lines in its dialect's style, with the quirks of its pool. */
final class Voice {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** No request of a miner has it. */
    private static final long STRANGE_ID = 8_888_888;

    private final Desk desk;
    private final Style style;
    private final Terms terms;
    private boolean over;

    Voice(Desk desk, Style style, Terms terms) {
        this.desk = desk;
        this.style = style;
        this.terms = terms;
    }

    /** Whether this side hung up. */
    boolean isOver() {
        return over;
    }

    /** Ends the connection after what was said. */
    void hangUp(String why) {
        over = true;
        desk.hangUp(why);
    }

    void reply(JsonNode id, Object result) {
        say(Message.Kind.REPLY, success(id, result), Optional.empty());
    }

    /** A reply and what follows from it, in the order that this pool has. */
    void reply(JsonNode id, Object result, Runnable pushes) {
        boolean pushesFirst = terms.has(Quirk.PUSHES_FIRST);
        if (pushesFirst) {
            pushes.run();
        }
        reply(id, result);
        if (!pushesFirst) {
            pushes.run();
        }
    }

    void refuse(JsonNode id, int code, String why) {
        say(Message.Kind.REPLY, refusal(id, error(shape(), code, why)), Optional.empty());
    }

    void refuse(JsonNode id, PoolError error, String why) {
        refuse(id, style.code(error), style.text(error, why));
    }

    /** Lets a worker not in. */
    void deny(JsonNode id, String why) {
        Map<String, Object> line = refusal(id, error(shape(), style.code(PoolError.UNAUTHORISED), why));
        line.put("result", false);
        say(Message.Kind.REPLY, line, Optional.empty());
    }

    /** Answers a share. */
    void answer(JsonNode id, Receipt receipt) {
        Map<String, Object> line =
                switch (receipt.verdict()) {
                    case Verdict.Accepted _ -> success(id, true);
                    case Verdict.Refused refused -> refusal(id, refused);
                };
        verdict(line, receipt);
    }

    /** Answers a share with a line of the dialect's own making. */
    void verdict(Map<String, Object> line, Receipt receipt) {
        say(Message.Kind.VERDICT, line, Optional.of(receipt));
    }

    Map<String, Object> refusal(JsonNode id, Verdict.Refused refused) {
        return refusal(id, shape(), refused);
    }

    Map<String, Object> refusal(JsonNode id, Style.Shape shape, Verdict.Refused refused) {
        if (terms.has(Quirk.BARE_REFUSALS)) {
            return success(id, false);
        }
        String text = style.text(refused.error(), refused.why());
        return refusal(id, error(shape, style.code(refused.error()), text));
    }

    void push(String method, Object parameters) {
        Map<String, Object> line = new LinkedHashMap<>();
        absent(line, "id", style.pushId());
        addVersion(line);
        line.put("method", method);
        line.put("params", parameters);
        say(Message.Kind.PUSH, line, Optional.empty());
    }

    Terms terms() {
        return terms;
    }

    /** A push that is written in a way of its own. */
    void push(Map<String, Object> line) {
        say(Message.Kind.PUSH, line, Optional.empty());
    }

    /** A reply that is written in a way of its own. */
    void reply(Map<String, Object> line) {
        say(Message.Kind.REPLY, line, Optional.empty());
    }

    Map<String, Object> success(JsonNode id, Object result) {
        Map<String, Object> line = reply(id);
        line.put("result", result);
        absent(line, "error", style.success());
        return line;
    }

    private Map<String, Object> refusal(JsonNode id, Object error) {
        Map<String, Object> line = reply(id);
        absent(line, "result", style.refusal());
        line.put("error", error);
        return line;
    }

    private Map<String, Object> reply(JsonNode id) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", written(id));
        addVersion(line);
        return line;
    }

    JsonNode written(JsonNode id) {
        return terms.has(Quirk.STRING_IDS) && id.isNumber() ? TextNode.valueOf(id.asText()) : id;
    }

    private void addVersion(Map<String, Object> line) {
        if (style.version()) {
            line.put("jsonrpc", "2.0");
        }
    }

    private static void absent(Map<String, Object> line, String field, Style.Absence absence) {
        switch (absence) {
            case NULL -> line.put(field, NullNode.instance);
            case FALSE -> line.put(field, false);
            case OMITTED -> line.remove(field);
        }
    }

    private Style.Shape shape() {
        if (terms.has(Quirk.TWO_ELEMENT_ERRORS)) {
            return Style.Shape.TWO_ELEMENTS;
        }
        if (terms.has(Quirk.THREE_ELEMENT_ERRORS)) {
            return Style.Shape.THREE_ELEMENTS;
        }
        return terms.has(Quirk.OBJECT_ERRORS) ? Style.Shape.OBJECT : style.errors();
    }

    private static Object error(Style.Shape shape, int code, String why) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", code);
        fields.put("message", why);
        List<Object> parts = new ArrayList<>(fields.values());
        if (shape == Style.Shape.THREE_ELEMENTS) {
            parts.add(NullNode.instance);
        }
        return shape == Style.Shape.OBJECT ? fields : parts;
    }

    private void say(Message.Kind kind, Map<String, Object> line, Optional<Receipt> receipt) {
        byte[] bytes = bytes(line);
        byte[] misaddressed = bytes;
        if (kind != Message.Kind.PUSH) {
            Map<String, Object> strange = new LinkedHashMap<>(line);
            strange.put("id", STRANGE_ID);
            misaddressed = bytes(strange);
        }
        desk.say(new Message(kind, bytes, misaddressed, receipt));
    }

    private static byte[] bytes(Map<String, Object> line) {
        try {
            return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line of our own is no JSON: " + line, e);
        }
    }
}
