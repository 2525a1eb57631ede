package filon.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;

/**
 * An amount of money in micro-euro (one millionth of a euro), the ledger's only unit.
 *
 * <p>May be negative (a posting on the credit side). JSON: a bare integer.
 */
public record MicroEuro(@JsonValue long amount) implements Comparable<MicroEuro> {
    public static final MicroEuro ZERO = new MicroEuro(0);
    private static final long SECONDS_PER_HOUR = 3_600;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static MicroEuro of(long amount) {
        return new MicroEuro(amount);
    }

    /**
     * What a number of GPU-seconds costs at this price per GPU-hour: the platform's only rounding of money.
     *
     * <p>Half a micro-euro rounds up. Rate the cumulative seconds of a rental, then post the difference to what is
     * already posted: parts never drift from the whole.
     *
     * @param gpuSeconds not negative
     * @throws IllegalArgumentException if the seconds or this price are negative
     * @throws ArithmeticException if the cost does not fit into 64 bits
     */
    public MicroEuro costOfSeconds(long gpuSeconds) {
        if (gpuSeconds < 0 || amount < 0) {
            throw new IllegalArgumentException(
                    "a cost needs seconds and a price that are not negative: " + gpuSeconds + " s at " + this);
        }
        BigInteger numerator = BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(gpuSeconds))
                .shiftLeft(1)
                .add(BigInteger.valueOf(SECONDS_PER_HOUR));
        return new MicroEuro(
                numerator.divide(BigInteger.valueOf(SECONDS_PER_HOUR * 2)).longValueExact());
    }

    public MicroEuro plus(MicroEuro other) {
        return new MicroEuro(Math.addExact(amount, other.amount));
    }

    public MicroEuro minus(MicroEuro other) {
        return new MicroEuro(Math.subtractExact(amount, other.amount));
    }

    public MicroEuro times(long factor) {
        return new MicroEuro(Math.multiplyExact(amount, factor));
    }

    public boolean isNegative() {
        return amount < 0;
    }

    public boolean isPositive() {
        return amount > 0;
    }

    @Override
    public int compareTo(MicroEuro other) {
        return Long.compare(amount, other.amount);
    }

    /** Euro with six decimals, for people and logs: {@code 1.250000 EUR}. */
    @Override
    public String toString() {
        return java.math.BigDecimal.valueOf(amount, 6).toPlainString() + " EUR";
    }
}
