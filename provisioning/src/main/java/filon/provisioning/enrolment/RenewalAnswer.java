package filon.provisioning.enrolment;

/** What a host gets that asks for its next certificate. */
public sealed interface RenewalAnswer {
    record Renewed(Enrolled papers) implements RenewalAnswer {}

    record Refused(String why) implements RenewalAnswer {}
}
