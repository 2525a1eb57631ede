package filon.e2e;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import filon.testkit.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Debian's Chromium without a window; complaints of its pages are kept, pictures go to {@code target/screens}. */
final class Browser implements AutoCloseable {
    static final double PATIENCE_MILLIS = 90_000;
    private static final List<String> QUIET_AND_ROOTLESS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> complaints = new ArrayList<>();

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
        this.playwright = playwright;
        this.chromium = chromium;
    }

    static Browser start() {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Browser(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(executable())
                                .setHeadless(true)
                                .setArgs(QUIET_AND_ROOTLESS)));
    }

    private static Path executable() {
        return Optional.ofNullable(System.getenv("FILON_CHROMIUM"))
                .map(Path::of)
                .orElse(Path.of("/usr/bin/chromium"));
    }

    /** A page of somebody who shares no cookie with the others. */
    Page stranger() {
        BrowserContext context = chromium.newContext();
        context.setDefaultTimeout(PATIENCE_MILLIS);
        Page page = context.newPage();
        page.setViewportSize(1280, 900);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.location() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        return page;
    }

    /** Somebody who asks for a page, signs in at Keycloak, and is brought back to it. */
    Page signedIn(String user, String url) {
        Page page = stranger();
        page.navigate(url);
        page.locator("#username").fill(user);
        page.locator("#password").fill(user);
        page.locator("#kc-login").click();
        page.waitForURL(url);
        return page;
    }

    void picture(Page page, String name) throws IOException {
        Path folder = Files.createDirectories(RepositoryRoot.infra("e2e", "target", "screens"));
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(folder.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** What our own pages had to complain of: errors of scripts, refused resources, broken policies. */
    List<String> complaintsAbout(String url) {
        return complaints.stream().filter(text -> text.startsWith(url)).toList();
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
