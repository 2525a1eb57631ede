package filon.provisioning.host;

import filon.contracts.value.HostId;
import filon.provisioning.identity.Identities;
import filon.provisioning.incident.IncidentKind;
import filon.provisioning.incident.Incidents;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** What it means that two agents live under one identity: nobody can tell which is the host, so neither is trusted any more. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class SecondAgents {
    private static final String REMEDY =
            "; one of them holds a copy of the host's identity, or its home was set back to an"
                    + " older copy: find out which, then let the host enrol again (POST /admin/hosts/{id}/enrolment-tokens, remove"
                    + " identity/ from its home, start its agent with the new token)";
    private final Identities identities;
    private final Incidents incidents;

    SecondAgents(Identities identities, Incidents incidents) {
        this.identities = identities;
        this.incidents = incidents;
    }

    /** @param evidence what could not be said by one agent alone */
    static HostEvent failure(String evidence) {
        return new HostEvent.Failed(HostReason.TWO_AGENTS, "two agents live under this identity: " + evidence + REMEDY);
    }

    void note(HostId host, String evidence) {
        identities.doubt(host);
        incidents.raise(IncidentKind.TWO_AGENTS, host, evidence);
    }
}
