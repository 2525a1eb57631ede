package filon.contracts.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Says which addresses may be connected to for a customer: public ones, and the ranges the operator allows besides.
 *
 * <p>The JDK's own {@code isSiteLocalAddress} and friends miss whole private ranges, so the table is explicit (IANA special
 * purpose registries; see facts on SSRF in the design). IPv4 addresses wrapped into IPv6 (mapped, 6to4) are unwrapped
 * and checked as IPv4.
 */
public final class AddressRules {
    private static final List<AddressRange> FORBIDDEN = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            "::/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "fc00::/7",
            "fe80::/10",
            "ff00::/8");

    private final List<AddressRange> allowed;

    private AddressRules(List<AddressRange> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    public static AddressRules publicOnly() {
        return new AddressRules(List.of());
    }

    /** @throws IllegalArgumentException if one of the texts is not a CIDR range */
    public AddressRules allowing(List<String> ranges) {
        return new AddressRules(ranges.stream().map(AddressRange::of).toList());
    }

    /** Why this address may not be connected to; empty when it may. */
    public Optional<String> refusal(InetAddress address) {
        InetAddress bare = unwrapped(address);
        if (allowed.stream().anyMatch(range -> range.contains(bare))) {
            return Optional.empty();
        }
        return FORBIDDEN.stream()
                .filter(range -> range.contains(bare))
                .findFirst()
                .map(range -> "address " + bare.getHostAddress() + " lies in the forbidden range " + range);
    }

    /**
     * Resolves a host and checks every address it has.
     *
     * @return all of them, to be used in numeric form: resolving again could give others
     * @throws ForbiddenAddressException if the host has no address or one of them is forbidden
     */
    public List<InetAddress> permitAll(String host) throws ForbiddenAddressException {
        List<InetAddress> addresses;
        try {
            addresses = List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            throw new ForbiddenAddressException("host " + host + " cannot be resolved", e);
        }
        for (InetAddress address : addresses) {
            Optional<String> refusal = refusal(address);
            if (refusal.isPresent()) {
                throw new ForbiddenAddressException("host " + host + ": " + refusal.get(), null);
            }
        }
        return addresses;
    }

    /** The first of {@link #permitAll}. */
    public InetAddress permit(String host) throws ForbiddenAddressException {
        return permitAll(host).getFirst();
    }

    private static InetAddress unwrapped(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean sixToFour = bytes.length == 16 && bytes[0] == 0x20 && bytes[1] == 0x02;
        if (!sixToFour) {
            return address;
        }
        try {
            return InetAddress.getByAddress(new byte[] {bytes[2], bytes[3], bytes[4], bytes[5]});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are always an address", e);
        }
    }

    private static List<AddressRange> ranges(String... texts) {
        return java.util.Arrays.stream(texts).map(AddressRange::of).toList();
    }
}
