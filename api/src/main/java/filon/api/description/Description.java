package filon.api.description;

import filon.contracts.problem.ProblemCode;
import filon.contracts.value.CustomerId;
import filon.contracts.value.GpuId;
import filon.contracts.value.PoolAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Completes the generated description: values with units are numbers and texts on the wire, not objects, and every failure is a
 * problem.
 */
public final class Description implements OASFilter {
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final String SCHEMAS = "#/components/schemas/";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Map<String, Schema> schemas = new LinkedHashMap<>(api.getComponents().getSchemas());
        schemas.putAll(values());
        schemas.keySet().removeAll(List.of("Scheme", "UUID"));
        schemas.put("Problem", problem());
        schemas.put("FieldError", fieldError());
        api.getComponents().setSchemas(schemas);
        api.getPaths().getPathItems().forEach(Description::complete);
    }

    private static Map<String, Schema> values() {
        return Map.of(
                "MicroEuro", number("an amount in whole millionths of a euro", 360_000L),
                "HashRate", number("hashes per second", 25_000_000L),
                "CustomerId", text("the subject of the customer's tokens", CustomerId.LENGTH_MAX),
                "GpuId", text("a device, by its host's name for it", GpuId.LENGTH_MAX),
                "HostId", uuid("a host"),
                "RentalId", uuid("a rental"),
                "Sku", text("the name of an offer", 64).examples(List.of("opencl-gpu")),
                "PoolAddress",
                        text(
                                        "scheme://host:port; the scheme is stratum+tcp, stratum+ssl, or stratum2+tcp with the key of the pool's authority behind the port",
                                        PoolAddress.LENGTH_MAX)
                                .examples(List.of("stratum+tcp://pool.example.org:3333")));
    }

    private static Schema problem() {
        return object("a problem as RFC 9457 defines it, with a code to switch on and the fields to blame")
                .addProperty("type", text("urn:filon:problem: and the code", 100))
                .addProperty("title", text("the code in words", 100))
                .addProperty("status", number("the HTTP status", 422L))
                .addProperty("detail", text("what is wrong with this request", 2_000))
                .addProperty("instance", text("the path of the request", 2_000))
                .addProperty("code", text("what to switch on", 40).enumeration(codes()))
                .addProperty("requestId", text("to quote when asking for help", 40))
                .addProperty("retryable", flag("whether the same request can succeed later"))
                .addProperty(
                        "errors",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.ARRAY)
                                .items(reference("FieldError")))
                .required(List.of("type", "title", "status", "detail", "code", "requestId", "retryable", "errors"));
    }

    private static Schema fieldError() {
        return object("one field that is wrong")
                .addProperty(
                        "pointer",
                        text("JSON pointer into the body (empty: the body itself), or /query/... or /headers/...", 500))
                .addProperty("detail", text("what is wrong with it, with the limit", 2_000))
                .required(List.of("pointer", "detail"));
    }

    private static List<Object> codes() {
        return Arrays.stream(ProblemCode.values())
                .<Object>map(ProblemCode::code)
                .toList();
    }

    private static void complete(String path, PathItem item) {
        item.getOperations().values().forEach(operation -> complete(path, operation));
    }

    private static void complete(String path, Operation operation) {
        APIResponses responses = operation.getResponses();
        if (path.contains("{id}")) {
            ensure(responses, "404", "No such rental, or another customer's");
        }
        describe(responses, "401", "No bearer token of this platform");
        describe(responses, "403", "The token lacks the role");
        if (responses.hasAPIResponse("200")
                && "OK".equals(responses.getAPIResponse("200").getDescription())) {
            describe(responses, "200", operation.getSummary());
        }
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.compareTo("400") >= 0) {
                saysProblem(response);
            }
        });
    }

    private static void ensure(APIResponses responses, String status, String description) {
        if (!responses.hasAPIResponse(status)) {
            responses.addAPIResponse(status, OASFactory.createAPIResponse());
        }
        describe(responses, status, description);
    }

    private static void describe(APIResponses responses, String status, String description) {
        if (responses.hasAPIResponse(status)) {
            responses.getAPIResponse(status).setDescription(description);
        }
    }

    private static void saysProblem(APIResponse response) {
        if (response.getContent() == null) {
            response.setContent(OASFactory.createContent());
        }
        if (!response.getContent().hasMediaType(PROBLEM_JSON)) {
            response.getContent().addMediaType(PROBLEM_JSON, OASFactory.createMediaType());
        }
        MediaType problem = response.getContent().getMediaType(PROBLEM_JSON);
        problem.setSchema(reference("Problem"));
    }

    private static Schema reference(String name) {
        return OASFactory.createSchema().ref(SCHEMAS + name);
    }

    private static Schema object(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT).description(description);
    }

    private static Schema text(String description, int lengthMax) {
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.STRING)
                .maxLength(lengthMax)
                .description(description);
    }

    private static Schema uuid(String description) {
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.STRING)
                .format("uuid")
                .description(description);
    }

    private static Schema number(String description, Long example) {
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.INTEGER)
                .format("int64")
                .description(description)
                .examples(List.of(example));
    }

    private static Schema flag(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.BOOLEAN).description(description);
    }
}
