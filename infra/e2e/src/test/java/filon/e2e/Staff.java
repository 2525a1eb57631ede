package filon.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import filon.local.LocalPlatform;
import java.io.IOException;

/** What an operator learns from provisioning. */
record Staff(LocalPlatform platform) {
    static Staff of(LocalPlatform platform) {
        return new Staff(platform);
    }

    /** The platform's only host, with its last events. */
    JsonNode theHost() throws IOException, InterruptedException {
        String id = get("/admin/hosts").path(0).path("id").asText();
        return get("/admin/hosts/" + id);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return platform.web()
                .get(platform.provisioningUrl() + path, platform.operatorToken())
                .orFail("GET " + path)
                .body();
    }
}
