package filon.local;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What a run came to, as {@code --json} writes it.
 *
 * @param provenSeconds whole GPU-seconds that accepted shares prove
 * @param costMicroEur exactly {@code provenSeconds} at the price, rounded half up to the micro-euro
 * @param priceMicroEurPerHour per GPU
 * @param hashrateHs hashes per second, the last one seen while it ran
 * @param firstShareMillis from the start of the command to the first accepted share; null when there was none
 */
@JsonPropertyOrder({"acceptedShares", "rejectedShares", "provenSeconds", "costMicroEur"})
public record Summary(
        long acceptedShares,
        long rejectedShares,
        long provenSeconds,
        long costMicroEur,
        long priceMicroEurPerHour,
        long hashrateHs,
        Long firstShareMillis,
        String rentalId,
        String rentalState,
        String apiUrl,
        String consoleUrl) {
    /** Whether shares were accepted and something was billed for them. */
    @JsonIgnore
    public boolean isProof() {
        return acceptedShares > 0 && costMicroEur > 0;
    }
}
