package filon.mining.pool;

import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A pool, and what may be done with it.
 *
 * @param priority lower is tried first
 * @param region where it is, as a name of the customer's choice; among pools of equal priority those of one's own region go first
 * @param movesTo hosts it may send its miners to with {@code client.reconnect}, besides its own: names, {@code *.example.org}, or {@code *}
 */
public record PoolOrder(Pool pool, PoolTrust trust, int priority, String region, List<String> movesTo) {
    private static final String ANYWHERE = "*";

    public PoolOrder {
        movesTo = movesTo.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    /** Verified, of no region, never moving to another host. */
    public static PoolOrder of(Pool pool) {
        return new PoolOrder(pool, PoolTrust.verified(), 0, "", List.of());
    }

    /** By priority, then those of this region, then as they were given. */
    public static List<PoolOrder> inOrder(List<PoolOrder> pools, String region) {
        Comparator<PoolOrder> byPriority = Comparator.comparingInt(PoolOrder::priority);
        return pools.stream()
                .sorted(byPriority.thenComparing(each -> !each.region().equals(region)))
                .toList();
    }

    public PoolAddress address() {
        return pool.address();
    }

    /** The same pool at another address. */
    public PoolOrder at(PoolAddress address) {
        return new PoolOrder(new Pool(address, pool.user(), pool.password()), trust, priority, region, movesTo);
    }

    /** Whether the pool may send its miners there. */
    public boolean mayMoveTo(String host) {
        String there = host.toLowerCase(Locale.ROOT);
        return there.equals(address().host())
                || there.equals(address().bareHost())
                || movesTo.stream().anyMatch(allowed -> covers(allowed, there));
    }

    private static boolean covers(String allowed, String host) {
        return allowed.equals(ANYWHERE)
                || allowed.equals(host)
                || allowed.startsWith("*.") && host.endsWith(allowed.substring(1));
    }
}
