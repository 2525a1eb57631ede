package filon.mining.rig;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Tells a rig's figures over HTTP, on loopback and for reading only: {@code /metrics} for Prometheus, {@code /figures} as JSON. Anything
 * else is answered with a problem (RFC 9457).
 */
public final class RigServer implements AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    private final HttpServer server;
    private final Supplier<RigFigures> figures;

    /**
     * @param port 0: any that is free
     * @throws UncheckedIOException if the port is taken; the message names it
     */
    public RigServer(int port, Supplier<RigFigures> figures) {
        this.figures = figures;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port + " of loopback: " + e.getMessage(), e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(null);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            send(exchange, 405, PROBLEM, problem(405, "Method not allowed", "this server only tells; use GET"));
            return;
        }
        switch (path) {
            case "/metrics" -> send(exchange, 200, TEXT, RigMetrics.of(figures.get()));
            case "/figures" -> send(exchange, 200, JSON, RigJson.of(figures.get()) + "\n");
            default -> send(exchange, 404, PROBLEM, problem(404, "Not found", "there are /metrics and /figures"));
        }
    }

    private static String problem(int status, String title, String detail) {
        return "{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + ",\"detail\":\"" + detail
                + "\"}\n";
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead ? -1 : bytes.length);
        if (!isHead) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
