package filon.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import filon.local.LocalPlatform;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages as people meet them: Chromium, the real Keycloak, a rental that mines. */
@ExtendWith(OnRealPlatform.class)
class ConsoleJourneyTest {
    private static final Pattern SOME = Pattern.compile("[1-9]");
    private static final LocatorAssertions.ContainsTextOptions IN_TIME =
            new LocatorAssertions.ContainsTextOptions().setTimeout(Browser.PATIENCE_MILLIS);
    private Browser browser;

    @BeforeEach
    void openBrowser() {
        browser = Browser.start();
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void aCustomerOrdersAndEndsWhileStaffWatchLive(LocalPlatform platform) throws Exception {
        // Given
        Customer demo = Customer.demo(platform);
        demo.topUp();
        String offer = demo.freeOffer();
        Page mine = browser.signedIn("demo-customer", platform.apiUrl() + "/my/rentals");

        // When
        order(mine, offer, platform.poolAddress());
        Locator rental = mine.locator("article.rental").first();
        assertThat(rental.locator(".pill")).containsText("Active", IN_TIME);
        assertThat(fact(rental, "Accepted")).containsText(SOME, IN_TIME);
        assertThat(fact(rental, "Cost so far")).containsText(SOME, IN_TIME);
        browser.picture(mine, "customer");
        Page fleet = browser.signedIn("demo-operator", platform.consoleUrl());
        String before = rateShown(fleet);
        fleet.waitForCondition(
                () -> !rateShown(fleet).equals(before),
                new Page.WaitForConditionOptions().setTimeout(Browser.PATIENCE_MILLIS));
        browser.picture(fleet, "fleet");
        fleet.navigate(platform.apiUrl() + "/console/rentals");
        assertThat(fleet.locator("main")).containsText("demo-customer");
        browser.picture(fleet, "rentals");
        mine.locator("article.rental").first().locator("summary").click();
        mine.locator("article.rental").first().locator("button.danger").click();

        // Then
        assertThat(mine.locator("article.rental").first().locator(".pill")).containsText("Ended", IN_TIME);
        browser.picture(mine, "ended");
        Assertions.assertThat(browser.complaintsAbout(platform.apiUrl())).isEmpty();
    }

    private static void order(Page page, String offer, String pool) {
        page.locator("select[name=offer]").selectOption(offer);
        page.locator("input[name=gpus]").fill("1");
        page.locator("input[name=address]").fill(pool);
        page.locator("input[name=user]").fill("demo.browser");
        page.locator("section.form button[type=submit]").click();
    }

    private static Locator fact(Locator rental, String name) {
        return rental.locator("dl.facts div")
                .filter(new Locator.FilterOptions().setHasText(name))
                .locator("dd");
    }

    private static String rateShown(Page fleet) {
        return fleet.locator("article.host strong.rate").first().getAttribute("title");
    }

    @Test
    void aMistakeInTheFormIsShownBesideItsField(LocalPlatform platform) throws Exception {
        // Given
        Page page = browser.signedIn("demo-customer", platform.apiUrl() + "/my/rentals");

        // When
        order(page, Customer.demo(platform).freeOffer(), "not a pool");

        // Then
        assertThat(page.locator("#address-error")).containsText(Pattern.compile("not a pool"));
        assertThat(page.locator("input[name=user]")).hasValue("demo.browser");
        browser.picture(page, "mistake");
    }

    @Test
    void aCustomerIsToldThatTheFleetIsForStaff(LocalPlatform platform) throws Exception {
        // Given
        Page page = browser.signedIn("demo-customer", platform.apiUrl() + "/my/rentals");

        // When
        int status = page.navigate(platform.consoleUrl()).status();

        // Then
        Assertions.assertThat(status).isEqualTo(403);
        assertThat(page.locator("h1")).isVisible();
        Assertions.assertThat(page.content()).doesNotContain("local-host");
        browser.picture(page, "forbidden");
    }

    @Test
    void whoSignsOutIsAskedAgain(LocalPlatform platform) throws Exception {
        // Given
        Page page = browser.signedIn("demo-customer", platform.apiUrl() + "/my/rentals");

        // When
        page.locator("a[href='/console/sign-out']").click();
        assertThat(page.locator("a[href='/my/rentals']").first()).containsText("Sign in", IN_TIME);
        browser.picture(page, "front");
        page.navigate(platform.apiUrl() + "/my/rentals");

        // Then
        assertThat(page.locator("#kc-login")).isVisible();
        browser.picture(page, "sign-in");
    }
}
