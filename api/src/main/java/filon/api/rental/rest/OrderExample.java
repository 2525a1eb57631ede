package filon.api.rental.rest;

import java.util.List;

/** The form of an order, for the API's description; {@link WishReader} reads the real one. */
record OrderExample(String offer, int gpus, String algorithm, List<PoolExample> pools) {
    record PoolExample(String address, String user, String password) {}

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
