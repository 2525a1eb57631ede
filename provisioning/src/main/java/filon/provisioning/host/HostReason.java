package filon.provisioning.host;

import static filon.contracts.value.Owner.NETWORK;
import static filon.contracts.value.Owner.NOBODY;
import static filon.contracts.value.Owner.PROVIDER;

import filon.contracts.value.Owner;
import filon.provisioning.host.HostState.Maintenance;
import filon.provisioning.standing.Actor;
import filon.provisioning.standing.Bearing;
import filon.provisioning.standing.Reason;
import java.util.Set;

/** Why a host is in its state. A provider's host waits for nobody but its provider, or for the network. */
public enum HostReason implements Reason {
    ENROLLED(PROVIDER, "enrolment", "its topics and access rules are made by themselves", "Enrolled"),
    IDENTITY_UNCONFIRMED(
            PROVIDER,
            "enrolment",
            "staff compare its fingerprint with the one on its console (POST /admin/hosts/{id}/confirmations)",
            "Verifying"),
    ENROLLED_AGAIN(
            PROVIDER,
            "enrolment",
            "its expected serial number confirms it, else staff compare its fingerprint"
                    + " (POST /admin/hosts/{id}/confirmations)",
            "Verifying"),
    IDENTITY_CONFIRMED(PROVIDER, "enrolment", "its agent names a device by itself", "Inspecting"),
    READMITTED(PROVIDER, "fleet", "its agent names a device by itself, then a burn-in follows", "Inspecting"),
    DEVICES_FOUND(
            PROVIDER, "host", "a burn-in is ordered by itself as soon as none of its GPUs has a lease", "BurningIn"),
    BURN_IN_PASSED(PROVIDER, "burnin", "it is leased as soon as a rental fits; nothing is to be done", "Available"),
    BURN_IN_WAIVED(
            PROVIDER,
            "host",
            "it is leased untested as soon as a rental fits; filon.host.burn-in-required decides",
            "Available"),
    FREED(PROVIDER, "lease", "it is leased as soon as a rental fits; nothing is to be done", "Available"),
    LEASED(PROVIDER, "lease", "its agent takes the order and names the workload by itself", "Reserved"),
    WORKING(NOBODY, "workload", "works until its leases end", "InService"),
    DRAIN_ASKED(PROVIDER, "maintenance", "its leases end, then it rests in Maintenance by itself", "Draining"),
    DRAINED(
            PROVIDER,
            "lease",
            "staff do their work on it, then readmit it (POST /admin/hosts/{id}/readmissions) or retire it",
            "Maintenance"),
    BURN_IN_FAILED(
            PROVIDER,
            "burnin",
            "staff replace or exclude what failed, then readmit it (POST /admin/hosts/{id}/readmissions)",
            "Quarantined"),
    DEVICE_WRONG(
            PROVIDER,
            "host",
            "staff exclude or replace the device, then readmit it (POST /admin/hosts/{id}/readmissions): only a burn-in"
                    + " leads back",
            "Quarantined"),
    TWO_AGENTS(
            PROVIDER,
            "host",
            "staff find the copy of its identity, then let it enrol again (POST /admin/hosts/{id}/enrolment-tokens)",
            "Quarantined"),
    TOKEN_COPIED(
            PROVIDER,
            "enrolment",
            "staff find out who has the token, then let it enrol again (POST /admin/hosts/{id}/enrolment-tokens)",
            "Quarantined"),
    WRONG_SERIAL(
            PROVIDER,
            "enrolment",
            "staff find out which machine came, then let the right one enrol again (POST"
                    + " /admin/hosts/{id}/enrolment-tokens)",
            "Quarantined"),
    IDENTITY_REVOKED(
            PROVIDER,
            "enrolment",
            "staff let it enrol again (POST /admin/hosts/{id}/enrolment-tokens) or retire it",
            "Quarantined"),
    DEADLINE_PASSED(
            PROVIDER,
            "deadlines",
            "staff look why the step did not end, then readmit it (POST /admin/hosts/{id}/readmissions), let it enrol"
                    + " again, or retire it",
            "Quarantined"),
    /** Something that has no code of its own; the words say what. */
    FAULT_FOUND(
            PROVIDER,
            "host",
            "staff mend what the reason names, then readmit it (POST /admin/hosts/{id}/readmissions)",
            "Quarantined"),
    RETIRED(PROVIDER, "fleet", "nothing more happens; a machine that comes back enrols as a new host", "Retired"),
    /** Never stored: stands in front of every state of a host that should report and does not. */
    SILENT(
            NETWORK,
            "host",
            "it is waited for; its work goes on there until its authorisation ends; staff look at its power and its"
                    + " network"),
    /** It came into its state before reasons had codes. */
    BEFORE_CODES(PROVIDER, "migration", "its next move has a code; until then its reason says what there is to know");

    private final Bearing bearing;

    HostReason(Owner owner, String feature, String nextStep, String... states) {
        this.bearing = new Bearing(owner, Actor.automation(feature), nextStep, Set.of(states));
    }

    /** Why a host is in the state that an event led to. */
    static HostReason of(HostState next, HostEvent event) {
        return switch (event) {
            case HostEvent.TopicsReady e -> IDENTITY_UNCONFIRMED;
            case HostEvent.IdentityConfirmed e -> IDENTITY_CONFIRMED;
            case HostEvent.InspectionPassed e -> DEVICES_FOUND;
            case HostEvent.BurnInPassed e -> BURN_IN_PASSED;
            case HostEvent.BurnInWaived e -> BURN_IN_WAIVED;
            case HostEvent.Leased e -> LEASED;
            case HostEvent.WorkloadSeen e -> WORKING;
            case HostEvent.Freed e -> next instanceof Maintenance ? DRAINED : FREED;
            case HostEvent.DrainAsked e -> DRAIN_ASKED;
            case HostEvent.Failed e -> e.code();
            case HostEvent.DeadlinePassed e -> DEADLINE_PASSED;
            case HostEvent.Reenrolled e -> ENROLLED_AGAIN;
            case HostEvent.Readmitted e -> READMITTED;
            case HostEvent.RetirementAsked e -> RETIRED;
        };
    }

    @Override
    public Bearing bearing() {
        return bearing;
    }

    @Override
    public boolean belongsTo(String state) {
        return this == BEFORE_CODES ? !state.equals("InService") : Reason.super.belongsTo(state);
    }
}
