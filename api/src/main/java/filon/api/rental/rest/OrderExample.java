package filon.api.rental.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The form of an order, for the API's description; {@link WishReader} reads the real one. */
@Schema(name = "Order", additionalProperties = Schema.False.class)
record OrderExample(
        @Schema(required = true, description = "the sku of an offer", examples = "opencl-gpu")
        String offer,

        @Schema(required = true, minimum = "1", maximum = "64")
        int gpus,

        @Schema(required = true, description = "one that the offer runs", examples = "sha256d")
        String algorithm,

        @Schema(required = true, minItems = 1, maxItems = 8, description = "tried in this order")
        List<PoolExample> pools) {
    @Schema(name = "OrderPool", additionalProperties = Schema.False.class)
    record PoolExample(
            @Schema(
                    required = true,
                    maxLength = 255,
                    pattern = "stratum[12]?\\+(tcp|ssl|tls|tls12)://[^/@]+:[0-9]{1,5}(/[1-9A-HJ-NP-Za-km-z]*)?",
                    description = "scheme://host:port; public addresses only, unless the operator allows others",
                    examples = "stratum+tcp://pool.example.org:3333")
            String address,

            @Schema(required = true, minLength = 1, maxLength = 255, examples = "wallet.rig1")
            String user,

            @Schema(maxLength = 255, description = "kept encrypted, never shown", examples = "x")
            String password) {}

    static final String JSON = """
            {"offer": "opencl-gpu", "gpus": 1, "algorithm": "sha256d",
             "pools": [{"address": "stratum+tcp://pool.example.org:3333", "user": "wallet.rig1", "password": "x"}]}""";

    static final String INVALID = """
            {"type": "urn:filon:problem:invalid-field", "title": "A field has a value that is not allowed", "status": 422,
             "detail": "2 fields have values that are not allowed", "instance": "/api/v1/rentals", "code": "invalid-field",
             "requestId": "5f0c8a52-6f5d-4f0e-9d3e-0a4c4b1d2e3f", "retryable": false,
             "errors": [{"pointer": "/gpus", "detail": "gpus is 0, not within 1 to 64"},
                        {"pointer": "/algorithm", "detail": "algorithm x is not one of: sha256d"}]}""";

    static final String NO_KEY = """
            {"type": "urn:filon:problem:idempotency-key-required", "title": "This operation needs an Idempotency-Key header",
             "status": 400, "detail": "header Idempotency-Key is missing", "instance": "/api/v1/rentals",
             "code": "idempotency-key-required", "requestId": "5f0c8a52-6f5d-4f0e-9d3e-0a4c4b1d2e3f", "retryable": false,
             "errors": []}""";

    static final String NOT_FOUND = """
            {"type": "urn:filon:problem:not-found", "title": "There is no such thing, or it belongs to someone else",
             "status": 404, "detail": "there is no rental 00000000-0000-4000-8000-000000000001 of yours",
             "instance": "/api/v1/rentals/00000000-0000-4000-8000-000000000001", "code": "not-found",
             "requestId": "5f0c8a52-6f5d-4f0e-9d3e-0a4c4b1d2e3f", "retryable": false, "errors": []}""";

    static final String CONFLICT = """
            {"type": "urn:filon:problem:conflict", "title": "The state of the thing does not allow this operation",
             "status": 409, "detail": "the rental is already paused",
             "instance": "/api/v1/rentals/00000000-0000-4000-8000-000000000001/pause", "code": "conflict",
             "requestId": "5f0c8a52-6f5d-4f0e-9d3e-0a4c4b1d2e3f", "retryable": false, "errors": []}""";
}
