package filon.api.rental.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import filon.api.rental.Wish;
import filon.api.rental.Wish.PoolWish;
import filon.contracts.problem.Problem;
import filon.contracts.problem.Problem.FieldError;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads an order's JSON by hand, so that one answer can name every field that is wrong. */
final class WishReader {
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();
    private static final Set<String> FIELDS = Set.of("offer", "gpus", "algorithm", "pools");
    private static final Set<String> POOL_FIELDS = Set.of("address", "user", "password");

    private final List<FieldError> errors = new ArrayList<>();

    private WishReader() {}

    /** @throws ProblemException MALFORMED_BODY if the body is not one JSON object */
    static Wish read(String body) {
        return new WishReader().wish(tree(body));
    }

    private static JsonNode tree(String body) {
        JsonNode tree;
        try {
            tree = READER.readTree(body == null ? "" : body);
        } catch (JsonProcessingException e) {
            throw malformed("the body is not JSON: line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage());
        }
        if (!tree.isObject()) {
            throw malformed(tree.isMissingNode() ? "the body is empty" : "the body is not a JSON object");
        }
        return tree;
    }

    private Wish wish(JsonNode tree) {
        refuseUnknown(tree, "", FIELDS);
        return new Wish(text(tree, "", "offer"), gpus(tree), text(tree, "", "algorithm"), pools(tree), errors);
    }

    private Integer gpus(JsonNode tree) {
        JsonNode node = tree.path("gpus");
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isIntegralNumber()) {
            errors.add(new FieldError("/gpus", "gpus is not a whole number"));
            return null;
        }
        if (!node.canConvertToInt()) {
            errors.add(new FieldError("/gpus", "gpus is far outside 1 to 64"));
            return null;
        }
        return node.intValue();
    }

    private List<PoolWish> pools(JsonNode tree) {
        JsonNode node = tree.path("pools");
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isArray()) {
            errors.add(new FieldError("/pools", "pools is not an array"));
            return null;
        }
        List<PoolWish> pools = new ArrayList<>();
        for (JsonNode pool : node) {
            pools.add(pool(pool, "/pools/" + pools.size()));
        }
        return pools;
    }

    private PoolWish pool(JsonNode node, String pointer) {
        if (!node.isObject()) {
            errors.add(new FieldError(pointer, "a pool is an object with address, user and password"));
            return new PoolWish(null, null, null);
        }
        refuseUnknown(node, pointer, POOL_FIELDS);
        return new PoolWish(
                text(node, pointer, "address"), text(node, pointer, "user"), text(node, pointer, "password"));
    }

    private String text(JsonNode parent, String pointer, String field) {
        JsonNode node = parent.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            errors.add(new FieldError(pointer + "/" + field, field + " is not a text"));
            return null;
        }
        return node.textValue();
    }

    private void refuseUnknown(JsonNode node, String pointer, Set<String> known) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                String escaped = name.replace("~", "~0").replace("/", "~1");
                errors.add(new FieldError(
                        pointer + "/" + escaped,
                        "field " + name + " is not known; known are: "
                                + String.join(", ", known.stream().sorted().toList())));
            }
        });
    }

    private static ProblemException malformed(String detail) {
        // the pointer to the whole document (RFC 6901 section 5): no single field is to blame
        return new ProblemException(
                new Problem(ProblemCode.MALFORMED_BODY, detail, List.of(new FieldError("", detail))));
    }
}
