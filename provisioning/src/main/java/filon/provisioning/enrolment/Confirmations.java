package filon.provisioning.enrolment;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.value.Fingerprint;
import filon.contracts.value.HostId;
import filon.provisioning.host.Host;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.HostMoves;
import filon.provisioning.host.HostReason;
import filon.provisioning.host.HostState;
import filon.provisioning.host.Hosts;
import filon.provisioning.identity.HostIdentity;
import filon.provisioning.identity.Identities;
import filon.provisioning.identity.Serials;
import filon.provisioning.incident.IncidentKind;
import filon.provisioning.incident.Incidents;
import filon.provisioning.standing.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Decides whether who enrolled is the machine that was meant: by its serial number, else by a person who saw its fingerprint. */
@ApplicationScoped
@Transactional
public class Confirmations {
    private final Hosts hosts;
    private final Identities identities;
    private final Incidents incidents;

    Confirmations(Hosts hosts, Identities identities, Incidents incidents) {
        this.hosts = hosts;
        this.identities = identities;
        this.incidents = incidents;
    }

    /** The brokers know what the host may do; it may go on to where its identity has to be confirmed. */
    void accessReady(HostId host) {
        hosts.apply(host, new HostEvent.TopicsReady("waiting for its identity to be confirmed"));
        bySerial(host);
    }

    /** Lets the serial number decide if it can; it decides the same however often it is asked. */
    void bySerial(HostId host) {
        Serials serials = identities.find(host).map(HostIdentity::serials).orElseThrow();
        switch (serials.verdict()) {
            case MATCH -> {
                if (isVerifying(host)) {
                    confirm(
                            host,
                            "serial number " + serials.found() + " is the expected one",
                            HostReason.IDENTITY_CONFIRMED.usualActor());
                }
            }
            case MISMATCH -> refuse(host, serials);
            case UNKNOWN -> {
                // a person compares the fingerprint
            }
        }
    }

    /**
     * A person has compared the fingerprint that the host's console shows.
     *
     * @param why with the name of the person
     * @return why it is not confirmed; empty if it is
     */
    public Optional<Problem> byFingerprint(HostId host, Fingerprint seen, String why, Actor person) {
        Optional<Host> found = hosts.find(host);
        if (found.isEmpty()) {
            return Optional.of(Problem.of(ProblemCode.NOT_FOUND, "there is no host " + host));
        }
        if (!(found.get().state() instanceof HostState.Verifying)) {
            return Optional.of(Problem.of(
                    ProblemCode.CONFLICT,
                    "host " + host + " is " + found.get().state().label() + ", not Verifying"));
        }
        if (identities.find(host).filter(identity -> identity.isOf(seen)).isEmpty()) {
            String detail = "fingerprint " + seen + " is not that of the key host " + host + " enrolled with";
            hosts.note(host, "WrongFingerprint", detail + ": " + why);
            incidents.raise(IncidentKind.WRONG_FINGERPRINT, host, detail + ": " + why);
            return Optional.of(Problem.field("/fingerprint", detail));
        }
        confirm(host, "fingerprint compared: " + why, person);
        return Optional.empty();
    }

    private boolean isVerifying(HostId host) {
        return hosts.find(host)
                .filter(found -> found.state() instanceof HostState.Verifying)
                .isPresent();
    }

    private void confirm(HostId host, String why, Actor actor) {
        HostEvent event = new HostEvent.IdentityConfirmed(why + "; waiting for it to name a device");
        boolean isMoved = hosts.apply(host, event, actor) instanceof HostMoves.Moved;
        if (isMoved) {
            identities.confirm(host);
        }
    }

    private void refuse(HostId host, Serials serials) {
        String why = "expected the machine with serial number " + serials.expected() + ", found " + serials.found();
        if (hosts.apply(host, new HostEvent.Failed(HostReason.WRONG_SERIAL, why)) instanceof HostMoves.Moved) {
            incidents.raise(IncidentKind.WRONG_SERIAL, host, why);
        }
    }
}
