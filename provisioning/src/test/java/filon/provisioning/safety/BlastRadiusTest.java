package filon.provisioning.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BlastRadiusTest {
    private final BlastRadius fifth = new BlastRadius(20);

    @Test
    void allowsAShareOfTheFleetAndNotOneHostMore() {
        assertThat(fifth.objection(100, 20)).isEmpty();
        assertThat(fifth.objection(100, 21)).hasValueSatisfying(why -> assertThat(why)
                .contains("21 hosts within 10 minutes", "of 100 hosts at most 20 are allowed", "20 %"));
    }

    @Test
    void allowsThreeHostsInASmallFleet() {
        assertThat(fifth.objection(4, 3)).isEmpty();
        assertThat(fifth.objection(4, 4)).isPresent();
    }

    @Test
    void refusesASettingThatIsNoShare() {
        assertThatThrownBy(() -> new BlastRadius(0)).hasMessageContaining("filon.automation.share-percent 0");
        assertThatThrownBy(() -> new BlastRadius(101)).hasMessageContaining("1 to 100");
    }
}
