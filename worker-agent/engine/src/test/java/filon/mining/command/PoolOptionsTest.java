package filon.mining.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTrust;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PoolOptionsTest {
    private static final String PIN = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final String OTHER_PIN = "ff".repeat(32);

    private static List<PoolOrder> orders(String line) {
        PoolOptions options = new PoolOptions();
        new CommandLine(options).parseArgs(line.split(" "));
        return options.orders();
    }

    private static List<String> hosts(String line) {
        return orders(line).stream().map(order -> order.address().host()).toList();
    }

    @Test
    void prefersPoolsInTheOrderInWhichTheyAreGiven() {
        assertThat(hosts("--user me --pool stratum+tcp://b:1 --pool stratum+tcp://a:1#eu --pool stratum+tcp://c:1"))
                .containsExactly("b", "a", "c");
    }

    @Test
    void prefersThePoolsOfItsRegionAndThenTheOthersInTheirOrder() {
        assertThat(hosts("--user me --region eu --pool stratum+tcp://b:1#us --pool stratum+tcp://a:1#eu"
                        + " --pool stratum+tcp://c:1 --pool stratum+tcp://d:1#eu"))
                .containsExactly("a", "d", "b", "c");
    }

    @Test
    void verifiesPoolsWhereNothingElseIsAsked() {
        assertThat(orders("--user me --pool stratum+ssl://a:1"))
                .extracting(PoolOrder::trust)
                .containsExactly(PoolTrust.verified());
    }

    @Test
    void believesAnyOfThePinnedCertificates() {
        assertThat(orders("--user me --pool stratum+ssl://a:1 --tls-pin " + PIN + " --tls-pin " + OTHER_PIN))
                .extracting(PoolOrder::trust)
                .containsExactly(new PoolTrust.Pinned(List.of(PIN, OTHER_PIN)));
    }

    @Test
    void letsPoolsMoveToTheHostsThatAreAllowed() {
        // When
        PoolOrder order = orders("--user me --pool stratum+tcp://a.org:1 --allow-move *.b.org")
                .getFirst();

        // Then
        assertThat(order.mayMoveTo("x.b.org")).isTrue();
        assertThat(order.mayMoveTo("c.org")).isFalse();
    }

    @Test
    void saysWhatAPinIsWhenItIsNone() {
        assertThatThrownBy(() -> orders("--user me --pool stratum+ssl://a:1 --tls-pin abc"))
                .hasMessage("certificate fingerprint abc is not the 64 hex digits of a SHA-256");
    }

    @Test
    void refusesToPinWhereNothingIsEncrypted() {
        assertThatThrownBy(() -> orders("--user me --pool stratum+tcp://a:1 --tls-pin " + PIN))
                .hasMessageContaining("stratum+tcp://a:1 is not encrypted");
    }

    @Test
    void doubtsAPoolThatShouldStandByForItself() {
        assertThat(PoolOptions.doubts(
                        orders("--user me --pool stratum+tcp://a:1 --pool stratum+tcp://a:1 --pool stratum+ssl://a:2")))
                .containsExactly(
                        "pool stratum+tcp://a:1 is given twice; it cannot stand by for itself",
                        "host a is given more than once; when it fails, all its pools do");
    }
}
