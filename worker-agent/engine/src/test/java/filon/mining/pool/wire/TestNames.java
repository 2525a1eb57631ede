package filon.mining.pool.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Names under {@code .test}, which tests give addresses to; nobody is asked for them, and all others are the system's. */
public final class TestNames extends InetAddressResolverProvider {
    private static final String DOMAIN = ".test";
    private static final Map<String, List<InetAddress>> NAMES = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** A name nobody had before, of these addresses in this order. */
    public static String of(String... addresses) {
        String name = "pool-" + COUNT.incrementAndGet() + DOMAIN;
        NAMES.put(name, Stream.of(addresses).map(InetAddress::ofLiteral).toList());
        return name;
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver system = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                if (!host.endsWith(DOMAIN)) {
                    return system.lookupByName(host, policy);
                }
                if (!NAMES.containsKey(host)) {
                    throw new UnknownHostException(host);
                }
                return NAMES.get(host).stream();
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return system.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "names of tests";
    }
}
