package filon.billing.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.message.UsageReport.ShareProof;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ShareVerifierTest {
    /** The header of Bitcoin's block 0 and its hash, public facts. */
    private static final String GENESIS =
            "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b"
                    + "12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";

    private static final String GENESIS_HASH = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";
    private static final String DIFFICULTY_1 = "00000000ffff" + "0".repeat(52);

    private final ShareVerifier verifier = new ShareVerifier(new Sha256d(), 256);

    @Test
    void provesTheGenesisBlock() {
        // When
        Verdict verdict = verifier.verify(new ShareProof(0, GENESIS, DIFFICULTY_1));

        // Then
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Proven.class, proven -> assertThat(
                        HexFormat.of().formatHex(proven.hash()))
                .isEqualTo(GENESIS_HASH));
    }

    @Test
    void provesAHashThatEqualsItsTarget() {
        assertThat(verifier.verify(new ShareProof(0, GENESIS, GENESIS_HASH))).isInstanceOf(Verdict.Proven.class);
    }

    @Test
    void disprovesAHashOneAboveItsTarget() {
        // Given
        String target = GENESIS_HASH.substring(0, 63) + "e";

        // When / Then
        assertThat(verifier.verify(new ShareProof(0, GENESIS, target)))
                .isEqualTo(new Verdict.Disproven("hash " + GENESIS_HASH + " is above target " + target));
    }

    @Test
    void disprovesAnyChangedByteOfTheHeader() {
        byte[] header = HexFormat.of().parseHex(GENESIS);
        for (int at = 0; at < header.length; at++) {
            // Given
            byte[] changed = header.clone();
            changed[at] ^= 1;

            // When / Then
            assertThat(verifier.verify(new ShareProof(0, HexFormat.of().formatHex(changed), DIFFICULTY_1)))
                    .as("byte %d", at)
                    .isInstanceOf(Verdict.Disproven.class);
        }
    }

    @Test
    void disprovesATargetThatAlmostAnyHashMeets() {
        assertThat(verifier.verify(new ShareProof(0, GENESIS, "01" + "0".repeat(62))))
                .isInstanceOf(Verdict.Disproven.class);
        assertThat(verifier.verify(new ShareProof(0, GENESIS, "00" + "f".repeat(62))))
                .isInstanceOf(Verdict.Proven.class);
    }

    @Test
    void disprovesWhatHasNoShapeOfAShare() {
        for (ShareProof share : new ShareProof[] {
            new ShareProof(0, null, null),
            new ShareProof(0, "zz", DIFFICULTY_1),
            new ShareProof(0, GENESIS.substring(2), DIFFICULTY_1),
            new ShareProof(0, GENESIS + "00", DIFFICULTY_1),
            new ShareProof(0, GENESIS, "00"),
            new ShareProof(0, GENESIS, "")
        }) {
            assertThat(verifier.verify(share)).isInstanceOf(Verdict.Disproven.class);
        }
    }

    @Test
    void refusesASettingBelowOneHash() {
        assertThatThrownBy(() -> new ShareVerifier(new Sha256d(), 0)).hasMessageContaining("below 1");
    }
}
