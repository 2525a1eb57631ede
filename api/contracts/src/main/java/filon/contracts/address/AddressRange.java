package filon.contracts.address;

import java.net.InetAddress;
import java.util.Arrays;

/** A block of addresses in CIDR notation, for example {@code 10.0.0.0/8} or {@code fc00::/7}. */
public record AddressRange(String text, byte[] prefix, int length) {

    /** @throws IllegalArgumentException if the text is not a numeric address, a slash and a length that fits it */
    public static AddressRange of(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!address.matches("[0-9a-fA-F:.]+")) {
            throw new IllegalArgumentException("address range " + text + " is not numeric");
        }
        try {
            byte[] bytes = address.contains(":")
                    ? sixteen(InetAddress.ofLiteral(address))
                    : InetAddress.ofLiteral(address).getAddress();
            int length = slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1));
            if (length < 0 || length > bytes.length * 8) {
                throw new IllegalArgumentException(
                        "address range " + text + " has a length outside 0 to " + bytes.length * 8);
            }
            return new AddressRange(text, bytes, length);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("address range " + text + " has no numeric length", e);
        }
    }

    /** Whether the address lies in this block; an IPv4 block never holds an IPv6 address and the other way round. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != prefix.length) {
            return false;
        }
        int whole = length / 8;
        if (Arrays.mismatch(Arrays.copyOf(bytes, whole), Arrays.copyOf(prefix, whole)) >= 0) {
            return false;
        }
        int rest = length % 8;
        int mask = rest == 0 ? 0 : 0xff << (8 - rest) & 0xff;
        return rest == 0 || (bytes[whole] & mask) == (prefix[whole] & mask);
    }

    private static byte[] sixteen(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 16) {
            return bytes;
        }
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(bytes, 0, mapped, 12, 4);
        return mapped;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange range && range.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
