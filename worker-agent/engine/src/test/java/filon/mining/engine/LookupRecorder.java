package filon.mining.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/** Makes a JVM say on its standard error which names and addresses it looks up: {@code lookup localhost}. Found as a service. */
public final class LookupRecorder extends InetAddressResolverProvider {
    static final String LOOKUP = "lookup ";

    @Override
    public InetAddressResolver get(Configuration configuration) {
        return new Recorded(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "recorder";
    }

    private record Recorded(InetAddressResolver real) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            System.err.println(LOOKUP + host);
            return real.lookupByName(host, policy);
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            System.err.println(LOOKUP + InetAddress.getByAddress(address).getHostAddress());
            return real.lookupByAddress(address);
        }
    }
}
