package filon.contracts.value;

/**
 * The name of an offer: something that can be ordered, for example {@code opencl-cpu}: 1 to 64 characters of {@code a-z 0-9 -}. JSON:
 * the string.
 */
public record Sku(
        @com.fasterxml.jackson.annotation.JsonValue String sku) {
    public Sku {
        if (sku == null || !sku.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("offer " + sku + " is not 1 to 64 characters of a-z, 0-9 and -");
        }
    }

    @com.fasterxml.jackson.annotation.JsonCreator(mode = com.fasterxml.jackson.annotation.JsonCreator.Mode.DELEGATING)
    public static Sku of(String sku) {
        return new Sku(sku);
    }

    @Override
    public String toString() {
        return sku;
    }
}
