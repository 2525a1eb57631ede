package filon.practice.dialect;

import java.math.BigInteger;
import java.util.HexFormat;

/** How targets are written. */
enum TargetText {
    /** 64 hexadecimal digits. */
    PADDED {
        @Override
        String of(BigInteger target) {
            return String.format("%064x", target);
        }
    },
    /** Hexadecimal digits of whole bytes, without those that are zero in front. */
    UNPADDED {
        @Override
        String of(BigInteger target) {
            byte[] bytes = target.toByteArray();
            return bytes.length > 1 && bytes[0] == 0
                    ? HexFormat.of().formatHex(bytes, 1, bytes.length)
                    : HexFormat.of().formatHex(bytes);
        }
    },
    DECIMAL {
        @Override
        String of(BigInteger target) {
            return target.toString();
        }
    };

    abstract String of(BigInteger target);

    /** This one, or what the pool's quirk makes of it. */
    TargetText in(Terms terms) {
        if (terms.has(Quirk.DECIMAL_TARGETS)) {
            return DECIMAL;
        }
        if (terms.has(Quirk.UNPADDED_TARGETS)) {
            return UNPADDED;
        }
        return terms.has(Quirk.PADDED_TARGETS) ? PADDED : this;
    }
}
