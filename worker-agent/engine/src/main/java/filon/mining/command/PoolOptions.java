package filon.mining.command;

import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTrust;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which pools, as whom, and how far they are trusted: the same for all pools between two {@code --and}. */
final class PoolOptions {
    /** Whom a pool is tried as by those who only want to know what it speaks. */
    private static final String TRIAL_USER = "filon-test";

    private static final int REGION_LENGTH_MAX = 64;
    private static final String HOST_FORM = "\\*|(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*|\\[[0-9A-Fa-f:.]+]";

    @Option(
            names = "--pool",
            paramLabel = "URL[#REGION]",
            description = {
                "scheme://host:port, as stratum+tcp://host:port or stratum+ssl://host:port (schemes: README).",
                "More than one: the first is mined for, the next stands by with a job and takes over."
            })
    private List<String> pools = List.of();

    @Option(
            names = "--region",
            paramLabel = "NAME",
            description = "Prefers the pools marked #NAME, in the order given; then the others in theirs.")
    private String region = "";

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "Worker name or wallet. Default: none; filon-test for --test-pool.")
    private String user = "";

    @Option(names = "--password", paramLabel = "PASSWORD", description = "Default: x.")
    private String password = "x";

    @Option(
            names = "--tls-pin",
            paramLabel = "SHA256",
            description = {
                "Believes an encrypted pool whose certificate has this fingerprint (64 hex digits), and no other; repeatable.",
                "--test-pool shows it. Default: an authority of the system must vouch for the pool's name."
            })
    private List<String> pins = List.of();

    @Option(
            names = "--tls-insecure",
            description = "Believes any certificate: who sits on the way can take the hash rate.")
    private boolean isInsecure;

    @Option(
            names = "--allow-move",
            paramLabel = "HOST",
            description = {
                "A host that pools may send this miner to (client.reconnect), besides their own: a name, *.example.org,",
                "or * for any; repeatable. Default: none."
            })
    private List<String> movesTo = List.of();

    String user() {
        return user;
    }

    boolean isAsked() {
        return !pools.isEmpty();
    }

    /** @throws IllegalArgumentException where something goes with pools only and there are none */
    void requireWhole(boolean isTest) {
        if (!isAsked() && !region.isEmpty()) {
            throw new IllegalArgumentException("--region goes with --pool only");
        }
        boolean isTrustGiven = !pins.isEmpty() || isInsecure || !movesTo.isEmpty();
        if (!isAsked() && !isTest && isTrustGiven) {
            throw new IllegalArgumentException(
                    "--tls-pin, --tls-insecure and --allow-move go with --pool or --test-pool only");
        }
    }

    /**
     * In the order in which they are preferred.
     *
     * @throws IllegalArgumentException naming what is no pool, or does not go together
     */
    List<PoolOrder> orders() {
        List<PoolOrder> orders = pools.stream().map(text -> order(text, user)).toList();
        if (!region.isEmpty() && orders.stream().noneMatch(each -> each.region().equals(region))) {
            throw new IllegalArgumentException(
                    "--region " + region + " is no pool's; mark some, as in --pool stratum+tcp://host:port#" + region);
        }
        requireTrustOfUse(orders);
        return region.isEmpty() ? orders : PoolOrder.inOrder(orders, region);
    }

    /** The pool to be tried. */
    PoolOrder orderOf(String url) {
        PoolOrder order = order(url, user.isEmpty() ? TRIAL_USER : user);
        requireTrustOfUse(List.of(order));
        return order;
    }

    private PoolOrder order(String text, String as) {
        int mark = text.indexOf('#');
        String url = mark < 0 ? text : text.substring(0, mark);
        String name = mark < 0 ? "" : text.substring(mark + 1);
        if (mark >= 0 && !name.matches("[A-Za-z0-9_.-]{1," + REGION_LENGTH_MAX + "}")) {
            throw new IllegalArgumentException("region " + name + " of --pool " + text + " is not 1 to "
                    + REGION_LENGTH_MAX + " letters, digits, dots or dashes");
        }
        movesTo.stream().filter(host -> !host.matches(HOST_FORM)).findFirst().ifPresent(host -> {
            throw new IllegalArgumentException(
                    "--allow-move " + host + " is not a host name, *.example.org, or * (without scheme and port)");
        });
        return new PoolOrder(new Pool(PoolAddress.of(url), as, password), trust(), 0, name, movesTo);
    }

    private PoolTrust trust() {
        if (isInsecure && !pins.isEmpty()) {
            throw new IllegalArgumentException("give one of --tls-pin, --tls-insecure");
        }
        if (!pins.isEmpty()) {
            return new PoolTrust.Pinned(pins);
        }
        return isInsecure ? new PoolTrust.Unverified() : PoolTrust.verified();
    }

    private void requireTrustOfUse(List<PoolOrder> orders) {
        boolean isGiven = isInsecure || !pins.isEmpty();
        if (isGiven && orders.stream().noneMatch(each -> each.address().scheme().isEncrypted())) {
            throw new IllegalArgumentException(
                    "--tls-pin and --tls-insecure are for encrypted pools (stratum+ssl://...), and "
                            + orders.getFirst().address() + " is not encrypted");
        }
    }

    /** What is allowed but hardly meant. */
    static List<String> doubts(List<PoolOrder> orders) {
        List<String> doubts = new ArrayList<>();
        Set<PoolAddress> seen = new HashSet<>();
        Set<String> hosts = new HashSet<>();
        for (PoolOrder order : orders) {
            PoolAddress address = order.address();
            boolean isNewHost = hosts.add(address.host());
            if (!seen.add(address)) {
                doubts.add("pool " + address + " is given twice; it cannot stand by for itself");
            } else if (!isNewHost) {
                doubts.add("host " + address.host() + " is given more than once; when it fails, all its pools do");
            }
        }
        return doubts.stream().distinct().toList();
    }
}
