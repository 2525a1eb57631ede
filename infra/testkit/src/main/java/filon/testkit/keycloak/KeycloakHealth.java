package filon.testkit.keycloak;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Whether a server on a port of 127.0.0.1 serves the realm. */
record KeycloakHealth(int port) {
    private static final int PATIENCE_MILLIS = 2_000;

    boolean answers() throws IOException {
        URI address = URI.create(
                "http://127.0.0.1:" + port + "/realms/" + Keycloak.REALM + "/.well-known/openid-configuration");
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } finally {
            connection.disconnect();
        }
    }
}
