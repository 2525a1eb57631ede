package filon.provisioning.enrolment;

import filon.contracts.message.Topics;
import filon.contracts.value.HostId;
import filon.provisioning.authority.Authority;
import filon.provisioning.host.Host;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts together what a host gets with a certificate: whom it may trust, where the brokers are, its uplink key. */
@ApplicationScoped
class Papers {
    private final Authority authority;
    private final List<String> brokers;

    Papers(Authority authority, @ConfigProperty(name = "filon.enrolment.brokers") List<String> brokers) {
        this.authority = authority;
        this.brokers = brokers;
    }

    Enrolled of(Host host, int enrolment, String certificatePem) {
        HostId id = host.id();
        return new Enrolled(
                id,
                host.name(),
                host.site(),
                enrolment,
                certificatePem,
                authority.certificates().authorityPem(),
                brokers,
                List.of(authority.controlPlaneKey().publicKeyPem()),
                HexFormat.of().formatHex(authority.uplinkKeys().keyOf(id, enrolment)),
                List.of(Topics.desired(id), Topics.actions(id)));
    }
}
