package filon.provisioning;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The settings that the other tests turn off; the classes that need one share one start. */
public final class AsShipped implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.http.insecure-requests", "disabled",
                "quarkus.http.test-ssl-port", "0",
                "quarkus.http.ssl.certificate.files", "${filon.authority.directory}/provisioning.pem",
                "quarkus.http.ssl.certificate.key-files", "${filon.authority.directory}/provisioning.key",
                "filon.host.burn-in-required", "true",
                "filon.host.wipe-required", "true",
                "filon.burn-in.benchmark-seconds", "3");
    }
}
